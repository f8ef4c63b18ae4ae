package dev.remit.decision.intent;

import java.util.Set;

/** Words that tell no object from another. */
final class StopWords {
    private static final Set<String> WORDS =
            Set.of(
                    ("the a an and or of to in on at for from with by as is are was were be been it its"
                                    + " this that these those my your his her their our me you him"
                                    + " them us we they he she i do does did done not no yes if then"
                                    + " else so but also please can could would should will shall may"
                                    + " might must have has had get got give make made let just only"
                                    + " any all some each every one two three first last new old who"
                                    + " what when where which how why there here up down out over into"
                                    + " about more most other another same own very too than now"
                                    + " today tomorrow yesterday name names email emails mail file files"
                                    + " message messages user users channel channels event events"
                                    + " account accounts item items list date time day com www http"
                                    + " https net org true false null none")
                            .split(" "));

    private StopWords() {}

    static boolean are(String word) {
        return WORDS.contains(word);
    }
}
