package dev.remit.decision.intent;

import dev.remit.call.Effect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a value stands on.
 *
 * @param leaf where it was found, if it was
 */
record Ground(Kind kind, Optional<Leaf> leaf) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final int LONGEST_NUMBER = 16; // characters
    private static final int CENTS = 2; // digits
    private static final Pattern SCHEME = Pattern.compile("^[a-z]+://");
    private static final Set<String> OUTSIDERS =
            Set.of(
                    "sender",
                    "from",
                    "author",
                    "organizer",
                    "organiser",
                    "reply",
                    "requester",
                    "caller");

    /** From the firmest to none. */
    enum Kind {
        /** The person said it. */
        WORDS("the person said it"),
        /** An effect of the same task answered it. */
        OWN("an effect of this task answered it"),
        /** A field of an object that the person's words point at. */
        POINTED("a field of what the words point at"),
        /** A field of some object. */
        FIELD("a field"),
        /** In a text that the person named. */
        NAMED_TEXT("in a text that the person named"),
        /** In a text. */
        TEXT("in a text"),
        /** In a text that asks for the very thing that is about to be done. */
        REQUESTED("in a text that asks for this"),
        /** In a text that gives agents orders. */
        ORDERED("in a text that gives orders"),
        /** Nobody knows. */
        NOWHERE("from nowhere");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static Ground of(String value, ToolReading tool, Memory memory) {
        Plan plan = memory.plan();
        String normal = Words.normal(value);
        if (normal.length() > 2 && (normal.charAt(0) == '@' || normal.charAt(0) == '#')) {
            normal = normal.substring(1);
        }
        if (isSaid(normal, plan) && !LookAlikes.isMasked(value)) {
            return new Ground(Kind.WORDS, Optional.empty());
        }
        Ground best = new Ground(Kind.NOWHERE, Optional.empty());
        for (String form : forms(normal)) {
            List<Leaf> found = new ArrayList<>(memory.exact(form));
            found.addAll(memory.within(form));
            for (Leaf leaf : found) {
                Kind kind = kind(leaf, form, tool, plan);
                if (kind == Kind.ORDERED) {
                    return new Ground(kind, Optional.of(leaf));
                }
                if (kind.compareTo(best.kind) < 0) {
                    best = new Ground(kind, Optional.of(leaf));
                }
            }
        }
        return best;
    }

    /** The ways in which the same may be written. */
    private static Set<String> forms(String normal) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(normal);
        if (isAddress(normal)) {
            forms.add(bare(normal));
        }
        String joined = normal.replace(" ", "");
        if (Addresses.isAccount(joined)) {
            forms.add(joined);
            forms.add(joined.replaceAll("(.{4})(?=.)", "$1 "));
        }
        if (normal.length() < LONGEST_NUMBER && NUMBER.matcher(normal).matches()) {
            forms.addAll(written(new BigDecimal(normal)));
        }
        return forms;
    }

    /** An amount as people write it: 1,234.50 and 1.234,50, with and without what groups it. */
    private static List<String> written(BigDecimal number) {
        List<String> forms = new ArrayList<>();
        if (number.scale() <= CENTS) {
            String cents = number.setScale(CENTS).toPlainString();
            int point = cents.length() - CENTS - 1;
            String whole = cents.substring(0, point);
            String rest = cents.substring(point + 1);
            for (String group : List.of("", ",", ".", " ", "'")) {
                String grouped = whole.replaceAll("(?<=[0-9])(?=(?:[0-9]{3})+$)", group);
                String mark = group.equals(".") ? "," : ".";
                forms.add(grouped + mark + rest);
                forms.add(grouped + (group.equals(",") ? "." : ",") + rest);
                if (number.stripTrailingZeros().scale() <= 0) {
                    forms.add(grouped);
                }
            }
        }
        return forms;
    }

    static boolean isSaid(String normal, Plan plan) {
        if (plan.says(normal) || (isAddress(normal) && plan.says(bare(normal)))) {
            return true;
        }
        return normal.length() < 30
                && NUMBER.matcher(normal).matches()
                && plan.numbers().contains(new BigDecimal(normal).stripTrailingZeros());
    }

    static boolean isAddress(String normal) {
        return normal.indexOf(' ') < 0 && (normal.contains("://") || normal.startsWith("www."));
    }

    /** An address without what may stand around it or not. */
    static String bare(String url) {
        String bare = SCHEME.matcher(url).replaceFirst("");
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static Kind kind(Leaf leaf, String normal, ToolReading tool, Plan plan) {
        if (leaf.alarm() == Alarm.ORDER
                && !(leaf.output().named() && leaf.read().parted().isAround(normal))) {
            return Kind.ORDERED;
        }
        if (leaf.alarm() == Alarm.REQUEST && Orders.asksForNear(leaf.normal(), normal, tool)) {
            boolean meant =
                    leaf.output().named()
                            && plan.asks(tool)
                            && !tool.effects().contains(Effect.PAY)
                            && pointers(leaf, plan) > 1;
            return meant ? Kind.NAMED_TEXT : Kind.REQUESTED;
        }
        boolean pays = tool.effects().contains(Effect.PAY);
        if (leaf.output().own() && !(pays && leaf.prose())) {
            return Kind.OWN;
        }
        if (isReplyTo(leaf)) {
            return Kind.TEXT;
        }
        boolean whole = leaf.normal().equals(normal) && !leaf.prose();
        if (whole && !(isOutsiders(leaf) && pays)) {
            return pointers(leaf, plan) > 0 ? Kind.POINTED : Kind.FIELD;
        }
        return leaf.output().named() ? Kind.NAMED_TEXT : Kind.TEXT;
    }

    /** Whether answers would go elsewhere than to who wrote. */
    private static boolean isReplyTo(Leaf leaf) {
        if (!isReply(leaf)) {
            return false;
        }
        List<Leaf> senders =
                leaf.output().leaves().stream()
                        .filter(other -> other.node() == leaf.node() && !isReply(other))
                        .filter(Ground::isOutsiders)
                        .toList();
        return !senders.isEmpty()
                && senders.stream().noneMatch(one -> Words.holds(one.normal(), leaf.normal()));
    }

    private static boolean isReply(Leaf leaf) {
        return Words.parts(leaf.key()).contains("reply");
    }

    /** Whether whoever sends something sets what a field of this name holds. */
    static boolean isOutsiders(String key) {
        return Words.parts(key).stream().anyMatch(OUTSIDERS::contains);
    }

    /** Whether whoever sends something sets this field. */
    private static boolean isOutsiders(Leaf leaf) {
        return isOutsiders(leaf.key());
    }

    /** How many of the person's words the object says of itself, beside the value itself. */
    static int pointers(Leaf leaf, Plan plan) {
        Set<String> found = new HashSet<>();
        for (Optional<Leaf.Node> node = Optional.of(leaf.node());
                node.isPresent();
                node = node.get().parent()) {
            Set<String> said = node.get().said(leaf.prose() ? leaf.normal() : "");
            if (node.get().isOutdone(said)) {
                if (isOfOne(plan)) {
                    break; // what is around both says nothing of which
                }
            } else {
                found.addAll(said);
            }
        }
        return found.size();
    }

    private static boolean isOfOne(Plan plan) {
        return !plan.all() && !plan.selects();
    }

    /** Whether it is the value of a field of some object. */
    boolean isListed() {
        return kind == Kind.FIELD || kind == Kind.POINTED;
    }

    /** The sentence for people: what it stands on, whose answer that is, and who wrote it. */
    @Override
    public String toString() {
        return kind.words
                + leaf.map(
                                one ->
                                        ", which "
                                                + one.output().tool()
                                                + " answered"
                                                + (one.key().isEmpty()
                                                        ? ""
                                                        : " as `" + one.key() + "`")
                                                + writer(one)
                                                        .map(who -> ", written by " + who)
                                                        .orElse(""))
                        .orElse("");
    }

    /** Who the object around a text says wrote it. */
    private static Optional<String> writer(Leaf leaf) {
        return leaf.output().leaves().stream()
                .filter(other -> other.node() == leaf.node() && !isReply(other))
                .filter(other -> !other.prose() && isOutsiders(other))
                .map(other -> Intent.shown(other.normal()))
                .findFirst();
    }
}
