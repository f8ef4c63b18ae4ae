package dev.remit.decision.intent;

import dev.remit.call.Value;
import dev.remit.decision.intent.Ground.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a call is part of what the person asked for, and whether its values may be trusted: the
 * {@link Rule}s, over the plan of the task and what was seen under the mandate so far.
 */
public final class Intent {
    private static final Set<Effect> MENDING = EnumSet.of(Effect.CREATE, Effect.CHANGE);
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}"
                            + "|(?:https?://|www\\.)[a-z0-9/._~%?=&+:#-]+"
                            + "|\\b[a-z]{2}[0-9]{2}[a-z0-9]{11,30}\\b");
    private static final int RUN = 5; // words in a row that are no coincidence
    private static final int SHORT = 80; // characters
    private static final int SHOWN = 60; // characters

    private final ToolReading tool;
    private final Memory memory;
    private final Plan plan;
    private final ExpressLeave leave;
    private final Set<Rule> off;

    private Intent(ToolReading tool, Memory memory, ExpressLeave leave, Set<Rule> off) {
        this.tool = tool;
        this.memory = memory;
        this.plan = memory.plan();
        this.leave = leave;
        this.off = off;
    }

    /** Judges a call. The same call after the same answers is always judged the same. */
    public static Finding judge(ToolReading tool, Value.Fields arguments, Memory memory) {
        return judge(tool, arguments, memory, ExpressLeave.NONE, Set.of());
    }

    /**
     * The same, of a call that the person gave some leave for beside the words.
     *
     * @param off rules that say nothing
     */
    static Finding judge(
            ToolReading tool,
            Value.Fields arguments,
            Memory memory,
            ExpressLeave leave,
            Set<Rule> off) {
        return new Intent(tool, memory, leave, off).judge(arguments);
    }

    /** A value that was given for an argument, or for a field inside of one. */
    private record Given(String name, Role role, String value) {}

    private Finding judge(Value.Fields arguments) {
        List<Given> given = new ArrayList<>();
        arguments
                .values()
                .forEach(
                        (name, value) -> {
                            if (!leave.gives(name)) {
                                gather(name, tool.role(name), value, given);
                            }
                        });
        if (tool.reads()) {
            return (tool.fetches()
                            ? first(given, this::fetch).or(() -> first(given, this::secret))
                            : Optional.<Finding>empty())
                    .orElse(new Finding(Rule.READS, ""));
        }
        return notAsked(given)
                .or(() -> doneAlready(arguments))
                .or(() -> first(given, this::value))
                .or(() -> first(given, this::secret))
                .orElse(new Finding(Rule.ASKED, ""));
    }

    private Optional<Finding> doneAlready(Value.Fields arguments) {
        return !leave.givesAll(arguments) && Deed.isDone(tool, arguments, memory)
                ? found(Rule.DONE_ALREADY)
                : Optional.empty();
    }

    /** Whether something confidential goes to others that the words do not speak of. */
    private Optional<Finding> secret(Given given) {
        boolean goesOut =
                tool.effects().contains(Effect.SEND)
                        || tool.effects().contains(Effect.SHARE)
                        || tool.fetches();
        return goesOut
                ? Secrets.in(given.value(), memory)
                        .flatMap(
                                leaf ->
                                        found(
                                                Rule.SECRET_GOES_OUT,
                                                new Given(given.name(), given.role(), "…"),
                                                new Ground(Kind.FIELD, Optional.of(leaf))))
                : Optional.empty();
    }

    private void gather(String name, Role role, Value value, List<Given> given) {
        switch (value) {
            case Value.Text(String text) -> given.add(new Given(name, role, text));
            case Value.Num(var number) -> given.add(new Given(name, role, number.toPlainString()));
            case Value.Items(List<Value> items) ->
                    items.forEach(item -> gather(name, role, item, given));
            case Value.Fields(var fields) ->
                    fields.forEach(
                            (inner, field) -> {
                                Role its = ToolReader.role(inner, tool.effects());
                                gather(inner, its, field, given);
                            });
            case Value.Flag _, Value.Nothing _ -> {}
        }
    }

    private static Optional<Finding> first(
            List<Given> given, Function<Given, Optional<Finding>> rule) {
        return given.stream().flatMap(one -> rule.apply(one).stream()).findFirst();
    }

    private Optional<Finding> notAsked(List<Given> given) {
        if (leave.namesTool() || plan.asks(tool) || goesWithIt(given)) {
            return Optional.empty();
        }
        if (plan.leaves()) {
            return isMild(given) ? Optional.empty() : found(Rule.LEFT_TO_A_TEXT);
        }
        return first(given, this::ordered).or(() -> found(Rule.EFFECT_NOT_ASKED));
    }

    private Optional<Finding> ordered(Given given) {
        Ground ground = Ground.of(given.value(), tool, memory);
        return ground.kind() == Kind.ORDERED
                ? found(Rule.ORDERED_BY_A_TEXT, given, ground)
                : Optional.empty();
    }

    /**
     * What nobody asked for in so many words, but belongs to what was: it makes or changes what the
     * person named, or nothing in particular before anything was read, and no text asks for it.
     */
    private boolean goesWithIt(List<Given> given) {
        if (!isMending() || isAskedByText()) {
            return false;
        }
        List<Given> objects =
                given.stream()
                        .filter(one -> one.role() != Role.PLAIN && one.role() != Role.CONTENT)
                        .toList();
        boolean said = objects.stream().allMatch(one -> kind(one.value()) == Kind.WORDS);
        return said && (!objects.isEmpty() || (plan.asksForEffects() && !memory.hasRead()));
    }

    /** Whether it does no more than make or change something. */
    private boolean isMending() {
        return MENDING.containsAll(tool.effects());
    }

    private boolean isAskedByText() {
        return memory.prose().stream()
                .filter(leaf -> leaf.alarm() != Alarm.NONE && !leaf.output().own())
                .anyMatch(leaf -> Orders.asksFor(leaf.normal(), tool));
    }

    /** What a text may ask for that the person left things to. */
    private boolean isMild(List<Given> given) {
        if (tool.effects().contains(Effect.REMOVE) || tool.effects().contains(Effect.PAY)) {
            return false;
        }
        List<Given> destinations =
                given.stream().filter(one -> one.role() == Role.DESTINATION).toList();
        return (isMending() || !destinations.isEmpty())
                && destinations.stream().allMatch(one -> kind(one.value()) == Kind.WORDS);
    }

    private Kind kind(String value) {
        return Ground.of(value, tool, memory).kind();
    }

    private Optional<Finding> value(Given given) {
        return switch (given.role()) {
            case DESTINATION -> destination(given);
            case TARGET -> target(given);
            case AMOUNT -> amount(given);
            case SECRET, PLAIN -> plain(given);
            case CONTENT -> content(given);
        };
    }

    private Optional<Finding> destination(Given given) {
        return Stream.of(given.value().split("[,;]\\s*"))
                .map(one -> receiver(given, one))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Finding> receiver(Given given, String one) {
        Ground ground = Ground.of(one, tool, memory);
        boolean good =
                switch (ground.kind()) {
                    case WORDS, OWN, POINTED -> true;
                    case NAMED_TEXT -> !pays();
                    case FIELD ->
                            plan.selects()
                                    || (plan.all()
                                            && !Selection.isBesidePointed(ground.leaf(), plan));
                    case TEXT, REQUESTED, ORDERED, NOWHERE -> false;
                };
        boolean disguised =
                ground.kind() != Kind.WORDS && LookAlikes.isDisguise(Words.normal(one), plan);
        boolean other =
                ground.isListed()
                        && ground.leaf().filter(leaf -> Selection.isNamed(leaf, plan)).isPresent();
        return when(disguised, Rule.LOOKS_ALIKE, given, ground)
                .or(() -> when(other, Rule.ANOTHER_WAS_MEANT, given, ground))
                .or(() -> when(!good, Rule.DESTINATION, given, ground));
    }

    private Optional<Finding> target(Given given) {
        Ground ground = Ground.of(given.value(), tool, memory);
        boolean good =
                switch (ground.kind()) {
                    case WORDS, OWN, POINTED, NAMED_TEXT -> true;
                    case FIELD -> isMending() || plan.selects() || plan.all() || plan.leaves();
                    case TEXT, REQUESTED, ORDERED -> false;
                    case NOWHERE -> tool.effects().contains(Effect.CREATE) || !memory.hasRead();
                };
        return when(!good, Rule.TARGET, given, ground)
                .or(
                        () ->
                                when(
                                        ground.isListed()
                                                && ground.leaf()
                                                        .filter(
                                                                leaf ->
                                                                        Selection.isOther(
                                                                                leaf, memory))
                                                        .isPresent(),
                                        Rule.ANOTHER_WAS_MEANT,
                                        given,
                                        ground));
    }

    private boolean pays() {
        return tool.effects().contains(Effect.PAY);
    }

    private Optional<Finding> amount(Given given) {
        Ground ground = Ground.of(given.value(), tool, memory);
        boolean good =
                switch (ground.kind()) {
                    case WORDS, OWN, POINTED, FIELD -> true;
                    case NAMED_TEXT -> !pays();
                    case TEXT, REQUESTED, ORDERED -> false;
                    case NOWHERE -> !pays() || !memory.hasRead();
                };
        return when(!good, Rule.AMOUNT, given, ground);
    }

    private Optional<Finding> plain(Given given) {
        if (given.value().length() < 3) {
            return Optional.empty();
        }
        Ground ground = Ground.of(given.value(), tool, memory);
        boolean told = ground.kind() == Kind.ORDERED || ground.kind() == Kind.REQUESTED;
        return when(told, Rule.TOLD_BY_A_TEXT, given, ground);
    }

    private Optional<Finding> content(Given given) {
        String normal = Words.normal(given.value());
        return addressed(given, normal)
                .or(() -> toldWhole(given, normal))
                .or(() -> dictated(given, Words.of(normal)));
    }

    private Optional<Finding> addressed(Given given, String normal) {
        Matcher address = ADDRESS.matcher(normal);
        while (address.find()) {
            String one = address.group().replaceAll("[.,!?:;-]+$", "");
            Ground ground = Ground.of(one, tool, memory);
            boolean urged =
                    ground.leaf()
                            .filter(leaf -> leaf.alarm() == Alarm.REQUEST && Ground.isAddress(one))
                            .filter(leaf -> Orders.asksNear(leaf.normal(), one))
                            .isPresent();
            if (urged || ground.kind().compareTo(Kind.REQUESTED) >= 0) {
                Given part = new Given(given.name(), given.role(), one);
                return found(Rule.ADDRESS_IN_CONTENT, part, ground);
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> toldWhole(Given given, String normal) {
        if (normal.length() <= 3 || normal.length() >= SHORT) {
            return Optional.empty();
        }
        Ground ground = Ground.of(given.value(), tool, memory);
        return when(ground.kind() == Kind.ORDERED, Rule.TOLD_BY_A_TEXT, given, ground);
    }

    /** Whether what is to be said has words in a row out of an order, and out of nothing else. */
    private Optional<Finding> dictated(Given given, List<String> words) {
        for (Leaf leaf : memory.prose()) {
            if (leaf.alarm() != Alarm.ORDER || leaf.output().own()) {
                continue;
            }
            Set<String> runs = runs(Words.of(leaf.parted().order()));
            runs.removeAll(runs(Words.of(leaf.parted().around())));
            runs.removeAll(runs(Words.of(plan.words())));
            if (runs(words).stream().anyMatch(runs::contains)) {
                return found(
                        Rule.TOLD_BY_A_TEXT, given, new Ground(Kind.ORDERED, Optional.of(leaf)));
            }
        }
        return Optional.empty();
    }

    private static Set<String> runs(List<String> words) {
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + RUN <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + RUN)));
        }
        return runs;
    }

    private Optional<Finding> fetch(Given given) {
        if (given.role() != Role.DESTINATION) {
            return Optional.empty();
        }
        Ground ground = Ground.of(given.value(), tool, memory);
        boolean good =
                switch (ground.kind()) {
                    case WORDS, OWN, POINTED, FIELD, NAMED_TEXT, TEXT -> true;
                    case REQUESTED, ORDERED -> false;
                    case NOWHERE -> isHostSaid(given.value());
                };
        return when(!good, Rule.FETCH, given, ground);
    }

    /** Whether the person named the host, and nothing is carried there in the address's query. */
    private boolean isHostSaid(String url) {
        String bare = Ground.bare(Words.normal(url));
        int slash = bare.indexOf('/');
        return bare.indexOf('?') < 0
                && !Secrets.isCarriedBy(bare, memory)
                && plan.says(slash < 0 ? bare : bare.substring(0, slash));
    }

    private Optional<Finding> found(Rule rule) {
        String evidence = rule == Rule.EFFECT_NOT_ASKED ? asked() : tool.verb();
        return off.contains(rule) ? Optional.empty() : Optional.of(new Finding(rule, evidence));
    }

    /** What the words do ask for. */
    private String asked() {
        String words =
                plan.wants().stream()
                        .map(want -> "“" + want.word() + "”")
                        .distinct()
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? "it asks for nothing" : "it asks to " + words;
    }

    private Optional<Finding> when(boolean so, Rule rule, Given given, Ground ground) {
        return so ? found(rule, given, ground) : Optional.empty();
    }

    private Optional<Finding> found(Rule rule, Given given, Ground ground) {
        return off.contains(rule)
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                rule, given.name() + " = " + shown(given.value()) + ", " + ground));
    }

    /** As much of a value as people are shown. */
    static String shown(String value) {
        return value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    }
}
