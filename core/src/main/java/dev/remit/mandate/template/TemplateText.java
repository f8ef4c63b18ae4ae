package dev.remit.mandate.template;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A template as JSON, which is also what its YAML says. What was read is whole: it can be filled
 * with any values that its slots take.
 */
public final class TemplateText {
    private static final int MOST_SLOTS = 32;
    private static final int LONGEST_ABOUT = Quotation.MOST;
    private static final Duration USUAL_LIFE = Duration.ofHours(1);

    private TemplateText() {}

    /**
     * @throws TemplateFault if anything in it is not as it must be
     */
    public static Template read(String name, Value.Fields text) {
        if (!Template.isName(name)) {
            throw new TemplateFault(
                    "", "a template's name is 1 to 64 of a-z, 0-9, - and _, as its file is called");
        }
        SlotText.only(
                text, "", "about", "task", "slots", "agents", "permissions", "limits", "lives");
        Map<String, Slot> slots = slots(text);
        Template template =
                new Template(
                        name,
                        about(text),
                        at("/task", () -> new Sentence(SlotText.string(text, "", "task"))),
                        slots,
                        agents(text),
                        new Value.Items(SlotText.list(text, "", "permissions")),
                        SlotText.fields(text, "", "limits"),
                        lives(text));
        new TemplateCheck(template).run();
        return template;
    }

    private static String about(Value.Fields text) {
        if (text.get("about").isEmpty()) {
            return "";
        }
        String about = SlotText.string(text, "", "about");
        if (about.length() > LONGEST_ABOUT) {
            throw new TemplateFault("/about", LONGEST_ABOUT + " characters at most");
        }
        return about;
    }

    private static Map<String, Slot> slots(Value.Fields text) {
        Map<String, Slot> slots = new LinkedHashMap<>();
        SlotText.fields(text, "", "slots")
                .values()
                .forEach(
                        (name, written) -> {
                            String path = "/slots/" + name;
                            if (!name.matches("[a-z][a-z0-9_]{0,31}")) {
                                throw new TemplateFault(
                                        path, "a slot's name is a letter, then a-z, 0-9 and _");
                            }
                            slots.put(name, SlotText.read(written, path));
                        });
        if (slots.size() > MOST_SLOTS) {
            throw new TemplateFault("/slots", "at most " + MOST_SLOTS + " slots");
        }
        return slots;
    }

    private static Eligible agents(Value.Fields text) {
        List<String> agents = new ArrayList<>();
        for (Value one : SlotText.list(text, "", "agents")) {
            agents.add(
                    one instanceof Value.Text(String agent) ? agent : ""); // which is refused below
        }
        if (agents.isEmpty() && text.get("agents").isPresent()) {
            throw new TemplateFault(
                    "/agents", "name at least one agent, or leave `agents` out for any");
        }
        return at("/agents", () -> new Eligible(agents));
    }

    private static Duration lives(Value.Fields text) {
        if (text.get("lives").isEmpty()) {
            return USUAL_LIFE;
        }
        try {
            Duration lives = Duration.parse(SlotText.string(text, "", "lives"));
            if (lives.isPositive()) {
                return lives;
            }
        } catch (DateTimeParseException _) {
            // told below
        }
        throw new TemplateFault("/lives", "a length of time, as in PT30M, PT8H or P7D");
    }

    /** Says where the fault was. */
    static <T> T at(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new TemplateFault(path, String.valueOf(e.getMessage()));
        }
    }

    /** What {@link #read} reads. */
    public static Value.Fields write(Template template) {
        Value.Building slots = Value.object();
        template.slots().forEach((name, slot) -> slots.put(name, SlotText.write(slot)));
        Value.Building written = Value.object();
        if (!template.about().isEmpty()) {
            written.put("about", template.about());
        }
        written.put("task", template.task());
        if (!template.slots().isEmpty()) {
            written.put("slots", slots.build());
        }
        if (!template.agents().written().isEmpty()) {
            written.put("agents", Value.ofTexts(template.agents().written()));
        }
        written.put("permissions", template.permissions());
        if (!template.limits().values().isEmpty()) {
            written.put("limits", template.limits());
        }
        return written.put("lives", template.lives().toString()).build();
    }
}
