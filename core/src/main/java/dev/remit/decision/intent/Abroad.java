package dev.remit.decision.intent;

import dev.remit.call.Effect;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What sentences in other languages than English ask for: the verbs of the table of languages, as
 * one commands with them; accents may be left out.
 */
final class Abroad {
    private static final Set<String> ENGLISH =
            words("the to of my for with it that please you if and from all his her their what is");
    private static final Set<String> OTHERS =
            words(
                    "der das und bitte ich wir mir ihm ihr ihnen ein eine einen dem zu mit fur von auf"
                            + " ist nicht wenn was alles noch auch im zum zur vom ob mein meine meinen"
                            + " le les un une des du et je tu il elle nous vous mon ma mes pour avec sur"
                            + " dans est pas que qui plait au aux l d s c"
                            + " el los las una por favor para con en mi es si lo del al y su sus este"
                            + " gli uno della del per favore con che di nel alla mio mia"
                            + " o os um uma por para com em meu minha nao da do"
                            + " het een van voor met op niet als alle ook mijn aan naar dat de la");
    private static final Set<String> NOT =
            words("nicht kein keine keinen ne pas no non niet geen nao nunca");
    private static final Set<String> ASKER = words("mir uns moi nous me mi nos mij ons");
    private static final Set<String> TELLING = words("send write tell forward reply give");
    private static final Set<String> GIVING = words("send give move pay");
    private static final Set<String> MONEY =
            words("euro euros eur franken francs chf usd dollar dolares pesos");
    private static final List<String> BEHIND =
            List.of(
                    "les", "las", "los", "nos", "gli", "me", "te", "se", "le", "la", "lo", "mi",
                    "ci", "ne");
    private static final int SHORTEST = 4; // characters of a verb without what hangs behind it
    private static final int NEAR = 3; // words
    private static final Map<String, String> VERBS = new HashMap<>();

    static {
        Languages.all()
                .verbs()
                .forEach(form -> VERBS.put(folded(form), Languages.all().verb(form)));
    }

    private Abroad() {}

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(text.split(" ")));
    }

    /** Whether a sentence is in one of these languages rather than in English. */
    static boolean is(List<String> sentence) {
        int english = 0;
        int others = 0;
        for (String word : sentence) {
            String folded = folded(word);
            english += ENGLISH.contains(folded) ? 1 : 0;
            others += OTHERS.contains(folded) ? 1 : 0;
        }
        return others > english;
    }

    static List<Plan.Want> wants(List<String> sentence) {
        List<Plan.Want> wants = new ArrayList<>();
        for (int i = 0; i < sentence.size(); i++) {
            String form = folded(sentence.get(i));
            String verb = verb(form);
            if (verb.isEmpty() || isNegated(sentence, i)) {
                continue;
            }
            boolean asker =
                    (i + 1 < sentence.size() && ASKER.contains(folded(sentence.get(i + 1))))
                            || (!VERBS.containsKey(form)
                                    && ASKER.stream().anyMatch(form::endsWith));
            if (asker && TELLING.contains(verb)) {
                continue;
            }
            String stem = Words.stem(verb);
            EnumSet<Effect> effects = EnumSet.noneOf(Effect.class);
            effects.addAll(Lexicon.english().effects(stem));
            if (effects.contains(Effect.CREATE) || effects.contains(Effect.REMOVE)) {
                effects.add(Effect.CHANGE);
            }
            if (GIVING.contains(verb) && sentence.stream().anyMatch(MONEY::contains)) {
                effects.add(Effect.PAY);
            }
            wants.add(new Plan.Want(sentence.get(i), stem, effects, Set.of()));
        }
        return wants;
    }

    /** The English verb of a form, also with a pronoun or two behind it; empty if it is none. */
    private static String verb(String form) {
        String verb = VERBS.get(form);
        String rest = form;
        for (int i = 0; verb == null && i < 2; i++) {
            for (String behind : BEHIND) {
                if (rest.endsWith(behind) && rest.length() - behind.length() >= SHORTEST) {
                    rest = rest.substring(0, rest.length() - behind.length());
                    verb = VERBS.get(rest);
                    break;
                }
            }
        }
        return verb == null ? "" : verb;
    }

    private static boolean isNegated(List<String> sentence, int at) {
        int to = Math.min(sentence.size(), at + NEAR);
        return sentence.subList(Math.max(0, at - NEAR), to).stream()
                .map(Abroad::folded)
                .anyMatch(NOT::contains);
    }

    private static String folded(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }
}
