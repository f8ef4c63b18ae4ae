package dev.remit.passport;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Doubt;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.PassportBook;
import dev.remit.identity.ReplayGuard;
import dev.remit.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Enrols instances by what a platform's issuer says of its workloads (RFC 7523, section 3; OpenID
 * Connect, Kubernetes, SPIFFE JWT-SVID). A statement enrols one key; with another it is refused.
 * The checks stand in the order of {@link Doubt}.
 */
public final class Assertions {
    private static final Set<String> TYPES = Set.of("", "jwt", "jose");
    private static final int LONGEST_SUBJECT = 512;

    private final Issuers issuers;
    private final Entrance entrance;
    private final PassportBook passports;
    private final ReplayGuard replays;
    private final InstantSource clock;

    public Assertions(
            Issuers issuers,
            AgentBook agents,
            Ledger ledger,
            PassportBook passports,
            ReplayGuard replays,
            InstantSource clock) {
        this.issuers = issuers;
        this.entrance = new Entrance(agents, ledger);
        this.passports = passports;
        this.replays = replays;
        this.clock = clock;
    }

    /** Enrols the proven key by the statement that comes with it. */
    Enrolment.Answer admit(String statement, Jwk proven) {
        Instant now = clock.instant();
        Optional<Jws> read = Jws.read(statement, Voucher.LONGEST);
        if (read.isEmpty()) {
            return new Enrolment.Answer.Refused(Doubt.OUTSIDE_MALFORMED);
        }
        Value.Fields claims = read.get().claims();
        Optional<Voucher> issuer = Voucher.named(claims).flatMap(issuers::voucher);
        if (issuer.isEmpty()
                || !(issuer.get().terms().scope() instanceof AssertionIssuer.Workloads terms)) {
            return new Enrolment.Answer.Refused(Doubt.OUTSIDE_ISSUER);
        }
        if (!issuer.get().made(read.get(), now)) {
            return new Enrolment.Answer.Refused(Doubt.OUTSIDE_SIGNATURE);
        }
        String type = read.get().header().text("typ").orElse("").toLowerCase(Locale.ROOT);
        if (!TYPES.contains(type) || !Voucher.isFor(claims, issuer.get().terms().audience())) {
            return new Enrolment.Answer.Refused(Doubt.OUTSIDE_PURPOSE);
        }
        if (!Entrance.isTimely(claims, now)) {
            return new Enrolment.Answer.Refused(Doubt.OUTSIDE_EXPIRED);
        }
        Optional<AgentId> agent = agent(issuer.get().terms().issuer(), terms, claims, now);
        if (agent.isEmpty()) {
            return new Enrolment.Answer.Refused(Doubt.OUTSIDE_SUBJECT);
        }
        Digest said = Digest.of(read.get().signed().getBytes(StandardCharsets.US_ASCII));
        Digest workload = workload(issuer.get().terms().issuer(), claims);
        long madeAt = claims.whole("iat").orElse(0);
        Admission admission =
                Admission.byStatement(
                        Admission.instance(agent.get(), proven.thumbprint()),
                        issuer.get().terms().issuer(),
                        workload,
                        said,
                        madeAt,
                        now.plus(terms.renewal()));
        return once(admission, workload, said, now)
                .<Enrolment.Answer>map(Enrolment.Answer.Refused::new)
                .orElseGet(
                        () ->
                                entrance.write(
                                        agent.get(),
                                        proven,
                                        admission,
                                        Doubt.INSTANCE_REVOKED,
                                        now));
    }

    /** The agent that the subject is; empty if it may not come. */
    private Optional<AgentId> agent(
            String issuer, AssertionIssuer.Workloads terms, Value.Fields claims, Instant now) {
        String subject = claims.text("sub").orElse("");
        Optional<AssertionIssuer.Subject> rule =
                terms.subjects().stream().filter(one -> one.pattern().matches(subject)).findFirst();
        boolean may =
                subject.length() <= LONGEST_SUBJECT
                        && terms.required().entrySet().stream().allMatch(one -> has(claims, one));
        if (rule.isEmpty() || !may) {
            return Optional.empty();
        }
        if (rule.get().agent().isPresent()) {
            return entrance.agentNamed(rule.get().agent().get()).map(Agent::id);
        }
        AgentId id = Admission.agent(issuer, subject);
        return entrance.introduce(id, issuer, subject, terms.mostAgents(), now)
                ? Optional.of(id)
                : Optional.empty();
    }

    /**
     * What an issuer means by a subject. Kubernetes gives all copies of a service the same; they
     * are told apart by their pods.
     */
    private static Digest workload(String issuer, Value.Fields claims) {
        String pod =
                claims.fields("kubernetes.io")
                        .flatMap(one -> one.fields("pod"))
                        .flatMap(one -> one.text("uid"))
                        .orElse("");
        Value.Fields whole =
                Value.object()
                        .put("iss", issuer)
                        .put("sub", claims.text("sub").orElse(""))
                        .put("pod", pod)
                        .build();
        return Digest.of(JsonWriter.canonical(whole));
    }

    private static boolean has(Value.Fields claims, Map.Entry<String, String> required) {
        return switch (claims.get(required.getKey()).orElse(new Value.Nothing())) {
            case Value.Text(String text) -> text.equals(required.getValue());
            case Value.Flag(boolean flag) -> Boolean.toString(flag).equals(required.getValue());
            case Value.Num _, Value.Nothing _, Value.Items _, Value.Fields _ -> false;
        };
    }

    /** The same key may come with it again; whoever else has it, has it from somewhere else. */
    private Optional<Doubt> once(Admission admission, Digest workload, Digest said, Instant now) {
        InstanceId instance = admission.instance();
        boolean again =
                passports
                        .admission(instance)
                        .filter(one -> one.list().equals(admission.list()))
                        .isPresent();
        if (again) {
            return Optional.empty();
        }
        long newest = passports.lastPlace(Admission.statementsOf(workload)).orElse(0);
        if (admission.index() < newest) {
            return Optional.of(Doubt.OUTSIDE_EXPIRED);
        }
        byte[] domain = "outside ".getBytes(StandardCharsets.US_ASCII);
        return switch (replays.use(Digest.of(domain, said.bytes()), now)) {
            case FIRST ->
                    passports.admissions(admission.list(), "", 1).isEmpty()
                            ? Optional.empty()
                            : Optional.of(Doubt.OUTSIDE_REPLAYED);
            case AGAIN -> Optional.of(Doubt.OUTSIDE_REPLAYED);
            case FULL -> Optional.of(Doubt.CROWDED);
        };
    }
}
