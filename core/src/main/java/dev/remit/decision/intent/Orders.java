package dev.remit.decision.intent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in other people's texts what addresses an agent or gives it orders. */
final class Orders {
    private static final int NEAR = 200; // characters
    private static final int SHORTEST = 12;
    private static final int MOST_PLACES = 20; // of one value that are looked at
    private static final Map<String, Pattern> SIGNS = signs();
    private static final Pattern TAG =
            Pattern.compile(
                    "<\\s*/?\\s*(information|important|system|instructions?|admin|user|assistant|inst"
                            + "|tool|prompt|override)\\b[^>]{0,40}>|\\[/?inst\\]|<<\\s*sys|<\\|[a-z_]+\\|>");

    private static final int SIGN = 1;
    private static final int ASKS = 8;
    private static final char ASCII = 128;
    private static final boolean[] LETTERS = letters();
    private static final WordTable WORDS = words();

    private Orders() {}

    /** What an order may begin with: its first words, and how it goes on from them. */
    private static Map<String, Pattern> signs() {
        Map<String, Pattern> signs = new HashMap<>();
        sign(
                signs,
                "ignore disregard forget override bypass",
                "\\w+\\b[^.!?]{0,20}\\b(previous|prior|above|earlier|everything|your|these|those)\\b"
                        + "|\\w+\\b[^.!?]{0,40}\\b(instructions?|prompts?|rules?|tasks?|orders?"
                        + "|guidelines?|directions?|commands?)\\b");
        sign(
                signs,
                "important urgent critical priority secret special new updated",
                "\\w+ (message|instructions?|task|notice|system|directive|order)s?\\b[^.!?]{0,60}"
                        + "\\b(to you|for you|from me|for the (ai|assistant|agent|model)|before)\\b");
        sign(signs, "ai language", "\\w+ (assistants?|agents?|models?)\\b");
        sign(
                signs,
                "you hey hi hello dear attention",
                "\\w+,? (chatgpt|gpt|claude|gemini|llama|copilot|llm|ai)\\b|you are an? (ai|assistant"
                        + "|agent|bot|helpful)\\b");
        sign(signs, "system", "system (prompt|message|override)\\b|system\\s*:");
        sign(signs, "assistant", "assistant\\s*:");
        sign(
                signs,
                "before",
                "before (you|doing|solving|continuing|completing|answering|proceeding)[^.!?]{0,60}"
                        + "\\b(task|request|question|anything|solve|first|do|must|please)\\b");
        sign(
                signs,
                "the your",
                "\\w+ (original|initial|user|user's|users|first|main|current|actual) (task|request"
                        + "|instructions?|question|query|goal)\\b");
        sign(signs, "as", "as an? (ai|assistant|agent|bot|language)\\b");
        sign(
                signs,
                "do don never",
                "\\w+( not|'t)? (tell|mention|inform|reveal|notify|alert|show)\\b[^.!?]{0,40}"
                        + "\\b(user|owner|human|person|anyone)\\b");
        sign(signs, "use call invoke run", "\\w+ the [^.!?]{0,40}\\b(tool|function|api)\\b");
        sign(signs, "task tasks", "tasks? that i (gave|assigned|asked)\\b");
        sign(
                signs,
                "whoever anyone everyone",
                "\\w+ (who (is )?)?read(s|ing)? (this|these)\\b[^.!?]{0,60}"
                        + "\\b(must|should|shall|is to|has to|have to|needs? to)\\b");
        sign(signs, "to", "to complete (the|your|this) task\\b");
        return signs;
    }

    private static void sign(Map<String, Pattern> signs, String firsts, String pattern) {
        for (String first : firsts.split(" ")) {
            signs.put(first, Pattern.compile(pattern));
        }
    }

    /**
     * What a text tries.
     *
     * @param asks the verbs of what it asks its reader to do, by their stems
     * @param parted the text parted into order and surroundings, if it gives orders
     */
    record Reading(Alarm alarm, Set<String> asks, Parted parted) {
        Reading {
            asks = Set.copyOf(asks);
        }

        static final Reading CALM = new Reading(Alarm.NONE, Set.of(), Parted.NONE);
    }

    /**
     * What is suspicious about a {@linkplain Words#normal normal} text, for whoever has this task;
     * it is read with the characters that look like Latin ones taken for them.
     */
    static Reading read(String normal, Plan plan) {
        if (normal.length() < SHORTEST) {
            return Reading.CALM;
        }
        Scan scan = new Scan(LookAlikes.latin(normal));
        if (scan.first >= 0) {
            return new Reading(Alarm.ORDER, scan.asks, scan.parted(normal, plan));
        }
        return scan.asks.isEmpty()
                ? Reading.CALM
                : new Reading(Alarm.REQUEST, scan.asks, Parted.NONE);
    }

    /** What is suspicious about a {@linkplain Words#normal normal} text, whoever reads it. */
    static Alarm read(String normal) {
        Scan scan = new Scan(LookAlikes.latin(normal));
        return scan.first >= 0 ? Alarm.ORDER : scan.asks.isEmpty() ? Alarm.NONE : Alarm.REQUEST;
    }

    /** What nobody was to see: an order, whatever it says. */
    static Reading hidden(String normal) {
        Scan scan = new Scan(LookAlikes.latin(normal));
        return new Reading(Alarm.ORDER, scan.asks, new Parted("", normal, Runs.of(normal)));
    }

