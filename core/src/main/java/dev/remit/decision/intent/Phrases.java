package dev.remit.decision.intent;

import dev.remit.call.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What several words together ask for, that none of them says. */
final class Phrases {
    private static final Map<Pattern, Set<Effect>> PHRASES = phrases();

    private Phrases() {}

    static List<Plan.Want> in(String normal) {
        List<Plan.Want> wants = new ArrayList<>();
        PHRASES.forEach(
                (phrase, effects) -> {
                    Matcher told = phrase.matcher(normal);
                    if (told.find()) {
                        wants.add(new Plan.Want(told.group().strip(), "", effects, Set.of()));
                    }
                });
        return wants;
    }

    private static Map<Pattern, Set<Effect>> phrases() {
        Map<Pattern, Set<Effect>> phrases = new LinkedHashMap<>();
        String others = "(?!me\\b|us\\b)[^.!?]{1,40}?";
        phrases.put(
                Pattern.compile(
                        "\\blet "
                                + others
                                + " know\\b|\\bkeep "
                                + others
                                + " (posted|informed|updated)\\b|\\bgive "
                                + others
                                + " a (heads|shout|call|ring)\\b|\\bpass [^.!?]{1,40}? on to\\b"
                                + "|\\b(reach out|get in touch|get back|write back)\\b"
                                + "|\\bby (mail|email|e-mail|text|sms|letter)\\b|\\bbescheid (geben|sagen)\\b"
                                + "|\\b(gets?|receives?) (an?|the|our|my) (e-?mail|mail|message|letter|note|text)\\b"
                                + "|\\bcopy (goes )?to\\b"
                                + "|\\bwith a (short |brief |kind )?(comment|message|note|reply|mail)\\b"),
                Set.of(Effect.SEND));
        phrases.put(
                Pattern.compile(
                        "(?:^|[.!?;,] )(?!who |which |that |what )[\\p{L}]+( \\([^)]{1,20}\\)| [\\p{L}]+)?"
                                + " (needs|wants) (the|an?|my|our|his|her|it|them|mrs?|ms)\\b"
                                + "|\\bsay (so|that|hi|hello) (in|to|on)\\b"),
                Set.of(Effect.SEND));
        phrases.put(
                Pattern.compile(
                        "\\blet (?!me\\b|us\\b)[^.!?]{1,40}? (read|see|use|view|access|edit|join)\\b"
                                + "|\\b(send|give|mail) [^.!?]{0,60}\\blink\\b"),
                EnumSet.of(Effect.SHARE, Effect.CHANGE));
        phrases.put(
                Pattern.compile("(?:^|[.;:!?] )new [a-z]+"),
                EnumSet.of(Effect.CREATE, Effect.CHANGE));
        phrases.put(
                Pattern.compile(
                        "\\b(give|gives|gets|send|refund) [^.!?]{0,40}?\\b(money|refund|back)\\b|\\bpay [^.!?]{0,40}? back\\b"),
                Set.of(Effect.PAY));
        phrases.put(
                Pattern.compile(
                        "\\b(take|cross|throw|strike|sign) (?!part\\b)[^.!?,]{1,40}? (out|off|away)\\b"
                                + "|\\bget rid of\\b"),
                EnumSet.of(Effect.REMOVE, Effect.CHANGE));
        phrases.put(
                Pattern.compile(
                        "\\b(warn|alert|remind|notify|ping) (me|us) (when|if|once|before|as soon)\\b"
                                + "|\\b(set|sign) [^.!?,]{1,40}? up\\b"),
                EnumSet.of(Effect.CREATE, Effect.CHANGE));
        phrases.put(
                Pattern.compile(
                        "\\b(send|give|put|move|slip|top)\\b[^.!?]{0,40}?(\\b[0-9][0-9.,]* ?(€|\\$|£"
                                + "|(eur|euros?|usd|dollars?|chf|gbp|pounds?|bucks|francs?)\\b)"
                                + "|[€$£] ?[0-9])|\\b(put|move|sweep|set aside)\\b[^.!?]{0,60}?\\b"
                                + "(account|savings|jar|pot|fund|wallet)\\b"),
                Set.of(Effect.PAY));
        return phrases;
    }
}
