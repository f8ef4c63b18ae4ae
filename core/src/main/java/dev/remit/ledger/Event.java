package dev.remit.ledger;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.Actor;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Binding;
import dev.remit.identity.Credential;
import dev.remit.identity.CredentialId;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MandateId;
import dev.remit.identity.Passkey;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.identity.Role;
import dev.remit.identity.SignInLink;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.mandate.Unanswered;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that happened and matters afterwards. The ledger holds nothing else, and the books are
 * what its events add up to: there is no other way to change who may do what.
 */
public sealed interface Event {

    /** A gateway of this version took over the log, which had so many entries and this root. */
    record Opened(String version, long size, Digest root) implements Event {}

    record AgentAdded(Agent agent, String by) implements Event {}

    /** The agent's standing changed: suspended, restored, or revoked. */
    record AgentChanged(Agent agent, String by) implements Event {}

    record CodeIssued(EnrolmentCode code, String by) implements Event {}

    /** An instance enrolled its key with a code, which is thereby used up. */
    record InstanceEnrolled(Instance instance, Digest code) implements Event {}

    record InstanceRevoked(InstanceId instance, AgentId agent, String by) implements Event {}

    /** The access tokens that the instance had been given by this moment were revoked. */
    record TokensRevoked(InstanceId instance, AgentId agent, Instant before, String by)
            implements Event {}

    /** An instance used its refresh token of this number, which is thereby used up. */
    record TokenRenewed(InstanceId instance, AgentId agent, long number) implements Event {}

    /**
     * An access token was made out; its id is in the token.
     *
     * @param behind through whose hands its authority came, the nearest first
     */
    record TokenIssued(
            InstanceId instance,
            AgentId agent,
            List<Actor> behind,
            Optional<MandateId> mandate,
            String token)
            implements Event {
        public TokenIssued {
            behind = List.copyOf(behind);
        }
    }

    /** With how its giver's passkey approved exactly this, if one did. */
    record MandateGiven(Mandate mandate, Optional<MandateSignature> signed) implements Event {
        public MandateGiven(Mandate mandate) {
            this(mandate, Optional.empty());
        }
    }

    /** The mandate reads so from now on; its version is one more than before. */
    record MandateChanged(Mandate mandate, String by) implements Event {}

    /** A tool's definition was seen for the first time, changed and is held, or was accepted. */
    record ToolPinned(Pin pin, String by) implements Event {
        public ToolPinned {
            pin = pin.written();
        }
    }

    /**
     * A credential for an upstream is kept from now on, instead of one that was kept for the same
     * upstream and person. Its content is nowhere in the log, in no form.
     */
    record CredentialSet(Credential credential, String by) implements Event {}

    /** A credential is no longer used, and its content is erased. */
    record CredentialRemoved(CredentialId credential, Credential.Place place, String by, Why why)
            implements Event {
        /** Why it is no longer used. */
        public enum Why {
            /** Somebody took it away. */
            REMOVED,
            /** Its upstream no longer takes it; the person has to agree again. */
            LAPSED
        }
    }

    /**
     * Somebody came whose identity was not proven; nothing was done. {@code more} counts others not
     * written down.
     */
    record StrangerRefused(String doubt, String path, long more) implements Event {}

    /** A request of a known caller could not be read as a call; nothing was done. */
    record CallUnreadable(
            CallId call, InstanceId instance, AgentId agent, String refusal, String detail)
            implements Event {}

    /**
     * A call was decided. If it was allowed, it is sent only after this is durable.
     *
     * @param behind through whose hands the authority came, the nearest first
     * @param binding whether the caller proved a key
     * @param mandate the mandate and its version that it was decided on
     * @param toolDefinition digest of the tool's accepted definition
     * @param arguments kept in the body, not in the leaf
     * @param rules what the organisation's rules said of it
     * @param intent what the rules of intent said of it, if they were heard
     */
    record Decided(
            CallId call,
            InstanceId instance,
            AgentId agent,
            List<Actor> behind,
            Binding binding,
            Optional<Under> mandate,
            Tool tool,
            Optional<Digest> toolDefinition,
            Ruling ruling,
            Value.Fields arguments,
            List<RuleSaid> rules,
            Optional<IntentSaid> intent)
            implements Event {
        public Decided {
            behind = List.copyOf(behind);
            rules = List.copyOf(rules);
        }
    }