    /** One look at every word of a text. */
    private static final class Scan {
        private final String text;
        private final char[] chars;
        private final Set<String> asks = new HashSet<>();
        private int first = -1; // where its first sign of an order starts
        private int signs; // where its last one ends
        private int last; // where the last thing that it asks for ends

        Scan(String text) {
            this.text = text;
            this.chars = text.toCharArray();
            int word = -1;
            for (int i = 0; i <= chars.length; i++) {
                char c = i < chars.length ? chars[i] : ' ';
                if (c < ASCII ? LETTERS[c] : Character.isLetter(c)) {
                    if (c >= ASCII && i >= signs) {
                        sign(i, i + Languages.all().phraseInside(text, i));
                    }
                    word = word < 0 ? i : word;
                    continue;
                }
                if (word >= 0) {
                    word(word, i);
                    word = -1;
                }
                if ((c == '<' || c == '[') && i >= signs) {
                    Matcher tag = TAG.matcher(text).region(i, text.length());
                    sign(i, tag.lookingAt() ? tag.end() : i);
                }
            }
        }

        private void word(int start, int end) {
            int marks = WORDS.marks(chars, start, end);
            if (marks == 0) {
                return;
            }
            if ((marks & ASKS) != 0 && Requests.isOne(chars, start, end)) {
                asks.add(Requests.verb(text.substring(start, end)));
                last = Math.max(last, end);
            }
            if (start >= signs && marks != ASKS) {
                sign(start, Orders.sign(text, marks, start, end));
            }
        }

        private void sign(int start, int end) {
            if (end > start) {
                first = first < 0 ? start : first;
                signs = end;
                last = Math.max(last, end);
            }
        }

        /** Its order reaches from its first sign to the last thing that it asks for. */
        private Parted parted(String normal, Plan plan) {
            int from = first;
            while (from > 0 && ".!?".indexOf(chars[from - 1]) < 0) {
                from--;
            }
            int to = Languages.all().isOrder(text, first) ? text.length() : last;
            while (to < text.length() && !isEndOfSentence(text, to)) {
                to++;
            }
            String around = normal.substring(0, from) + " \n " + normal.substring(to);
            String order = normal.substring(from, to);
            Runs told = Runs.of(order).without(Runs.of(around)).without(Runs.of(plan.words()));
            return new Parted(around, order, told);
        }
    }

    /** The end of the order that this word begins; 0 if it begins none. */
    private static int sign(String text, int marks, int start, int end) {
        if ((marks & Languages.PHRASE) != 0) {
            int phrase = Languages.all().phraseAt(text, start);
            if (phrase > 0) {
                return start + phrase;
            }
        }
        if ((marks & SIGN) != 0) {
            Pattern sign = Objects.requireNonNull(SIGNS.get(text.substring(start, end)));
            Matcher order =
                    sign.matcher(text)
                            .region(start, Math.min(text.length(), start + NEAR))
                            .useTransparentBounds(true);
            if (order.lookingAt()) {
                return order.end();
            }
        }
        return (marks & Languages.OVERRIDE) == 0
                ? 0
                : Languages.all().overrideEnd(text, start, end);
    }

    private static WordTable words() {
        Map<String, Integer> marked = new HashMap<>(Languages.all().openings());
        Requests.verbs(ASKS)
                .forEach((word, mark) -> marked.merge(word, mark, (one, other) -> one | other));
        SIGNS.keySet().forEach(word -> marked.merge(word, SIGN, (one, other) -> one | other));
        return new WordTable(marked);
    }

    private static boolean[] letters() {
        boolean[] letters = new boolean[ASCII];
        for (char c = 'a'; c <= 'z'; c++) {
            letters[c] = true;
            letters[Character.toUpperCase(c)] = true;
        }
        return letters;
    }

    /** Whether one of these verbs asks for what this tool does. */
    static boolean isAsked(Set<String> verbs, ToolReading tool) {
        return verbs.stream().anyMatch(verb -> does(verb, tool));
    }

    /** Whether a text asks, near this value, for what this tool does. */
    static boolean asksForNear(String normal, String value, ToolReading tool) {
        return near(normal, value, verb -> does(verb, tool));
    }

    /** Whether a text asks, near this value, for anything. */
    static boolean asksNear(String normal, String value) {
        return near(normal, value, _ -> true);
    }

    private static boolean near(String normal, String value, Predicate<String> wanted) {
        int tried = 0;
        for (int at = Mention.at(normal, value, 0);
                at >= 0 && tried < MOST_PLACES;
                at = Mention.at(normal, value, at + NEAR)) {
            int end = Math.min(normal.length(), at + value.length() + NEAR);
            String around = LookAlikes.latin(normal.substring(Math.max(0, at - NEAR), end));
            if (Requests.any(around, wanted)) {
                return true;
            }
            tried++;
        }
        return false;
    }

    private static boolean does(String verb, ToolReading tool) {
        return verb.equals(tool.verb())
                || Lexicon.english().effects(verb).stream().anyMatch(tool.effects()::contains);
    }

    private static boolean isEndOfSentence(String text, int at) {
        return ".!?".indexOf(text.charAt(at)) >= 0
                && (at + 1 == text.length() || text.charAt(at + 1) == ' ');
    }

    /**
     * A text, parted into what orders something and what is around it.
     *
     * @param told runs of words that stand in the order, and neither around it nor in the task
     */
    record Parted(String around, String order, Runs told) {
        static final Parted NONE = new Parted("", "", Runs.NONE);

        /** Whether this is said around the order, and not in it. */
        boolean isAround(String normal) {
            return Words.holds(around, normal) && !Words.holds(order, normal);
        }
    }
}
