package dev.remit.decision.intent;

import dev.remit.call.Effect;
import dev.remit.mandate.Amendment;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Card;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Suggestions;
import dev.remit.mandate.Suggestions.Suggestion;
import dev.remit.mandate.Task;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person asked for, compiled from the task's words when the mandate is given.
 *
 * @param words the person's, in {@linkplain Words#normal one form}
 * @param wants what the words ask for, in their order
 * @param terms stems of the words that tell one object from another
 * @param numbers that the words hold
 * @param selects whether an object is described rather than named: the largest, a channel where
 * @param all whether everything of a kind is meant
 * @param leaves whether the words leave what to do to some text: "do the tasks on my list"
 * @param ruledOut what the person said, beside the words, is not to be done
 */
public record Plan(
        String words,
        List<Want> wants,
        Set<String> terms,
        Set<BigDecimal> numbers,
        boolean selects,
        boolean all,
        boolean leaves,
        Set<Effect> ruledOut) {
    private static final Set<Effect> READS = Set.of(Effect.READ, Effect.FETCH);
    private static final Set<String> PEOPLE =
            Stream.of(
                            "address",
                            "contact",
                            "email",
                            "participant",
                            "attendee",
                            "member",
                            "detail",
                            "people",
                            "colleague",
                            "team",
                            "recipient")
                    .map(Words::stem)
                    .collect(Collectors.toUnmodifiableSet());

    private static final String TEXTS =
            "(e-?mails?|mails?|messages?|notes?|letters?|documents?|docs?|files?|pages?|websites?|sites?"
                    + "|articles?|tickets?|comments?|chats?|channel|inbox|invoices?|bills?|forms?"
                    + "|attachments?|posts?|lists?|rules?|instructions?|runbook|checklist|details"
                    + "|calendar|events?|invitations?|meetings?|thread|description|profile|bio|cards?)";
    private static final Pattern CITED =
            Pattern.compile(
                    "\\b(in|from|on|at|of|see|by|per|to|with|check|read|open|find|use|based on|according to)\\b"
                            + "[^.!?]{0,60}?\\b"
                            + TEXTS
                            + "\\b|\\b"
                            + TEXTS
                            + " (says?|from|of|by)\\b|\\b(says|said|writes|wrote|written|asks|asked"
                            + "|mentions|mentioned|names|tells|told|suggests|suggested|described|posted"
                            + "|listed|proposed|proposes|according|www)\\b|[a-z0-9_-]\\.[a-z]{2,5}\\b");
    private static final Set<String> MANY = Set.of("people", "team", "both", "everyone");
    private static final Set<String> SEVERAL =
            Stream.of(
                            ("people colleagues participants attendees members contacts team both others"
                                            + " recipients guests everyone users")
                                    .split(" "))
                    .map(Words::stem)
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> USUAL = // what an object is called where nobody chose
            Set.of("main", "master", "trunk", "default", "primary", "inbox", "me", "self", "all");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal YEARS = BigDecimal.valueOf(1900);
    private static final BigDecimal YEARS_END = BigDecimal.valueOf(2100);
    private static final Set<String> PAGES =
            Stream.of(
                            "link", "url", "page", "website", "site", "webpage", "article",
                            "address", "web")
                    .map(Words::stem)
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> ACCOUNTS =
            Stream.of("iban", "bank", "number", "details", "accounts")
                    .map(Words::stem)
                    .collect(Collectors.toUnmodifiableSet());

    public Plan {
        ruledOut = Set.copyOf(ruledOut);
        wants = List.copyOf(wants);
        terms = Set.copyOf(terms);
        numbers = Set.copyOf(numbers);
    }

    /** What the person's words are understood to ask for, and by which of them. */
    public String said() {
        List<String> said = new ArrayList<>();
        for (Want want : effective()) {
            said.add(want.said());
        }
        if (said.isEmpty()) {
            said.add("nothing that has an effect");
        }
        if (leaves) {
            said.add("what a text says");
        }
        return String.join(", ", new LinkedHashSet<>(said));
    }

    /** What the words ask for, whatever it does. */
    String asking() {
        String words =
                wants.stream()
                        .filter(want -> !want.word().equals(Want.BESIDE))
                        .filter(want -> !want.effects().isEmpty())
                        .map(want -> "“" + want.word() + "”")
                        .distinct()
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? "it asks for nothing" : "it asks to " + words;
    }

    /** What a task asks for, by its words and by what was said beside them. */
    public static Plan of(Task task) {
        return TaskReader.read(task.words()).amended(task.amended());
    }

    /** Those of its wants that are for more than to read, without what is ruled out. */
    List<Want> effective() {
        List<Want> left = new ArrayList<>();
        for (Want want : wants) {
            Set<Effect> effects = new HashSet<>(want.effects());
            effects.removeAll(ruledOut);
            if (!READS.containsAll(effects)) {
                left.add(new Want(want.word(), want.verb(), effects, want.kinds()));
            }
        }
        return left;
    }

    /** How a task is understood, for people. */
    public static Card.Understood understood(Task task) {
        return new Card.Understood(of(task).said(), PlanLines.of(task));
    }

    /**
     * What else the words may ask for, that its giver could say beside them; nothing where a
     * template says what is asked for. Whoever suggests it must point at words of the task.
     */
    public static List<Suggestion> suggested(Mandate mandate, Suggestions suggestions) {
        Task task = mandate.task();
        if (mandate.basis().filter(Basis.OfTemplate.class::isInstance).isPresent()) {
            return List.of();
        }
        Plan plan = of(task);
        Set<Effect> known = new HashSet<>(plan.ruledOut);
        plan.wants.forEach(want -> known.addAll(want.effects()));
        List<Suggestion> left = new ArrayList<>();
        for (Suggestion one : suggestions.of(task.words())) {
            String because = Words.normal(one.because());
            if (!because.isEmpty()
                    && plan.says(because)
                    && known.add(Effect.valueOf(one.act().name()))) {
                left.add(one);
            }
        }
        return left;
    }

    private Plan amended(Amendment said) {
        List<Want> more = new ArrayList<>(wants);
        said.also().stream()
                .sorted()
                .forEach(
                        act ->
                                more.add(
                                        new Want(
                                                Want.BESIDE,
                                                "",
                                                Set.of(Effect.valueOf(act.name())),
                                                Set.of())));
        Set<Effect> out =
                said.not().stream()
                        .map(act -> Effect.valueOf(act.name()))
                        .collect(Collectors.toSet());
        return new Plan(words, more, terms, numbers, selects, all, leaves, out);
    }

    /** Whether the person said that nothing of what this tool may do is to be done. */
    boolean rulesOut(ToolReading tool) {
        return tool.effects().stream().anyMatch(ruledOut::contains)
                || (ruledOut.contains(Effect.PAY) && !tool.reads() && Deed.isPaying(tool));
    }

    /** Those of its terms that a {@linkplain Words#normal normal} text holds. */
    Set<String> terms(String normal) {
        Set<String> found = new HashSet<>();
        for (String word : Words.of(normal)) {
            if (word.length() > 2 && !StopWords.are(word)) {
                String stem = Words.stem(word);
                if (terms.contains(stem) && !isWanted(word, stem)) {
                    found.add(stem);
                }
            }
        }
        return found;
    }

    /** A word that only says what is to be done tells no object from another. */
    private boolean isWanted(String word, String stem) {
        return wants.stream()
                .filter(want -> !want.effects().isEmpty())
                .anyMatch(want -> want.verb().equals(stem) && want.word().equals(word));
    }

    /**
     * Whether the words speak of people's addresses, of everything or of some that are described.
     */
    boolean isOfPeople() {
        return all || selects || PEOPLE.stream().anyMatch(terms::contains);
    }

    /** Whether the words speak of more than one who may receive something. */
    boolean isOfSeveral() {
        return all
                || selects
                || Words.of(words).stream()
                        .anyMatch(word -> word.endsWith("s") && SEVERAL.contains(Words.stem(word)))
                || Words.of(words).stream().anyMatch(MANY::contains);
    }

    /** Whether the words speak of accounts, so that their numbers may be told. */
    boolean isOfAccounts() {
        return ACCOUNTS.stream().anyMatch(terms::contains) || Words.of(words).contains("account");
    }

    /** Whether the words speak of a text, or of what somebody says, as what is to be gone by. */
    boolean cites() {
        return leaves || CITED.matcher(words).find();
    }

    /** Whether the words speak of pages, so that links to some may be passed on. */
    boolean isOfPages() {
        return leaves
                || PAGES.stream().anyMatch(terms::contains)
                || words.contains("www.")
                || words.contains("://");
    }

    /** Whether the words say how much, in so many figures; a year is not how much. */
    boolean saysAmount() {
        return numbers.stream()
                .anyMatch(
                        one ->
                                one.compareTo(HUNDRED) >= 0
                                        && (one.compareTo(YEARS) < 0
                                                || one.compareTo(YEARS_END) > 0));
    }

    /** Whether nobody needs to say it: a file named without its ending, or the usual one. */
    boolean goesWithout(String normal) {
        int dot = normal.lastIndexOf('.');
        int folder = normal.lastIndexOf('/') + 1;
        return USUAL.contains(normal)
                || (dot > folder + 2
                        && normal.length() - dot < 7
                        && normal.indexOf('@') < 0
                        && says(normal.substring(folder, dot)));
    }

    boolean says(String normal) {
        return Words.holds(words, normal);
    }

    /**
     * An effect that is asked for.
     *
     * @param word that asks
     * @param verb its stem
     * @param kinds of objects that it may be meant of; empty if the words name none
     */
    public record Want(String word, String verb, Set<Effect> effects, Set<String> kinds) {
        /** Stands where no word asks, but what the person said beside the words. */
        static final String BESIDE = "";

        private static final Set<Effect> OF_OBJECTS =
                Set.of(Effect.REMOVE, Effect.CHANGE, Effect.CREATE);

        private static final Set<Effect> GRAVE = Set.of(Effect.SEND);

        public Want {
            effects = Set.copyOf(effects);
            kinds = Set.copyOf(kinds);
        }

        boolean isFor(ToolReading tool) {
            Set<String> theirs = tool.kinds();
            boolean same = !verb.isEmpty() && verb.equals(tool.verb());
            if (!same
                    && (tool.paysSomebody()
                            ? !effects.contains(Effect.PAY)
                            : !hasOneOf(tool.effects()))) {
                return false;
            }
            return !OF_OBJECTS.containsAll(tool.effects())
                    || kinds.isEmpty()
                    || theirs.isEmpty()
                    || theirs.stream().anyMatch(kinds::contains);
        }

        String said() {
            String may =
                    effects.stream()
                            .sorted()
                            .map(one -> one.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" or "));
            return may + (word.equals(BESIDE) ? " (said beside the words)" : " (“" + word + "”)");
        }

        /** Whether one is asked for; of those that cannot be taken back, if there are any. */
        private boolean hasOneOf(Set<Effect> theirs) {
            boolean grave = theirs.stream().anyMatch(GRAVE::contains);
            return effects.stream()
                    .filter(one -> !grave || GRAVE.contains(one))
                    .anyMatch(theirs::contains);
        }
    }

    /** Whether an effect of this tool was asked for. */
    boolean asks(ToolReading tool) {
        return wants.stream().anyMatch(want -> want.isFor(tool)) && !Lasting.isMore(tool, this);
    }

    /** Whether anything was asked for that is more than to read. */
    boolean asksForEffects() {
        return wants.stream()
                .anyMatch(
                        want ->
                                !want.effects().isEmpty()
                                        && !want.effects().contains(Effect.READ)
                                        && !want.effects().contains(Effect.FETCH));
    }
}
