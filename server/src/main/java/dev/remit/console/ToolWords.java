package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Effect;
import dev.remit.call.Quotation;
import dev.remit.decision.intent.ToolReading;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What tools do and what their arguments are for, in the words of a page. */
final class ToolWords {
    private ToolWords() {}

    static String of(Effect effect) {
        return switch (effect) {
            case READ -> "reads";
            case FETCH -> "asks an address";
            case CREATE -> "makes";
            case CHANGE -> "changes";
            case REMOVE -> "removes";
            case SEND -> "sends";
            case SHARE -> "shares";
            case PAY -> "pays";
        };
    }

    static String of(ArgumentRole role) {
        return switch (role) {
            case DESTINATION -> "who receives";
            case AMOUNT -> "how much";
            case TARGET -> "which object";
            case SECRET -> "a secret";
            case CONTENT -> "what is said";
            case PLAIN -> "anything else";
        };
    }

    static String words(Collection<Effect> effects) {
        return String.join(", ", effects.stream().sorted().map(ToolWords::of).toList());
    }

    /** The effects, those that cannot be taken back marked. */
    static Html effects(ToolReading reading) {
        List<Html> all = new ArrayList<>();
        for (Effect one : reading.effects().stream().sorted().toList()) {
            all.add(Cells.tag(grave(one) ? "wait" : "good", of(one)));
            all.add(text(" "));
        }
        return element("span", all);
    }

    private static boolean grave(Effect effect) {
        return switch (effect) {
            case READ, FETCH, CREATE, CHANGE -> false;
            case REMOVE, SEND, SHARE, PAY -> true;
        };
    }

    static Html names(Collection<String> names) {
        List<Html> all = new ArrayList<>();
        for (String name : names) {
            all.add(text(all.isEmpty() ? "" : ", "));
            all.add(element("code", Quotation.of(name)));
        }
        return element("span", all);
    }
}
