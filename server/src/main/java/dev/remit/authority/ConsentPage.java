package dev.remit.authority;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.mandate.MandateText;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a person sees what a client would get, and says yes or no. */
final class ConsentPage {
    static final String REQUEST = "request";
    static final String ANSWER = "answer";
    static final String ALLOW = "allow";
    static final String TASK = "task";
    static final String LIVES = "lives";
    static final String TOOL = "tool:";

    private ConsentPage() {}

    /**
     * @param tools what may be chosen, if the client did not say what it needs
     */
    static Page of(String name, AuthorizationRequest request, SignedIn who, List<Tool> tools) {
        List<Html> form = new ArrayList<>();
        form.add(hidden(SignIns.FIELD, who.csrf()));
        form.add(hidden(REQUEST, name));
        if (request.wish().isPresent()) {
            wish(form, request.wish().get());
        } else {
            choice(form, tools);
        }
        form.add(button(ALLOW, "Give this mandate"));
        return Page.of(
                        "May it act for you?",
                        element(
                                "p",
                                element("strong", request.client().getHost()),
                                text(" asks to act for " + who.person().name() + " at "),
                                element("code", request.audience()),
                                text(".")),
                        element(
                                "p",
                                text("It is known by its address alone: "),
                                element("code", request.client().toString())),
                        element(
                                "p",
                                text("Your answer is sent to "),
                                element("code", request.redirect().getAuthority()),
                                text(".")),
                        sent(form),
                        sent(
                                List.of(
                                        hidden(SignIns.FIELD, who.csrf()),
                                        hidden(REQUEST, name),
                                        button("refuse", "Refuse"))))
                .sendingTo(
                        request.redirect().getScheme() + "://" + request.redirect().getAuthority());
    }

    private static void wish(List<Html> form, AuthorizationRequest.Wish wish) {
        form.add(element("p", "It says that it wants to, in its own words:"));
        form.add(element("pre", wish.task().words()));
        form.add(element("p", "With these permissions and no others:"));
        List<Html> all = new ArrayList<>();
        if (MandateText.permissions(wish.permissions()) instanceof Value.Items(List<Value> each)) {
            each.forEach(one -> all.add(element("li", element("code", one.json()))));
        }
        form.add(element("ul", all));
        form.add(
                element(
                        "p",
                        "For "
                                + wish.lives().toString().substring(2).toLowerCase(Locale.ROOT)
                                + "."));
    }

    private static void choice(List<Html> form, List<Tool> tools) {
        form.add(
                element(
                        "label",
                        text("The task, in your words"),
                        element("textarea", "")
                                .with("name", TASK)
                                .with("rows", "3")
                                .with("maxlength", "4000")
                                .with("required", "required")));
        List<Html> boxes = new ArrayList<>();
        boxes.add(element("legend", "What it may use for it"));
        for (Tool tool : tools) {
            boxes.add(
                    element(
                            "label",
                            element("input")
                                    .with("type", "checkbox")
                                    .with("name", TOOL + tool)
                                    .with("value", "yes"),
                            text(" " + tool)));
        }
        if (tools.isEmpty()) {
            boxes.add(element("p", "No tool is known here yet."));
        }
        form.add(element("fieldset", boxes));
        List<Html> lives = new ArrayList<>();
        lives.add(option("PT1H", "one hour"));
        lives.add(option("PT8H", "eight hours"));
        lives.add(option("P7D", "seven days"));
        form.add(element("label", text("For "), element("select", lives).with("name", LIVES)));
    }

    private static Html option(String value, String shown) {
        return element("option", shown).with("value", value);
    }

    private static Html hidden(String name, String value) {
        return element("input").with("type", "hidden").with("name", name).with("value", value);
    }

    private static Html button(String answer, String shown) {
        return element("button", shown)
                .with("type", "submit")
                .with("name", ANSWER)
                .with("value", answer);
    }

    private static Html sent(List<Html> form) {
        return element("form", form).with("method", "post").with("action", "/oauth2/authorize");
    }

    /** Whether this is a time that the page offers. */
    static Optional<Duration> lives(String text) {
        return switch (text) {
            case "PT1H" -> Optional.of(Duration.ofHours(1));
            case "PT8H" -> Optional.of(Duration.ofHours(8));
            case "P7D" -> Optional.of(Duration.ofDays(7));
            default -> Optional.empty();
        };
    }
}
