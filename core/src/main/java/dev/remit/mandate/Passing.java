package dev.remit.mandate;

import dev.remit.call.Value;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DelegationStep;
import dev.remit.identity.Handover;
import dev.remit.identity.Jwk;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a holder passes on to a helper by its signature, with no server. What the gateway would
 * refuse is refused here, as an {@link IllegalArgumentException} that says what to do; what only
 * the gateway knows, such as what the mandate has become, it looks at when the helper comes.
 *
 * @param parts permissions ({@code tool}, {@code arguments}); each bears the {@code name} of the
 *     one it is a part of, unless that can be seen
 * @param until when it ends; usually an hour later, and never later than what it is a part of
 * @param uses how many calls it is good for
 * @param further how many times the helper may pass it on
 * @param held what of the mandate is known to whoever signs the first step
 */
public record Passing(
        List<Value.Fields> parts,
        Optional<Instant> until,
        OptionalLong uses,
        int further,
        Optional<Share> held)
        implements Handover {
    private static final Duration USUAL = Duration.ofHours(1);

    public Passing {
        parts = List.copyOf(parts);
    }

    /** All calls of these tools, for an hour, not to be passed on. */
    public static Passing of(String... tools) {
        return new Passing(
                Stream.of(tools).map(tool -> Value.object().put("tool", tool).build()).toList(),
                Optional.empty(),
                OptionalLong.empty(),
                0,
                Optional.empty());
    }

    /** The same and one permission more. */
    public Passing part(Value.Fields permission) {
        return new Passing(
                Stream.concat(parts.stream(), Stream.of(permission)).toList(),
                until,
                uses,
                further,
                held);
    }

    /** The same, by somebody who knows what the mandate permits. */
    public Passing knowing(Share mandate) {
        return new Passing(parts, until, uses, further, Optional.of(mandate));
    }

    public Passing until(Instant end) {
        return new Passing(parts, Optional.of(end), uses, further, held);
    }

    public Passing uses(long most) {
        return new Passing(parts, until, OptionalLong.of(most), further, held);
    }

    public Passing further(int times) {
        return new Passing(parts, until, uses, times, held);
    }

    @Override
    public DelegationStep first(Holder by, Jwk to, String id, Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        if (uses.isPresent() && uses.getAsLong() < 1) {
            throw new IllegalArgumentException("it must be good for at least one call");
        }
        if (further < 0 || further > DelegationStep.MOST_DEPTH) {
            throw new IllegalArgumentException(
                    "too deep: whoever gets it can pass it on at most "
                            + DelegationStep.MOST_DEPTH
                            + " times");
        }
        return new DelegationStep(
                by.instance(),
                by.gateway(),
                by.mandate(),
                share(held, "the mandate").write(),
                to,
                from,
                end(from, from.plus(DelegationStep.LONGEST)),
                uses,
                further,
                Optional.empty(),
                id);
    }

    @Override
    public DelegationStep after(DelegationChain chain, Jwk to, String id, Instant now) {
        DelegationStep before = chain.last().step();
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        if (!from.isBefore(before.expiresAt())) {
            throw new IllegalArgumentException(
                    "the chain ended at "
                            + before.expiresAt()
                            + "; whoever passed it on has to sign another");
        }
        if (further < 0 || further >= before.depth()) {
            throw new IllegalArgumentException(
                    before.depth() == 0
                            ? "too deep: the chain is not to be passed on; whoever signed it can"
                                    + " allow it"
                            : "too deep: whoever gets it can pass it on at most "
                                    + (before.depth() - 1)
                                    + " times");
        }
        OptionalLong most = before.uses();
        long least = uses.orElse(most.orElse(1));
        if (least < 1 || (most.isPresent() && least > most.getAsLong())) {
            throw new IllegalArgumentException(
                    "the chain is good for "
                            + (most.isPresent() ? most.getAsLong() + " calls" : "calls")
                            + "; pass on at least one, and no more");
        }
        Instant latest = from.plus(DelegationStep.LONGEST);
        return new DelegationStep(
                before.key().thumbprint().base64Url(),
                before.audience(),
                before.mandate(),
                share(ChainRules.share(before), "the chain").write(),
                to,
                from,
                end(from, before.expiresAt().isBefore(latest) ? before.expiresAt() : latest),
                uses.isPresent() ? uses : most,
                further,
                Optional.of(chain.last().digest()),
                id);
    }

    private Instant end(Instant from, Instant latest) {
        Instant usual = from.plus(USUAL);
        Instant end = until.orElse(usual.isBefore(latest) ? usual : latest);
        Instant whole = end.truncatedTo(ChronoUnit.SECONDS);
        if (!whole.isAfter(from) || whole.isAfter(latest)) {
            throw new IllegalArgumentException(
                    "it must end after " + from + " and not after " + latest);
        }
        return whole;
    }

    private Share share(Optional<Share> wider, String of) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("say what is passed on: at least one tool");
        }
        Share asked =
                new Share(
                        MandateText.readPermissions(
                                parts.stream().map(Value.class::cast).toList()));
        if (!asked.isPlain()) {
            throw new IllegalArgumentException(
                    "a part has a tool and arguments; how often and after what stays as the mandate"
                            + " has it, and the whole may be good for so many calls");
        }
        if (wider.isEmpty()) {
            return named(asked);
        }
        List<Permission> within = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            within.add(within(asked.parts().get(i), parts.get(i).text("name"), wider.get(), of));
        }
        return new Share(within);
    }

    /** Which permission it is a part of has to be said, where it cannot be seen. */
    private Share named(Share asked) {
        for (Value.Fields part : parts) {
            if (part.text("name").isEmpty()) {
                throw new IllegalArgumentException(
                        "say which permission of the mandate `"
                                + part.text("tool").orElse("")
                                + "` is a part of, by its name, which the mandate's JSON shows");
            }
        }
        return asked;
    }

    private static Permission within(
            Permission part, Optional<String> name, Share wider, String of) {
        return wider.parts().stream()
                .filter(part::isWithin)
                .filter(one -> name.isEmpty() || name.get().equals(one.name()))
                .findFirst()
                .map(one -> part.named(one.name()))
                .orElseThrow(() -> new IllegalArgumentException(wider(part, wider, of)));
    }

    private static String wider(Permission part, Share wider, String of) {
        return "`"
                + part.tools().text()
                + "` is not plainly a part of what "
                + of
                + " has; it has "
                + wider.parts().stream()
                        .map(
                                one ->
                                        one.name()
                                                + " "
                                                + one.tools().text()
                                                + (one.arguments().isEmpty()
                                                        ? ""
                                                        : " ("
                                                                + String.join(", ", one.said())
                                                                + ")"))
                        .collect(Collectors.joining("; "));
    }
}
