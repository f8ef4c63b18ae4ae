package dev.remit.assent;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.web.Form;
import dev.remit.web.Html;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every form has in which a person says in their own words what may be done. */
public final class TaskForm {
    /** Before the name of a tool: whether it may be used. */
    public static final String TOOL = "tool:";

    public static final String TASK = "task";
    public static final String LIVES = "lives";

    private static final Map<String, String> TIMES = new LinkedHashMap<>();

    static {
        TIMES.put("PT1H", "one hour");
        TIMES.put("PT8H", "eight hours");
        TIMES.put("P7D", "seven days");
    }

    private TaskForm() {}

    public static Html task() {
        return element(
                "label",
                text("The task, in your words"),
                element("textarea", "")
                        .with("name", TASK)
                        .with("rows", "3")
                        .with("maxlength", "4000")
                        .with("required", "required"));
    }

    /** The words of the task; empty if none were written. */
    public static String words(Form form) {
        return form.get(TASK).orElse("").strip();
    }

    public static Html lives() {
        List<Html> times =
                TIMES.entrySet().stream()
                        .<Html>map(one -> option(one.getKey(), one.getValue()))
                        .toList();
        return element("label", text("For "), element("select", times).with("name", LIVES));
    }

    /** For how long, if that is one of the times that are offered. */
    public static Optional<Duration> lives(Form form) {
        return form.get(LIVES).filter(TIMES::containsKey).map(Duration::parse);
    }

    public static Html option(String value, String shown) {
        return element("option", shown).with("value", value);
    }

    public static Html.Element box(String name) {
        return element("input").with("type", "checkbox").with("name", name).with("value", "yes");
    }

    public static Html hidden(String name, String value) {
        return element("input").with("type", "hidden").with("name", name).with("value", value);
    }
}