    /** The mandate, its giver and version that a decision holds for. */
    record Under(MandateId mandate, PersonId giver, long version) {}

    /** A decision in the ledger's own stable words. */
    sealed interface Ruling {
        /**
         * Allowed by this permission of the mandate; one use of each is spent.
         *
         * @param spent of the mandate's budgets, by name
         */
        record Allowed(String permission, Map<String, BigDecimal> spent) implements Ruling {
            public Allowed {
                spent = Map.copyOf(spent);
            }
        }

        /**
         * Allowed as a further round of a call that ended with a question, by the permission that
         * allowed its first; nothing more is spent, and the question is answered.
         */
        record Continued(String permission, CallId call) implements Ruling {}

        /**
         * Allowed by a person's yes to this very call, which is thereby used up.
         *
         * @param spent of the mandate's budgets, by name
         */
        record Approved(QuestionId question, Map<String, BigDecimal> spent) implements Ruling {
            public Approved {
                spent = Map.copyOf(spent);
            }
        }

        /** Allowed by a rule, which says yes to so many under a mandate instead of its giver. */
        record Drawn(String rule, long most, Map<String, BigDecimal> spent) implements Ruling {
            public Drawn {
                spent = Map.copyOf(spent);
            }
        }

        /** Not made; a person is asked about it, or was and has not answered. */
        record Asked(QuestionId question, String refusal, String detail) implements Ruling {}

        /**
         * Refused for this reason.
         *
         * @param weight what it counts against those who act, with those not written down
         * @param times how often this call has been refused so by now, one after the other
         * @param more how many such refusals before this one were not written down
         */
        record Refused(String refusal, String detail, long weight, long times, long more)
                implements Ruling {}
    }

    /** How an allowed call ended; the digest is kept of a reply that is too long for the body. */
    record Concluded(
            CallId call,
            End end,
            Duration took,
            Digest replyDigest,
            Optional<Value.Fields> reply,
            String reason)
            implements Event {}

    /**
     * An allowed call ended with a question: the upstream goes on when it has the answer, which one
     * later call may bring.
     *
     * @param mandate the mandate whose use all its rounds are
     * @param question what the next round must agree in
     */
    record Asked(
            CallId call,
            MandateId mandate,
            Unanswered question,
            Duration took,
            Digest replyDigest,
            Optional<Value.Fields> reply)
            implements Event {}

    /** How a call ended, in the ledger's own stable words. */
    enum End {
        /** The upstream answered, and not with an error. */
        ANSWERED,
        /** The upstream answered that it failed; whether it had any effect, it does not say. */
        ERRED,
        /** It provably had no effect; what it spent is there again. */
        FAILED,
        /** It may have had its effect; nobody knows. */
        UNKNOWN
    }

    /**
     * A person answered a question.
     *
     * @param widened the mandate as it reads from now on, if the answer is for more than one call
     */
    record QuestionAnswered(
            QuestionId question,
            MandateId mandate,
            Verdict verdict,
            PersonId by,
            Optional<Mandate> widened)
            implements Event {}

    /**
     * The organisation's rules are these from now on, until the next such entry or the next start.
     *
     * @param otherwise what becomes of a call that no rule speaks of
     * @param texts of the files by their names, unless they are too long to be kept here
     */
    record RulesTaken(
            Digest digest, long rules, String otherwise, Optional<Map<String, String>> texts)
            implements Event {}

    /** Something that happened to a person's account. */
    sealed interface OfPeople extends Event {}

    /** Somebody has an account from now on; if a provider vouched for them, they are that. */
    record PersonAdded(
            Person person, Set<Role> roles, Optional<ExternalIdentity> external, String by)
            implements OfPeople {}

