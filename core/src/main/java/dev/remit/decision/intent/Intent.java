package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Effect;
import dev.remit.call.Value;
import dev.remit.decision.intent.Ground.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether a call is part of what the person asked for, and whether its values may be trusted: the
 * {@link Rule}s, over the plan of the task and what was seen under the mandate so far.
 */
public final class Intent {
    private static final Set<Effect> MENDING = EnumSet.of(Effect.CREATE, Effect.CHANGE);
    private static final Ground NOWHERE = new Ground(Kind.NOWHERE, Optional.empty());
    private static final int MOST = 256; // values of one call
    private static final int SHORT = 80; // characters
    private static final int SHOWN = 60;

    private final ToolReading tool;
    private final Memory memory;
    private final Plan plan;
    private final ExpressLeave leave;
    private final Set<Rule> off;
    private final Map<String, Ground> grounds = new HashMap<>();
    private final List<String> receivers = new ArrayList<>();

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
        return new Intent(tool.doing(arguments), memory, leave, off).judge(arguments);
    }

    private Finding judge(Value.Fields arguments) {
        List<Given> given = Given.of(tool, arguments, leave);
        given.stream()
                .filter(Given::receives)
                .flatMap(one -> Stream.of(one.value().split("[,;]\\s*")))
                .limit(MOST)
                .forEach(receivers::add);
        if (tool.reads()) {
            return (tool.fetches()
                            ? tooMuch(given)
                                    .or(() -> first(given, this::fetch))
                                    .or(() -> secret(given))
                            : Optional.<Finding>empty())
                    .orElse(new Finding(Rule.READS, ""));
        }
        return tooMuch(given)
                .or(() -> ruledOut(given, arguments))
                .or(() -> notAsked(given))
                .or(() -> alsoOrdered(arguments))
                .or(() -> doneAlready(arguments))
                .or(() -> first(given, this::value))
                .or(() -> secret(given))
                .orElse(new Finding(Rule.ASKED, ""));
    }

    private Optional<Finding> doneAlready(Value.Fields arguments) {
        return !leave.givesAll(arguments) && Deed.isDone(tool, arguments, memory)
                ? found(Rule.DONE_ALREADY, tool.verb())
                : Optional.empty();
    }

    private Optional<Finding> tooMuch(List<Given> given) {
        boolean many = given.size() > MOST;
        return many ? found(Rule.TOO_MUCH, given.size() + " values") : Optional.empty();
    }

    /** Whether something confidential goes to others that the words do not speak of. */
    private Optional<Finding> secret(List<Given> given) {
        if (!goesOut() && !tool.fetches()) {
            return Optional.empty();
        }
        String all = String.join("\n", given.stream().map(Given::value).toList());
        return Secrets.in(all, memory)
                .flatMap(
                        leaf ->
                                found(
                                        Rule.SECRET_GOES_OUT,
                                        new Ground(Kind.FIELD, Optional.of(leaf)).toString()));
    }

    private boolean goesOut() {
        return tool.effects().contains(Effect.SEND) || tool.effects().contains(Effect.SHARE);
    }

    /** Whether another address receives it, too, which the words name or point at. */
    private boolean isBesideFirmer(String value) {
        return !plan.isOfSeveral()
                && value.indexOf('@') > 0
                && receivers.stream()
                        .filter(one -> one.indexOf('@') > 0 && !one.equals(value))
                        .map(one -> ground(one).kind())
                        .anyMatch(kind -> kind == Kind.WORDS || kind == Kind.POINTED);
    }

    private static Optional<Finding> first(
            List<Given> given, Function<Given, Optional<Finding>> rule) {
        return given.stream().flatMap(one -> rule.apply(one).stream()).findFirst();
    }

    /** What the giver ruled out is not asked for by any word; only this very call can be. */
    private Optional<Finding> ruledOut(List<Given> given, Value.Fields arguments) {
        return plan.rulesOut(tool) && !leave.givesCall(arguments)
                ? first(given, this::ordered).or(() -> found(Rule.RULED_OUT, tool.verb()))
                : Optional.empty();
    }

    private Optional<Finding> notAsked(List<Given> given) {
        if (leave.namesTool() || plan.asks(tool) || goesWithIt(given)) {
            return Optional.empty();
        }
        if (plan.leaves()) {
            return isMild(given) ? Optional.empty() : found(Rule.LEFT_TO_A_TEXT, tool.verb());
        }
        return first(given, this::ordered).or(() -> found(Rule.EFFECT_NOT_ASKED, plan.asking()));
    }

    private Optional<Finding> ordered(Given given) {
        Ground ground = ground(given.value());
        return ground.kind() == Kind.ORDERED
                ? found(Rule.ORDERED_BY_A_TEXT, given, ground)
                : Optional.empty();
    }

    /**
     * What nobody asked for in so many words, but belongs to what was: it makes or changes what the
     * person named, or nothing in particular before anything was read, and no text asks for it.
     */
    private boolean goesWithIt(List<Given> given) {
        if (!isMending() || memory.isAskedFor(tool, Alarm.REQUEST)) {
            return false;
        }
        List<Given> objects =
                given.stream()
                        .filter(
                                one ->
                                        one.role() != ArgumentRole.PLAIN
                                                && one.role() != ArgumentRole.CONTENT)
                        .toList();
        boolean early = plan.asksForEffects() && !memory.hasRead();
        return objects.isEmpty()
                ? early
                : objects.stream()
                        .allMatch(
                                one ->
                                        ground(one.value()).kind() == Kind.WORDS
                                                || (early
                                                        && one.role() == ArgumentRole.TARGET
                                                        && !Deed.isPaying(tool)));
    }

    /** Whether it does no more than make or change something. */
    private boolean isMending() {
        return MENDING.containsAll(tool.effects());
    }

    /** What cannot be taken back is not done while a text that gives orders wants it, too. */
    private Optional<Finding> alsoOrdered(Value.Fields arguments) {
        boolean grave = tool.effects().contains(Effect.REMOVE) || pays();
        return grave && !leave.givesCall(arguments) && memory.isAskedFor(tool, Alarm.ORDER)
                ? found(Rule.ALSO_ORDERED, tool.verb())
                : Optional.empty();
    }

    /** What a text may ask for that the person left things to. */
    private boolean isMild(List<Given> given) {
        if (tool.effects().contains(Effect.REMOVE) || tool.effects().contains(Effect.PAY)) {
            return false;
        }
        List<Given> destinations = given.stream().filter(Given::receives).toList();
        return (isMending() || !destinations.isEmpty())
                && destinations.stream().allMatch(one -> ground(one.value()).kind() == Kind.WORDS);
    }

    private Ground ground(String value) {
        return grounds.computeIfAbsent(value, one -> Ground.of(one, tool, memory));
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
        String[] parts = given.value().split("[,;]\\s*");
        if (parts.length > MOST) {
            return found(Rule.TOO_MUCH, given, NOWHERE);
        }
        return Stream.of(parts)
                .map(one -> receiver(given, one))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Finding> receiver(Given given, String one) {
        Ground ground = ground(one);
        boolean good =
                switch (ground.kind()) {
                    case WORDS, POINTED -> true;
                    case OWN -> !goesOut() || ground.leaf().filter(Leaf::prose).isEmpty();
                    case NAMED_TEXT -> !pays() && plan.cites() && !isBesideFirmer(one);
                    case FIELD ->
                            plan.selects()
                                    || (plan.all()
                                            && !Selection.isBesidePointed(ground.leaf(), plan));
                    case TEXT, REQUESTED, ORDERED, NOWHERE -> false;
                };
        boolean disguised =
                LookAlikes.isMasked(one)
                        || (ground.kind() != Kind.WORDS
                                && LookAlikes.isDisguise(Words.normal(one), plan));
        boolean other =
                ground.isListed()
                        && ground.leaf()
                                .filter(
                                        leaf ->
                                                Selection.isNamed(leaf, plan)
                                                        || Selection.isBesideSaid(leaf, plan)
                                                        || Selection.isBesideNamedField(leaf, plan))
                                .isPresent();
        return when(disguised, Rule.LOOKS_ALIKE, given, ground)
                .or(() -> when(other, Rule.ANOTHER_WAS_MEANT, given, ground))
                .or(() -> when(!good, Rule.DESTINATION, given, ground));
    }

    private Optional<Finding> target(Given given) {
        Ground ground = ground(given.value());
        boolean good =
                switch (ground.kind()) {
                    case WORDS, OWN, POINTED -> true;
                    case NAMED_TEXT -> plan.cites();
                    case FIELD ->
                            (isMending() && !Selection.isBesidePointed(ground.leaf(), plan))
                                    || plan.selects()
                                    || plan.all()
                                    || plan.leaves();
                    case TEXT, REQUESTED, ORDERED -> false;
                    case NOWHERE ->
                            tool.effects().contains(Effect.CREATE)
                                    || !memory.hasRead()
                                    || plan.goesWithout(Words.normal(given.value()));
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
                                                                                leaf,
                                                                                given.name(),
                                                                                memory))
                                                        .isPresent(),
                                        Rule.ANOTHER_WAS_MEANT,
                                        given,
                                        ground));
    }

    private boolean pays() {
        return tool.effects().contains(Effect.PAY);
    }

    private Optional<Finding> amount(Given given) {
        Ground ground = ground(given.value());
        boolean good =
                switch (ground.kind()) {
                    case WORDS, OWN, POINTED, FIELD -> true;
                    case NAMED_TEXT -> !pays() && plan.cites() && !plan.saysAmount();
                    case TEXT, REQUESTED, ORDERED -> false;
                    case NOWHERE ->
                            !pays() || !memory.hasRead() || Sums.isReckoned(given.value(), memory);
                };
        return when(!good, Rule.AMOUNT, given, ground);
    }

    private Optional<Finding> plain(Given given) {
        if (given.value().length() < 3) {
            return Optional.empty();
        }
        String normal = Words.normal(given.value());
        if (given.value().length() > SHORT) {
            return addressed(given, normal).or(() -> dictated(given, normal));
        }
        Ground ground = ground(given.value());
        boolean told = ground.kind() == Kind.ORDERED || ground.kind() == Kind.REQUESTED;
        return addressed(given, normal).or(() -> when(told, Rule.TOLD_BY_A_TEXT, given, ground));
    }

    private Optional<Finding> content(Given given) {
        String normal = Words.normal(given.value());
        return addressed(given, normal)
                .or(() -> toldWhole(given, normal))
                .or(() -> dictated(given, normal));
    }

    private Optional<Finding> addressed(Given given, String normal) {
        List<String> addresses = Addresses.in(normal);
        if (addresses.size() > MOST) {
            return found(Rule.TOO_MUCH, given, NOWHERE);
        }
        for (String one : addresses) {
            Ground ground = ground(one);
            if (PassedOn.isUneasy(one, ground, plan)) {
                Given part = new Given(given.name(), given.role(), one);
                return found(Rule.ADDRESS_IN_CONTENT, part, ground);
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> toldWhole(Given given, String normal) {
        boolean whole = normal.length() > 3 && normal.length() < SHORT;
        Ground ground = whole ? ground(given.value()) : NOWHERE;
        return when(ground.kind() == Kind.ORDERED, Rule.TOLD_BY_A_TEXT, given, ground);
    }

    /** Whether what is to be said has words in a row out of an order, and out of nothing else. */
    private Optional<Finding> dictated(Given given, String normal) {
        Runs runs = Runs.of(normal);
        return memory.prose().stream()
                .filter(leaf -> leaf.alarm() == Alarm.ORDER && !leaf.output().own())
                .filter(leaf -> runs.meets(leaf.read().parted().told()))
                .findFirst()
                .flatMap(
                        leaf -> {
                            Ground ground = new Ground(Kind.ORDERED, Optional.of(leaf));
                            return found(Rule.TOLD_BY_A_TEXT, given, ground);
                        });
    }

    private Optional<Finding> fetch(Given given) {
        if (given.role() != ArgumentRole.DESTINATION) {
            return Optional.empty();
        }
        if (LookAlikes.isMasked(given.value())) {
            return found(Rule.LOOKS_ALIKE, given, NOWHERE);
        }
        Ground ground = ground(given.value());
        boolean good = PassedOn.mayBeAsked(given.value(), ground, memory);
        return when(!good, Rule.FETCH, given, ground);
    }

    private Optional<Finding> found(Rule rule, String evidence) {
        return off.contains(rule) ? Optional.empty() : Optional.of(new Finding(rule, evidence));
    }

    private Optional<Finding> when(boolean so, Rule rule, Given given, Ground ground) {
        return so ? found(rule, given, ground) : Optional.empty();
    }

    private Optional<Finding> found(Rule rule, Given given, Ground ground) {
        return found(rule, given.name() + " = " + shown(given.value()) + ", " + ground);
    }

    /** As much of a value as people are shown. */
    static String shown(String value) {
        return value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    }
}
