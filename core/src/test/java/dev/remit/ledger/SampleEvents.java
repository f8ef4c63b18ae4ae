package dev.remit.ledger;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.ArgumentRole;
import dev.remit.call.CallId;
import dev.remit.call.Correction;
import dev.remit.call.Digest;
import dev.remit.call.Effect;
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
import dev.remit.identity.Origin;
import dev.remit.identity.Passkey;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.identity.Role;
import dev.remit.identity.SignInLink;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Unanswered;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One event of every kind, for the vectors. */
final class SampleEvents {
    static final Instant AT = Instant.parse("2026-11-22T09:30:00.123Z");
    static final Digest HASH = Digest.of("x".getBytes(StandardCharsets.UTF_8));

    private static final ExternalIdentity PROVIDED =
            new ExternalIdentity("https://login.acme.example", "a1b2");
    private static final Passkey PASSKEY = new Passkey("aWQ", "a2V5", 7, "Büro – laptop", AT);

    static List<Event> all() {
        AgentId id = new AgentId("agt_1");
        InstanceId instance = new InstanceId("ins_1");
        Agent agent = new Agent(id, "Agenda – Büro", AT, new Agent.Standing.Good());
        Agent stopped = agent.with(new Agent.Standing.Suspended("too many strikes", AT));
        Value.Fields key =
                Value.object()
                        .put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
                        .build();
        Instance enrolled = Instance.enrolled(instance, id, Jwk.of(key).orElseThrow(), AT);
        Mandate mandate = SampleMandates.given(id, AT);
        Tool tool = Tool.of("files.write");
        Value.Fields definition = Value.object().put("name", "write").put("n", 1).build();
        Event.Under under = new Event.Under(mandate.id(), mandate.giver().id(), 3);
        Value.Fields arguments =
                Value.object().put("path", "/agenda.md").put("text", "€ 5\n").put("n", 7).build();
        CallId call = new CallId("call_0193a0b1-c2d3-7e4f-8a5b-6c7d8e9fa0b1");
        Credential credential =
                new Credential(
                        new CredentialId("crd_1"),
                        "tracker",
                        new Origin("https", "tracker.example", 443),
                        Optional.of(new PersonId("per_1")),
                        Credential.Kind.CONSENT,
                        AT);
        Actor behind = new Actor(id, new InstanceId("ins_2"));
        Actor further = new Actor(new AgentId("agt_2"), new InstanceId("ins_3"));
        return List.of(
                new Event.Opened("0.1.0", 7, HASH),
                new Event.AgentAdded(agent, "per_1"),
                new Event.AgentChanged(stopped, "per_1"),
                new Event.AgentChanged(
                        agent.with(new Agent.Standing.Revoked("it is over", AT)), "per_1"),
                new Event.AgentTagged(
                        id, Map.of("team", "Büro", "env", "test"), Set.of("old"), "per_1"),
                new Event.DelegateEnrolled(SampleDescent.of(enrolled, AT), "a.b.c"),
                new Event.Revoked(new Revocation.Of.Key(HASH), "stolen", "per_1"),
                new Event.Revoked(
                        new Revocation.Of.Issuer("https://issuer.example"), "stolen", "per_1"),
                new Event.CodeIssued(new EnrolmentCode(HASH, id, AT.plusSeconds(60)), "per_1"),
                new Event.InstanceEnrolled(enrolled, HASH),
                new Event.InstanceEnrolled(
                        Instance.enrolled(instance, id, Optional.empty(), AT), HASH),
                new Event.InstanceRevoked(instance, id, "per_1"),
                new Event.TokenIssued(instance, id, List.of(), Optional.of(mandate.id()), "tok_1"),
                new Event.TokenIssued(instance, id, List.of(), Optional.empty(), "tok_2"),
                new Event.TokenIssued(
                        instance, id, List.of(behind, further), Optional.of(mandate.id()), "tok_3"),
                new Event.MandateGiven(mandate.delegatedTo(Set.of(id, further.agent()))),
                new Event.MandateGiven(mandate),
                new Event.MandateGiven(SampleMandates.onPage(mandate)),
                SampleSignature.of(SampleMandates.onPage(mandate)),
                new Event.MandateChanged(
                        mandate.with(new Mandate.Status.Revoked("per_1", AT, "enough")), "per_1"),
                new Event.ToolPinned(new Pin(tool, HASH, Optional.empty(), definition), "remit"),
                new Event.ToolPinned(
                        new Pin(tool, HASH, Optional.of(Digest.of()), definition), "per_1"),
                new Event.ToolPinned(
                        new Pin(
                                tool,
                                HASH,
                                Optional.empty(),
                                definition,
                                true,
                                Set.of("confidential", "b"),
                                Correction.NONE),
                        "per_1"),
                new Event.ToolPinned(
                        new Pin(tool, HASH, Optional.empty(), definition)
                                .corrected(
                                        new Correction(
                                                Set.of(Effect.SEND, Effect.CHANGE),
                                                Map.of("to", ArgumentRole.DESTINATION))),
                        "per_1"),
                new Event.CredentialSet(credential, "per_1"),
                new Event.CredentialRemoved(
                        credential.id(),
                        credential.place(),
                        "remit",
                        Event.CredentialRemoved.Why.LAPSED),
                new Event.StrangerRefused("no-proof", "/mcp", 4),
                new Event.CallUnreadable(call, instance, id, "malformed", "twice at byte 20"),
                new Event.Decided(
                        call,
                        instance,
                        id,
                        List.of(),
                        Binding.KEY,
                        Optional.of(under),
                        tool,
                        Optional.of(HASH),
                        new Event.Ruling.Allowed(
                                "p1", Map.of("b1", new BigDecimal("12.50"), "b2", BigDecimal.TEN)),
                        arguments,
                        List.of(),
                        Optional.empty()),
                new Event.Decided(
                        call,
                        instance,
                        id,
                        List.of(),
                        Binding.NONE,
                        Optional.empty(),
                        tool,
                        Optional.empty(),
                        new Event.Ruling.Refused("no-mandate", "there is none", 4, 20, 9),
                        arguments,
                        List.of(),
                        Optional.empty()),
                new Event.Concluded(
                        call,
                        Event.End.ANSWERED,
                        Duration.ofMillis(12),
                        HASH,
                        Optional.of(arguments),
                        ""),
                new Event.Concluded(
                        call, Event.End.ERRED, Duration.ofMillis(3), HASH, Optional.empty(), ""),
                new Event.Concluded(
                        call,
                        Event.End.UNKNOWN,
                        Duration.ZERO,
                        Digest.of(),
                        Optional.empty(),
                        "the gateway stopped before it knew"),
                new Event.Asked(
                        call,
                        new MandateId("mdt_1"),
                        new Unanswered(instance, "p1", HASH, 2, AT),
                        Duration.ofMillis(7),
                        HASH,
                        Optional.of(arguments)),
                new Event.Decided(
                        new CallId("call_2"),
                        instance,
                        id,
                        List.of(behind, further),
                        Binding.KEY,
                        Optional.of(under),
                        tool,
                        Optional.of(HASH),
                        new Event.Ruling.Continued("p1", call),
                        arguments,
                        List.of(),
                        Optional.empty()),
                new Event.Decided(
                        new CallId("call_3"),
                        instance,
                        id,
                        List.of(),
                        Binding.KEY,
                        Optional.of(under),
                        tool,
                        Optional.of(HASH),
                        new Event.Ruling.Asked(
                                new QuestionId("qst_1"), "not-permitted", "not in the task"),
                        arguments,
                        List.of(
                                new RuleSaid("big", RuleSaid.As.ASKED, "Not without a person."),
                                new RuleSaid("soon", RuleSaid.As.OBSERVED, "")),
                        Optional.of(SampleIntent.ASKED)),
                new Event.Decided(
                        new CallId("call_4"),
                        instance,
                        id,
                        List.of(),
                        Binding.KEY,
                        Optional.of(under),
                        tool,
                        Optional.of(HASH),
                        new Event.Ruling.Approved(
                                new QuestionId("qst_1"), Map.of("b1", BigDecimal.ONE)),
                        arguments,
                        List.of(),
                        Optional.empty()),
                new Event.Decided(
                        new CallId("call_5"),
                        instance,
                        id,
                        List.of(),
                        Binding.KEY,
                        Optional.of(under),
                        tool,
                        Optional.of(HASH),
                        new Event.Ruling.Drawn("few", 3, Map.of("b1", BigDecimal.ONE)),
                        arguments,
                        List.of(new RuleSaid("few", RuleSaid.As.DREW, "")),
                        Optional.empty()),
                new Event.QuestionAnswered(
                        new QuestionId("qst_1"),
                        mandate.id(),
                        Verdict.ONCE,
                        mandate.giver().id(),
                        Optional.empty()),
                new Event.QuestionAnswered(
                        new QuestionId("qst_1"),
                        mandate.id(),
                        Verdict.FOR_TASK,
                        mandate.giver().id(),
                        Optional.of(mandate.with(mandate.permissions(), mandate.limits()))),
                new Event.PersonAdded(
                        mandate.giver(),
                        Set.of(Role.AUDITOR, Role.PERSON),
                        Optional.empty(),
                        "remit"),
                new Event.PersonAdded(
                        mandate.giver(), Set.of(), Optional.of(PROVIDED), "provider:acme"),
                new Event.RolesChanged(
                        mandate.giver().id(), Set.of(Role.APPROVER, Role.ADMINISTRATOR), "per_1"),
                new Event.PersonSuspended(mandate.giver().id(), "left", "per_1"),
                new Event.PersonRestored(mandate.giver().id(), "per_1"),
                new Event.IdentityBound(mandate.giver().id(), PROVIDED, "per_1"),
                new Event.LinkIssued(
                        new SignInLink(HASH, mandate.giver().id(), AT, AT.plusSeconds(900)),
                        "per_1"),
                new Event.PasskeyAdded(mandate.giver().id(), PASSKEY, Optional.of(HASH)),
                new Event.PasskeyAdded(mandate.giver().id(), PASSKEY, Optional.empty()),
                new Event.PasskeyRemoved(mandate.giver().id(), PASSKEY.id(), "per_1"),
                new Event.SignedIn(mandate.giver().id(), new Event.Way.ByPasskey(PASSKEY.id(), 8)),
                new Event.SignedIn(
                        mandate.giver().id(), new Event.Way.ByProvider(PROVIDED.issuer())),
                new Event.SignedIn(mandate.giver().id(), new Event.Way.ByLink()),
                new Event.SignInRefused("link-refused", "/welcome/challenge", 3),
                new Event.TokensRevoked(instance, id, AT, "ins_1"),
                new Event.TokenRenewed(instance, id, 3),
                new Event.PassportIssued(
                        new Passport(
                                PassportId.of(7),
                                mandate.agent(),
                                HASH,
                                AT,
                                AT.plusSeconds(60),
                                false),
                        "per_1"),
                new Event.PassportRevoked(PassportId.of(7), "per_1"),
                new Event.AgentIntroduced(
                        new Agent(mandate.agent(), "w", AT, new Agent.Standing.Good()),
                        "https://issuer.example",
                        "worker-1",
                        1_000),
                new Event.InstanceAdmitted(
                        enrolled,
                        new Admission(
                                enrolled.id(),
                                "https://issuer.example",
                                Optional.empty(),
                                "https://issuer.example/lists/1",
                                7,
                                AT)),
                new Event.InstanceAdmitted(
                        enrolled,
                        new Admission(
                                enrolled.id(),
                                "https://gateway.example",
                                Optional.of(PassportId.of(7)),
                                "https://gateway.example/statuslists/0",
                                7,
                                AT)),
                new Event.StatusListRead(
                        "https://issuer.example", "https://issuer.example/lists/1", AT),
                new Event.KeyIntroduced(
                        KeyUse.TOKENS,
                        1,
                        enrolled.key().orElseThrow(),
                        false,
                        Optional.empty(),
                        "remit"),
                new Event.KeyIntroduced(
                        KeyUse.PASSPORTS,
                        2,
                        enrolled.key().orElseThrow(),
                        true,
                        Optional.empty(),
                        "per_1"),
                new Event.KeyIntroduced(
                        KeyUse.LOG,
                        2,
                        enrolled.key().orElseThrow(),
                        false,
                        Optional.of("c2lnbmVk"),
                        "per_1"),
                new Event.SealedAnew(12, "per_1"),
                new Event.RulesTaken(HASH, 1, "forbid", Optional.of(Map.of("a.cedar", "// none"))),
                SampleConduct.OVERSTEPPED,
                SampleConduct.SUSPENDED,
                SampleConduct.RESTORED,
                SampleVouched.REFUSED,
                new StopEvent.AllStopped(AT, "an incident", "per_1"),
                new StopEvent.AllResumed("per_1"),
                new Event.MandateGiven(SampleMandates.amended(mandate)));
    }

    private SampleEvents() {}
}
