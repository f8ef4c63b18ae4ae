package dev.remit.assent;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.web.Form;
import dev.remit.web.Html;
import java.time.Duration;
import java.util.ArrayList;
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

    private static final Form NOTHING = new Form(Map.of());
    private static final Map<String, String> TIMES = new LinkedHashMap<>();

    static {
        TIMES.put("PT1H", "one hour");
        TIMES.put("PT8H", "eight hours");
        TIMES.put("P7D", "seven days");
    }

    private TaskForm() {}

    public static Html task() {
        return task(NOTHING);
    }

    /** The same, with the words that were typed before. */
    public static Html task(Form typed) {
        return element(
                "label",
                text("The task, in your words"),
                element("textarea", typed.get(TASK).orElse(""))
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
        return lives(NOTHING);
    }

    /** The same, with what was chosen before. */
    public static Html lives(Form typed) {
        List<Html> times = new ArrayList<>();
        TIMES.forEach(
                (time, words) -> {
                    Html.Element one = option(time, words);
                    boolean chosen = typed.get(LIVES).equals(Optional.of(time));
                    times.add(chosen ? one.with("selected", "selected") : one);
                });
        return element("label", text("For "), element("select", times).with("name", LIVES));
    }

    /** For how long, if that is one of the times that are offered. */
    public static Optional<Duration> life(Form form) {
        return form.get(LIVES).filter(TIMES::containsKey).map(Duration::parse);
    }

    public static Html.Element option(String value, String shown) {
        return element("option", shown).with("value", value);
    }

    public static Html.Element box(String name) {
        return element("input").with("type", "checkbox").with("name", name).with("value", "yes");
    }

    public static Html hidden(String name, String value) {
        return element("input").with("type", "hidden").with("name", name).with("value", value);
    }
}
