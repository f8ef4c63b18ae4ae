package dev.remit.decision.intent;

import dev.remit.call.Effect;
import dev.remit.call.Value;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a tool's definition as a careful stranger would: by the verb of its name, then by the first
 * verb of its description, by the names and types of its arguments. What it says about itself
 * beyond that is not believed; its hints may only tighten.
 */
public final class ToolReader {
    private static final Lexicon LEXICON = Lexicon.english();
    private static final Set<Effect> READS = EnumSet.of(Effect.READ, Effect.FETCH);
    private static final Set<Effect> MENDING = EnumSet.of(Effect.CREATE, Effect.CHANGE);
    private static final int DEEPEST = 8; // of what it declares to answer
    private static final int FIRST = 6; // words of what it says it does
    private static final String LOOKS = "list";
    private static final Set<String> ADDRESSES =
            words("url uri link website webpage host domain endpoint");
    private static final Set<String> PROGRAMS = words("sql command script shell statement cmd");
    private static final Set<String> RECEIVERS = words("recipient recipients cc bcc");
    private static final Set<String> RIGHTS =
            Words.stems(
                    "member membership permission role access collaborator privilege grant acl"
                            + " admin");
    private static final Set<String> GRANTED = words("role right rights permission access");
    private static final Set<String> GRANTEES = words("user member who mail email principal");
    private static final Set<String> MONEY = words("amount price cost payment iban fund money");
    private static final Set<String> PAYING = words("amount payment fund money");
    private static final Set<String> AMOUNTS = words("amount sum total");
    private static final Set<String> PAYEES =
            Words.stems("payee beneficiary recipient contact customer supplier vendor");
    private static final Set<String> SAID =
            Words.stems("comment reply message tweet announcement mail email sms");
    private static final Set<String> WRITTEN = words("file article");
    private static final Set<String> READABLE = words("mail file post ticket event");
    private static final Set<String> PREPOSITIONS = words("on of for by in at with");
    private static final Set<String> PAST =
            words("paid sent bought written made given kept taken found told");
    private static final Set<String> LOOKING =
            Words.stems("search list show view check query look scan preview open");
    private static final Set<String> BOOKS = words("address phone guest log price note");
    private static final Set<String> SHELVES =
            words(
                    "inbox outbox calendar list log history register directory status balance chat feed"
                            + " agenda schedule overview summary catalog catalogue archive info"
                            + " index menu inventory stock timeline");

    private ToolReader() {}

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    /** What a definition as an upstream lists it ({@code tools/list}) says. */
    public static ToolReading read(Value.Fields definition) {
        ToolShape shape = ToolShape.of(definition);
        String description = definition.text("description").orElse("");
        boolean looks = isShelf(shape, description);
        Optional<String> verb =
                looks ? Optional.of(LOOKS) : verb(shape.name()).or(() -> verb(description));
        Set<String> nouns = new HashSet<>();
        shape.name().forEach(part -> nouns.add(Words.stem(part)));
        verb.ifPresent(nouns::remove);
        Set<Effect> effects =
                shape.isSum()
                        ? EnumSet.of(Effect.READ)
                        : hinted(effects(verb, nouns, shape), definition);
        return new ToolReading(
                effects,
                verb.orElse(""),
                nouns,
                ArgumentRoles.of(shape, nouns, effects),
                !looks && acts(shape));
    }

    /**
     * Whether it is called like what there is to see and takes nothing but what narrows that down:
     * {@code inbox}, {@code open_invoices(patient)}.
     */
    private static boolean isShelf(ToolShape shape, String description) {
        List<String> name = shape.name();
        boolean verb = name.stream().anyMatch(one -> isVerb(Words.stem(one)) && doubt(one) == 0);
        if (verb || name.isEmpty() || !shape.onlyNarrows()) {
            return false;
        }
        boolean says =
                Words.of(Words.normal(description)).stream()
                        .limit(1)
                        .map(Words::stem)
                        .anyMatch(one -> hasEffect(one) && !LEXICON.isAlsoNoun(one));
        boolean ends = name.size() > 1 && PREPOSITIONS.contains(name.getLast());
        String last = ends ? name.get(name.size() - 2) : name.getLast();
        String stem = Words.stem(last);
        boolean several =
                last.endsWith("s")
                        && !last.endsWith("ss")
                        && (!hasEffect(stem) || LEXICON.isAlsoNoun(stem));
        return !says
                && (several
                        || SHELVES.contains(last)
                        || (last.equals("book") && BOOKS.contains(name.getFirst())));
    }

