package dev.remit.mandate;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a mandate would be, as it is shown before it is given: all but to whom, by whom and when.
 */
public final class Proposal {
    private static final byte[] DOMAIN = "remit/proposal/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LONGEST_LIFE = Duration.ofDays(36_525);
    private static final Instant START = Instant.EPOCH;

    private final Task task;
    private final Permissions permissions;
    private final Limits limits; // as if it were given at START
    private final Optional<Basis> basis;

    private Proposal(Task task, Permissions permissions, Limits limits, Optional<Basis> basis) {
        this.task = task;
        this.permissions = permissions;
        this.limits = limits;
        this.basis = basis;
    }

    /**
     * @param limits all but the end, which is told by {@code lives}
     * @param lives how long it is good for once it is given
     */
    public static Proposal of(
            Task task,
            Permissions permissions,
            Limits limits,
            Duration lives,
            Optional<Basis> basis) {
        if (!lives.isPositive() || lives.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException(
                    "a mandate lives longer than nothing, and no longer than "
                            + LONGEST_LIFE.toDays()
                            + " days");
        }
        return new Proposal(task, permissions, limits.until(START.plus(lives)), basis);
    }

    /** The same as another mandate has it, in new words and with an end of its own. */
    public static Proposal like(Mandate other, Task task, Duration lives) {
        return of(
                task,
                other.permissions(),
                other.limits(),
                lives,
                Optional.of(new Basis.OfMandate(other.id())));
    }

    public Task task() {
        return task;
    }

    public Permissions permissions() {
        return permissions;
    }

    public Optional<Basis> basis() {
        return basis;
    }

    public Duration lives() {
        return Duration.between(START, limits.expiresAt());
    }

    /** The limits of what is given now. */
    public Limits limits(Instant now) {
        return limits.until(now.plus(lives()));
    }

    /** The same for a shorter time; it never becomes longer. */
    public Proposal shortened(Duration shorter) {
        return shorter.compareTo(lives()) < 0
                ? of(task, permissions, limits, shorter, basis)
                : this;
    }

    /** The same, with what its giver says beside the words. */
    public Proposal amended(Amendment said) {
        return new Proposal(new Task(task.words(), said), permissions, limits, basis);
    }

    /** The same with those of its permissions that have these names. */
    public Proposal keeping(Set<String> names) {
        List<Permission> kept =
                permissions.all().stream().filter(one -> names.contains(one.name())).toList();
        return new Proposal(task, new Permissions(kept), limits, basis);
    }

    /** The mandate that it would be. */
    public Mandate mandate(
            MandateId id,
            Person giver,
            AgentId agent,
            Set<AgentId> delegates,
            Optional<Authentication> signIn,
            Instant now) {
        return new Mandate(
                id,
                giver,
                agent,
                task,
                permissions,
                limits(now),
                now,
                new Mandate.Status.Active(),
                delegates,
                signIn,
                basis,
                1);
    }

    /** The same for the same proposal to the same agents, whenever it is given. */
    public Digest digest(AgentId agent, Set<AgentId> delegates) {
        Value.Fields written =
                Value.object()
                        .put("task", task.words())
                        .putIf("amended", task.amended().write())
                        .put("agent", agent.text())
                        .put(
                                "delegates",
                                Value.ofTexts(
                                        delegates.stream().map(AgentId::text).sorted().toList()))
                        .put("permissions", MandateText.permissions(permissions))
                        .put("limits", LimitsText.write(limits))
                        .putIf("from", basis.map(BasisText::write))
                        .build();
        return Digest.of(DOMAIN, JsonWriter.canonical(written));
    }
}
