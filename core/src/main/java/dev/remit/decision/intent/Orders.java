package dev.remit.decision.intent;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in other people's texts what addresses an agent or gives it orders. */
final class Orders {
    private static final int NEAR = 200; // characters
    private static final int SHORTEST = 12;
    private static final Map<String, Pattern> SIGNS = signs();
    private static final Pattern TAG =
            Pattern.compile(
                    "<\\s*/?\\s*(information|important|system|instructions?|admin|user|assistant|inst"
                            + "|tool|prompt|override)\\b[^>]{0,40}>|\\[/?inst\\]|<<\\s*sys|<\\|[a-z_]+\\|>");

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
     * What is suspicious about a {@linkplain Words#normal normal} text; it is read with the
     * characters that look like Latin ones taken for them.
     */
    static Alarm in(String normal) {
        if (normal.length() < SHORTEST) {
            return Alarm.NONE;
        }
        String text = LookAlikes.latin(normal);
        if (next(text, 0).length() > 0) {
            return Alarm.ORDER;
        }
        return Requests.any(text, 0, text.length(), _ -> true) ? Alarm.REQUEST : Alarm.NONE;
    }

    /** A place in a text; empty if there is none. */
    private record Place(int start, int end) {
        int length() {
            return end - start;
        }
    }

    /** The first sign of an order from here on. */
    private static Place next(String text, int from) {
        int word = -1;
        for (int i = from; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c == '<' || c == '[') {
                Matcher tag = TAG.matcher(text).region(i, text.length());
                if (tag.lookingAt()) {
                    return new Place(i, tag.end());
                }
            }
            if (i < text.length()) {
                int phrase = Languages.all().phraseAt(text, i);
                if (phrase > 0) {
                    return new Place(i, i + phrase);
                }
            }
            if (Character.isLetter(c)) {
                word = word < 0 ? i : word;
            } else if (word >= 0) {
                Pattern sign = i - word > SHORTEST ? null : SIGNS.get(text.substring(word, i));
                if (sign != null) {
                    Matcher order =
                            sign.matcher(text)
                                    .region(word, Math.min(text.length(), word + NEAR))
                                    .useTransparentBounds(true);
                    if (order.lookingAt()) {
                        return new Place(word, order.end());
                    }
                }
                int foreign = Languages.all().overrideEnd(text, word, i);
                if (foreign > 0) {
                    return new Place(word, foreign);
                }
                word = -1;
            }
        }
        return new Place(0, 0);
    }

    /** Whether a text asks for what this tool does. */
    static boolean asksFor(String normal, ToolReading tool) {
        return Requests.any(
                LookAlikes.latin(normal), 0, normal.length(), request -> does(request, tool));
    }

    /** Whether a text asks, near this value, for what this tool does. */
    static boolean asksForNear(String normal, String value, ToolReading tool) {
        return near(normal, value, request -> does(request, tool));
    }

    /** Whether a text asks, near this value, for anything. */
    static boolean asksNear(String normal, String value) {
        return near(normal, value, _ -> true);
    }

    private static boolean near(String normal, String value, Predicate<Requests.Request> wanted) {
        int at = normal.indexOf(value);
        return at >= 0
                && Requests.any(
                        LookAlikes.latin(normal),
                        Math.max(0, at - NEAR),
                        Math.min(normal.length(), at + value.length() + NEAR),
                        wanted);
    }

    private static boolean does(Requests.Request request, ToolReading tool) {
        return request.verb().equals(tool.verb())
                || Lexicon.english().effects(request.verb()).stream()
                        .anyMatch(tool.effects()::contains);
    }

    /** Parts a text: its order reaches from its first sign to the last thing it asks for. */
    static Parted part(String normal) {
        String text = LookAlikes.latin(normal);
        Place first = next(text, 0);
        int[] last = {first.end()};
        for (Place sign = first; sign.length() > 0; sign = next(text, sign.end())) {
            last[0] = sign.end();
        }
        Requests.any(
                text,
                0,
                text.length(),
                request -> {
                    last[0] = Math.max(last[0], request.end());
                    return false;
                });
        int from = first.start();
        while (from > 0 && ".!?".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        boolean foreign = Languages.all().isOrder(text, first.start());
        int to = foreign ? text.length() : last[0];
        while (to < text.length() && !isEndOfSentence(text, to)) {
            to++;
        }
        return new Parted(
                normal.substring(0, from) + " \n " + normal.substring(to),
                normal.substring(from, to));
    }

    private static boolean isEndOfSentence(String text, int at) {
        return ".!?".indexOf(text.charAt(at)) >= 0
                && (at + 1 == text.length() || text.charAt(at + 1) == ' ');
    }

    /** A text, parted into what orders something and what is around it. */
    record Parted(String around, String order) {
        static final Parted NONE = new Parted("", "");

        /** Whether this is said around the order, and not in it. */
        boolean isAround(String normal) {
            return Words.holds(around, normal) && !Words.holds(order, normal);
        }
    }
}