    /** Whether its name says that it has an effect, and nothing that it may only read. */
    private static boolean acts(ToolShape shape) {
        return !shape.isAbout(PROGRAMS)
                && verb(shape.name()).filter(ToolReader::hasEffect).isPresent();
    }

    /** The fields of its answers that whoever sends something sets, as far as it declares any. */
    public static List<String> outsiders(Value.Fields definition) {
        Set<String> found = new TreeSet<>();
        definition.fields("outputSchema").ifPresent(schema -> outsiders(schema, DEEPEST, found));
        return List.copyOf(found);
    }

    private static void outsiders(Value.Fields schema, int deep, Set<String> found) {
        if (deep == 0) {
            return;
        }
        schema.fields("properties").orElse(Value.Fields.EMPTY).values().keySet().stream()
                .filter(Ground::isOutsiders)
                .forEach(found::add);
        schema.fields("properties").orElse(Value.Fields.EMPTY).values().values().stream()
                .filter(Value.Fields.class::isInstance)
                .forEach(inner -> outsiders((Value.Fields) inner, deep - 1, found));
        schema.fields("items").ifPresent(items -> outsiders(items, deep - 1, found));
    }

    /**
     * The first that is surely a verb; forms like "delivered" and "trading", and what is as often a
     * noun, only if nothing else is.
     */
    private static Optional<String> verb(List<String> words) {
        List<String> verbs =
                words.stream()
                        .filter(word -> isVerb(Words.stem(word)))
                        .sorted(Comparator.comparingInt(ToolReader::doubt))
                        .toList();
        int least = verbs.isEmpty() ? 0 : doubt(verbs.getFirst());
        if (least == 0 || verbs.size() < 2) {
            return verbs.stream().findFirst().map(Words::stem);
        }
        List<String> likely =
                verbs.stream().filter(word -> doubt(word) == least).map(Words::stem).toList();
        return likely.stream() // search_orders and rateSearch look; rateBook books
                .filter(LOOKING::contains)
                .findFirst()
                .or(() -> likely.reversed().stream().filter(ToolReader::hasEffect).findFirst())
                .or(() -> verbs.stream().map(Words::stem).filter(ToolReader::hasEffect).findFirst())
                .or(() -> Optional.of(likely.getFirst()));
    }

    private static int doubt(String word) {
        String stem = Words.stem(word);
        boolean form = word.endsWith("ed") || word.endsWith("ing") || PAST.contains(word);
        boolean several = word.endsWith("s") && !stem.endsWith("s"); // as in dns-records
        boolean object = !LEXICON.kinds(Set.of(stem)).isEmpty(); // as in mail_open
        return (form ? 2 : 0)
                + (several ? 2 : 0)
                + (object ? 2 : 0)
                + (LEXICON.isAlsoNoun(stem) ? 1 : 0);
    }

    private static boolean isVerb(String stem) {
        return !LEXICON.effects(stem).isEmpty();
    }

    private static boolean hasEffect(String stem) {
        Set<Effect> effects = LEXICON.effects(stem);
        return !effects.isEmpty() && effects.stream().noneMatch(READS::contains);
    }

    /** The first verb of what it says it does, if it starts with one. */
    private static Optional<String> verb(String description) {
        String text = Words.normal(description);
        int mark = text.indexOf("tool description:");
        String said = mark < 0 ? text : text.substring(mark + "tool description:".length());
        return said.startsWith("who ") || said.startsWith("where ")
                ? Optional.empty() // what somebody else does
                : Words.of(said).stream()
                        .limit(FIRST)
                        .map(Words::stem)
                        .filter(ToolReader::isVerb)
                        .findFirst();
    }

