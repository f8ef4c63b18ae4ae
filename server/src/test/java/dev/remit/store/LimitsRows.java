package dev.remit.store;

import dev.remit.mandate.Budget;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Every limit of a mandate, and what it lets through when everything happens at once. */
final class LimitsRows {
    static final int CALLERS = 64;
    static final int LATER = 8; // calls that are tried afterwards
    static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    static final String LOOK = "up.look";
    static final String ACT = "up.act";
    private static final long MOST = 5;

    private LimitsRows() {}

    /**
     * A limit.
     *
     * @param first the tool that the 64 call
     * @param allowed how many of them are let through
     * @param then how many of eight later calls of {@value #ACT} are, by how the first ended
     */
    record Row(
            String name,
            Permission permission,
            Limits limits,
            String first,
            long allowed,
            List<Long> then,
            Duration pause) {}

    private static Limits limits() {
        return new Limits(START.plusSeconds(36_000), Optional.empty(), OptionalLong.empty(), 500);
    }

    private static Permission permission(OptionalLong uses, Condition... when) {
        return new Permission("p", new Glob(ACT), Map.of(), uses, List.of(when));
    }

    private static Row row(
            String name, Permission permission, Limits limits, long allowed, List<Long> then) {
        return new Row(name, permission, limits, ACT, allowed, then, Duration.ZERO);
    }

    static List<Row> all() {
        Permission free = permission(OptionalLong.empty());
        Limits none = limits();
        Limits few = new Limits(none.expiresAt(), none.idle(), OptionalLong.of(MOST), 500);
        Limits idle =
                new Limits(
                        none.expiresAt(),
                        Optional.of(Duration.ofMinutes(1)),
                        OptionalLong.empty(),
                        500);
        List<Long> spent = List.of(0L, MOST, 0L, 0L);
        List<Long> each = List.of(8L, 8L, 8L, 8L);
        List<Long> nothing = List.of(0L, 0L, 0L, 0L);
        Limits rate = more(none, OptionalLong.empty(), true, List.of(), List.of());
        return List.of(
                row("5 uses of the mandate", free, few, MOST, spent),
                row(
                        "5 uses of the permission",
                        permission(OptionalLong.of(MOST)),
                        none,
                        MOST,
                        spent),
                row(
                        "a budget of 50, each call 10",
                        free,
                        more(
                                none,
                                OptionalLong.empty(),
                                false,
                                List.of(
                                        new Budget(
                                                "b",
                                                new Glob(ACT),
                                                "amount",
                                                BigDecimal.valueOf(50))),
                                List.of()),
                        MOST,
                        spent),
                row(
                        "5 for each look, of which there was one",
                        permission(OptionalLong.empty(), new Condition.Per(new Glob(LOOK), MOST)),
                        none,
                        MOST,
                        spent),
                row("5 in an hour, at once", free, rate, MOST, nothing),
                new Row(
                        "5 in an hour, an hour later",
                        free,
                        rate,
                        ACT,
                        MOST,
                        List.of(MOST, MOST, MOST, MOST),
                        Duration.ofHours(1)),
                row(
                        "5 at a time",
                        free,
                        more(none, OptionalLong.of(MOST), false, List.of(), List.of()),
                        MOST,
                        each),
                row(
                        "ends when one has succeeded",
                        free,
                        more(none, OptionalLong.empty(), false, List.of(), List.of(new Glob(ACT))),
                        CALLERS,
                        List.of(0L, 1L, 1L, 1L)),
                new Row(
                        "only after a look has succeeded",
                        permission(OptionalLong.empty(), new Condition.After(new Glob("up.loo?"))),
                        none,
                        LOOK,
                        CALLERS,
                        List.of(8L, 0L, 0L, 0L),
                        Duration.ZERO),
                new Row(
                        "not after a look",
                        permission(OptionalLong.empty(), new Condition.NotAfter(new Glob(LOOK))),
                        none,
                        LOOK,
                        CALLERS,
                        List.of(0L, 8L, 0L, 0L),
                        Duration.ZERO),
                new Row(
                        "not after anything confidential, as looks are",
                        permission(
                                OptionalLong.empty(), new Condition.NotAfterLabel("confidential")),
                        none,
                        LOOK,
                        CALLERS,
                        nothing,
                        Duration.ZERO),
                new Row(
                        "a minute idle, a minute later",
                        free,
                        idle,
                        ACT,
                        CALLERS,
                        nothing,
                        Duration.ofMinutes(1)),
                new Row("expired", free, none, ACT, CALLERS, nothing, Duration.ofHours(10)),
                row(
                        "5 strikes, of which 64 were tried",
                        new Permission("p", new Glob("up.other"), Map.of(), OptionalLong.empty()),
                        new Limits(none.expiresAt(), Optional.empty(), OptionalLong.empty(), MOST),
                        0,
                        nothing));
    }

    private static Limits more(
            Limits base,
            OptionalLong atOnce,
            boolean rate,
            List<Budget> budgets,
            List<Glob> endsWhen) {
        return new Limits(
                base.expiresAt(),
                base.idle(),
                base.uses(),
                base.strikes(),
                atOnce,
                rate ? Optional.of(new Rate((int) MOST, Duration.ofHours(1))) : Optional.empty(),
                budgets,
                endsWhen,
                0);
    }
}
