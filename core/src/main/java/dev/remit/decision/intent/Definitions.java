package dev.remit.decision.intent;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether what a tool says of itself is meant for whoever reads it rather than for its use: a
 * person is to look at it first. Much that is said in earnest reads like an order ("call this
 * first"), so only what nobody says in earnest counts: to override others, to keep something from a
 * person, and what is not to be seen.
 */
public final class Definitions {
    private static final int LONGEST = 100_000; // characters of one text
    private static final int CODE = 24; // characters of what may be a sentence in a code
    private static final Pattern JOINED = Pattern.compile("[\u200d\ufe0e\ufe0f]"); // of pictures
    private static final Pattern POISON =
            Pattern.compile(
                    "\\b(ignore|disregard|forget|override|bypass)\\b[^.!?]{0,40}"
                            + "\\b(previous|prior|above|earlier|all|any|your|other)\\b[^.!?]{0,30}"
                            + "\\b(instructions?|prompts?|rules?|tasks?|directions?|guidelines?|tools?)\\b"
                            + "|<\\s*/?\\s*(important|system|instructions?|secret|hidden|admin)\\b[^>]{0,40}>"
                            + "|<!--"
                            + "|\\b(do not|don't|never|without) (tell|mention|inform|reveal|notify|show"
                            + "|telling|mentioning|informing|showing)\\b[^.!?]{0,40}"
                            + "\\b(user|human|person|anyone|owner)\\b");

    private Definitions() {}

    /** Whether a person should look at this definition before anybody else sees it. */
    public static boolean isPoisoned(Value.Fields definition) {
        List<String> texts = new ArrayList<>();
        gather(definition, texts);
        return texts.stream().anyMatch(Definitions::isPoisoned);
    }

    private static void gather(Value value, List<String> into) {
        switch (value) {
            case Value.Text(String text) -> into.add(text);
            case Value.Items(List<Value> items) -> items.forEach(item -> gather(item, into));
            case Value.Fields(Map<String, Value> fields) ->
                    fields.forEach(
                            (name, field) -> {
                                into.add(name);
                                gather(field, into);
                            });
            case Value.Num _, Value.Flag _, Value.Nothing _ -> {}
        }
    }

    private static boolean isPoisoned(String text) {
        return text.length() > LONGEST
                || Words.hasUnseen(JOINED.matcher(text).replaceAll(""))
                || orders(text)
                || Encoded.in(text, CODE).lines().anyMatch(Definitions::orders);
    }

    private static boolean orders(String text) {
        String normal = LookAlikes.latin(Words.normal(text));
        return POISON.matcher(normal).find() || Languages.all().isOrderIn(normal);
    }
}