    /** A person has exactly these roles from now on. */
    record RolesChanged(PersonId person, Set<Role> roles, String by) implements OfPeople {}

    /** Ends the person's mandates and sessions, for good, and lets nothing new begin. */
    record PersonSuspended(PersonId person, String why, String by) implements OfPeople {}

    record PersonRestored(PersonId person, String by) implements OfPeople {}

    /** A person who is here already is this at a provider. */
    record IdentityBound(PersonId person, ExternalIdentity external, String by)
            implements OfPeople {}

    record LinkIssued(SignInLink link, String by) implements OfPeople {}

    /** A person added a passkey; the link that let them is thereby used up. */
    record PasskeyAdded(PersonId person, Passkey passkey, Optional<Digest> link)
            implements OfPeople {}

    record PasskeyRemoved(PersonId person, String passkey, String by) implements OfPeople {}

    record SignedIn(PersonId person, Way way) implements OfPeople {}

    /** How a person showed who they are. */
    sealed interface Way {
        /** With a passkey, whose counter says so much now. */
        record ByPasskey(String passkey, long count) implements Way {}

        record ByProvider(String issuer) implements Way {}

        /** With a link, by adding a passkey. */
        record ByLink() implements Way {}
    }

    /**
     * Somebody tried to sign in, or to do what only the signed-in may, and was not let; nothing was
     * done. {@code more} counts others not written down.
     */
    record SignInRefused(String reason, String path, long more) implements OfPeople {}

    /** Something that was done to many agents at once, or so that many are found. */
    sealed interface OfFleet extends Event
            permits AgentTagged, Revoked, DelegateEnrolled, StopEvent {}

    /** The agent has these tags from now on, and those no more. */
    record AgentTagged(AgentId agent, Map<String, String> set, Set<String> gone, String by)
            implements OfFleet {
        public AgentTagged {
            set = Map.copyOf(set);
            gone = Set.copyOf(gone);
        }
    }

    /** A key, or an issuer, is good no more, nor is any instance by it, for ever. */
    record Revoked(Revocation.Of what, String why, String by) implements OfFleet {}

    /**
     * An instance came with its parent's signature, and hangs from the parent from now on.
     *
     * @param step what the parent signed, as it was sent
     */
    record DelegateEnrolled(Instance instance, String step) implements OfFleet {}

    /** Something that happened to a passport, or by one. */
    sealed interface OfPassports extends Event {}

    record PassportIssued(Passport passport, String by) implements OfPassports {}

    /** Ends the passport, and the instance that was enrolled by it. */
    record PassportRevoked(PassportId passport, String by) implements OfPassports {}

    /**
     * An agent came with a passport for the first time.
     *
     * @param most how many agents its issuer may bring
     */
    record AgentIntroduced(Agent agent, String issuer, String subject, long most)
            implements OfPassports {}

    /** An instance enrolled its key with a passport, or showed a newer one. */
    record InstanceAdmitted(Instance instance, Admission admission) implements OfPassports {}

    /** An issuer's status list was read; what it said holds until then. */
    record StatusListRead(String issuer, String list, Instant until) implements OfPassports {}

    /** Something that follows from how agents behave. */
    sealed interface OfConduct extends Event
            permits Overstepped, InstanceSuspended, InstanceRestored {}

    /** Something that happened to the gateway's own keys. */
    sealed interface OfKeys extends Event {}

    /**
     * From this entry on the key signs what its use is, and no earlier one does.
     *
     * @param number one more than that of the key before it
     * @param refusesOlder whether nothing that earlier keys signed is taken any more; else it is
     *     until its own end
     * @param endorsement what the key before it says of it ({@link Endorsement}); for the log's
     *     keys but the first
     */
    record KeyIntroduced(
            KeyUse use,
            long number,
            Jwk key,
            boolean refusesOlder,
            Optional<String> endorsement,
            String by)
            implements OfKeys {}

    /** So many sealed contents were sealed again under a newer sealing key; older ones are gone. */
    record SealedAnew(long contents, String by) implements OfKeys {}
}
