package dev.remit.mandate;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.ToolBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says a mandate in words, by the tools as they are pinned. */
public final class CardWriter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final int MOST_NAMED = 6;

    private final ToolBook tools;
    private final Function<AgentId, String> names;
    private final Function<Task, Card.Understood> reader;

    /**
     * @param names how an agent is called
     * @param reader says how a task is understood
     */
    public CardWriter(
            ToolBook tools,
            Function<AgentId, String> names,
            Function<Task, Card.Understood> reader) {
        this.tools = tools;
        this.names = names;
        this.reader = reader;
    }

    /** The card of this mandate, as things stand now. */
    public Card write(Mandate mandate, Instant now) {
        Map<String, List<Permission>> byUpstream = new TreeMap<>();
        for (Permission one : mandate.permissions().all()) {
            String tool = one.tools().text();
            byUpstream
                    .computeIfAbsent(tool.substring(0, tool.indexOf('.')), _ -> new ArrayList<>())
                    .add(one);
        }
        List<Card.Reach> may = new ArrayList<>();
        List<String> mayNot = new ArrayList<>();
        byUpstream.forEach(
                (upstream, permissions) -> {
                    List<Pin> pins = tools.pins(upstream);
                    may.add(
                            new Card.Reach(
                                    upstream,
                                    permissions.stream().map(one -> line(one, pins)).toList()));
                    List<String> absent =
                            pins.stream()
                                    .filter(pin -> mandate.permissions().of(pin.tool()).isEmpty())
                                    .filter(pin -> Card.Kind.of(pin) == Card.Kind.ACTS)
                                    .map(pin -> pin.tool().name())
                                    .toList();
                    if (!absent.isEmpty()) {
                        mayNot.add(upstream + ": " + some(absent));
                    }
                });
        String others =
                mandate.delegates().stream().map(names).sorted().collect(Collectors.joining(", "));
        mayNot.add(
                others.isEmpty()
                        ? "be passed on to another agent"
                        : "be passed on to others than " + others);
        return new Card(
                mandate.task().words(),
                reader.apply(mandate.task()),
                mandate.giver().name(),
                names.apply(mandate.agent()),
                mandate.basis().map(CardWriter::from),
                may,
                until(mandate.limits(), now),
                mayNot,
                asks(mandate.limits()));
    }

    private static String from(Basis basis) {
        return switch (basis) {
            case Basis.OfTemplate(String name, Digest digest) ->
                    "the template " + name + " (" + digest.hex().substring(0, 12) + ")";
            case Basis.OfMandate(MandateId id) -> "the mandate " + id.text();
        };
    }

    private static Card.Line line(Permission one, List<Pin> pins) {
        List<Pin> meant = pins.stream().filter(pin -> one.names(pin.tool())).toList();
        Card.Kind kind =
                meant.stream()
                        .map(Card.Kind::of)
                        .max(Comparator.naturalOrder())
                        .orElse(Card.Kind.UNKNOWN);
        String glob = one.tools().text();
        String name = glob.substring(glob.indexOf('.') + 1);
        if (one.tools().isExact()) {
            return new Card.Line(one.name(), name, kind, one.said());
        }
        List<String> terms = new ArrayList<>();
        terms.add(
                meant.isEmpty()
                        ? "and what comes later"
                        : "now "
                                + some(meant.stream().map(pin -> pin.tool().name()).toList())
                                + "; and what comes later");
        terms.addAll(one.said());
        String all = name.equals("*") ? "every tool" : "every tool like " + name;
        return new Card.Line(one.name(), all, kind, terms);
    }

    private static String some(List<String> all) {
        String named = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
        return all.size() > MOST_NAMED
                ? named + " and " + (all.size() - MOST_NAMED) + " more"
                : named;
    }

    private static List<String> until(Limits limits, Instant now) {
        List<String> said = new ArrayList<>();
        Duration left = Duration.between(now, limits.expiresAt());
        said.add(
                "until "
                        + TIME.format(limits.expiresAt())
                        + (left.isPositive() ? " (" + words(left) + ")" : " (over)"));
        limits.uses().ifPresent(most -> said.add(most == 1 ? "one call" : most + " calls in all"));
        limits.atOnce().ifPresent(most -> said.add(most + " at a time"));
        limits.rate()
                .ifPresent(
                        rate ->
                                said.add(
                                        count(rate.calls(), "call")
                                                + " in any "
                                                + any(rate.per())));
        limits.budgets().forEach(one -> said.add(one.said() + " (" + one.tools().text() + ")"));
        limits.idle().ifPresent(idle -> said.add("no longer than " + words(idle) + " idle"));
        limits.endsWhen().forEach(tool -> said.add("until " + tool.text() + " has succeeded"));
        said.add(
                limits.strikes() == 1
                        ? "until it oversteps once"
                        : "until it oversteps " + limits.strikes() + " times");
        return said;
    }

    private static String asks(Limits limits) {
        return switch (limits.asks()) {
            case 0 -> "nobody: whatever is not here is refused at once";
            case 1 -> "you, once an hour at most, about a call that is not here";
            default ->
                    "you, "
                            + limits.asks()
                            + " times an hour at most, about calls that are not here";
        };
    }

    private static String any(Duration time) {
        String words = words(time);
        return words.matches("one \\w+") ? words.substring("one ".length()) : words;
    }

    /** A length of time as a person would say it, rounded to the larger unit. */
    static String words(Duration time) {
        long seconds = Math.max(0, time.plusMillis(500).toSeconds());
        if (seconds < 60) {
            return count(seconds, "second");
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 60) {
            return count(minutes, "minute");
        }
        long hours = Math.round(minutes / 60.0);
        return hours < 48
                ? two(minutes / 60, "hour", minutes % 60, "minute")
                : two(hours / 24, "day", hours % 24, "hour");
    }

    private static String two(long most, String large, long rest, String small) {
        return count(most, large) + (rest == 0 ? "" : " and " + count(rest, small));
    }

    private static String count(long number, String what) {
        return number == 1 ? "one " + what : number + " " + what + "s";
    }
}