    private static EnumSet<Effect> effects(
            Optional<String> verb, Set<String> nouns, ToolShape shape) {
        EnumSet<Effect> effects =
                verb.map(stem -> EnumSet.copyOf(LEXICON.effects(stem)))
                        .orElse(EnumSet.of(Effect.CHANGE));
        boolean addressed = shape.isAbout(ADDRESSES);
        if (effects.contains(Effect.FETCH) && effects.contains(Effect.CHANGE)) {
            boolean seen = LEXICON.kinds(nouns).stream().anyMatch(READABLE::contains);
            effects =
                    addressed
                            ? EnumSet.of(Effect.FETCH)
                            : seen && shape.onlyPoints()
                                    ? EnumSet.of(Effect.READ) // a letter is opened
                                    : EnumSet.copyOf(MENDING); // an account is
        }
        if (effects.stream().anyMatch(READS::contains)) {
            return doesMore(shape)
                    ? EnumSet.copyOf(MENDING)
                    : EnumSet.of(addressed ? Effect.FETCH : Effect.READ);
        }
        if (isAboutMoney(nouns, shape)) {
            effects.add(Effect.PAY);
        } else if (effects.size() > 1) {
            effects.remove(Effect.PAY);
        }
        return told(effects, nouns, shape);
    }

    /** Who makes a comment says something, who writes a page does not; rights are shared. */
    private static EnumSet<Effect> told(
            EnumSet<Effect> effects, Set<String> nouns, ToolShape shape) {
        EnumSet<Effect> told = effects;
        boolean says = nouns.stream().anyMatch(SAID::contains) && !nouns.contains("draft");
        if (says && told.contains(Effect.CREATE)) {
            told = EnumSet.of(Effect.CREATE, Effect.SEND);
        }
        boolean writes = told.contains(Effect.SEND) && told.contains(Effect.CREATE);
        if (writes && LEXICON.kinds(nouns).stream().anyMatch(WRITTEN::contains)) {
            told = EnumSet.copyOf(MENDING);
        }
        boolean grants = shape.isAbout(GRANTED) && shape.isAbout(GRANTEES);
        if ((grants || nouns.stream().anyMatch(RIGHTS::contains)) && MENDING.containsAll(told)) {
            told.add(Effect.SHARE); // somebody may do more, or less, whatever the verb
        }
        return shape.isAbout(RECEIVERS) && MENDING.containsAll(told)
                ? EnumSet.of(Effect.SEND, Effect.SHARE) // somebody gets it, whatever the verb
                : told;
    }

    /** With what its hints add; that it only reads is not believed. */
    private static EnumSet<Effect> hinted(EnumSet<Effect> read, Value.Fields definition) {
        Value.Fields hints = definition.fields("annotations").orElse(Value.Fields.EMPTY);
        boolean reads = read.stream().anyMatch(READS::contains);
        EnumSet<Effect> effects =
                reads && hints.get("readOnlyHint").filter(Value.of(false)::equals).isPresent()
                        ? EnumSet.of(Effect.CHANGE)
                        : read;
        if (hints.flag("destructiveHint")) {
            effects.removeAll(READS);
            effects.add(Effect.REMOVE);
        }
        return effects;
    }

    private static boolean isAboutMoney(Set<String> nouns, ToolShape shape) {
        if (nouns.stream().anyMatch(PAYEES::contains) && !shape.isAbout(AMOUNTS)) {
            return false; // who is paid one day
        }
        return nouns.stream().anyMatch(MONEY::contains) || shape.isAbout(PAYING);
    }

    /**
     * Whether it does more than its first verb says: it is told what to run, or the name goes on.
     */
    private static boolean doesMore(ToolShape shape) {
        List<String> name = shape.name();
        for (int i = 0; i + 1 < name.size(); i++) {
            String next = name.get(i + 1);
            boolean on = name.get(i).equals("and") || name.get(i).equals("or");
            if (on && LEXICON.effects(Words.stem(next)).stream().noneMatch(READS::contains)) {
                return true;
            }
            if (name.get(i).equals("check") && (next.equals("in") || next.equals("out"))) {
                return true;
            }
        }
        return shape.isAbout(PROGRAMS) || (name.contains("echo") && shape.arguments().size() > 1);
    }
}
