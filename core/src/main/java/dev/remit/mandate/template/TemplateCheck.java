package dev.remit.mandate.template;

import dev.remit.call.Value;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.LimitsText;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether all of a template fits together. */
final class TemplateCheck {
    private final Template template;
    private final Map<String, Value> examples = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    TemplateCheck(Template template) {
        this.template = template;
        template.slots().forEach((name, slot) -> examples.put(name, slot.example()));
    }

    /**
     * @throws TemplateFault at the first thing that does not fit
     */
    void run() {
        for (String one : new Sentence(template.task()).slots()) {
            use(one, "/task");
        }
        slots(template.permissions(), List.of("permissions"));
        slots(template.limits(), List.of("limits"));
        for (String one : template.slots().keySet()) {
            if (!used.contains(one)) {
                throw new TemplateFault("/slots/" + one, "the slot `" + one + "` is used nowhere");
            }
        }
        permissions();
        limits();
        TemplateText.at("/task", () -> template.put(examples));
    }

    private Slot use(String name, String path) {
        Slot slot = template.slots().get(name);
        if (slot == null) {
            throw new TemplateFault(
                    path, "there is no slot `" + name + "`; describe it in `slots`");
        }
        used.add(name);
        return slot;
    }

    /** Each slot stands where a whole value of its kind does. */
    private void slots(Value written, List<String> at) {
        switch (written) {
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> {}
            case Value.Items(List<Value> all) -> {
                for (int i = 0; i < all.size(); i++) {
                    slots(all.get(i), below(at, String.valueOf(i)));
                }
            }
            case Value.Fields fields -> {
                if (fields.values().containsKey(Template.SLOT)) {
                    String name =
                            Template.slot(fields)
                                    .orElseThrow(
                                            () ->
                                                    new TemplateFault(
                                                            path(at),
                                                            "a slot is {slot: NAME} and nothing"
                                                                    + " else"));
                    fits(use(name, path(at)), name, at);
                } else {
                    fields.values().forEach((key, one) -> slots(one, below(at, key)));
                }
            }
        }
    }

    private static void fits(Slot slot, String name, List<String> at) {
        String place = place(at);
        boolean fits =
                switch (place) {
                    case "exact", "one_of" -> true;
                    case "min", "max", "most" -> slot instanceof Slot.Numeric;
                    case "uses" -> slot instanceof Slot.Numeric number && number.whole();
                    case "path_below" -> slot instanceof Slot.Path;
                    default ->
                            throw new TemplateFault(
                                    path(at),
                                    "a slot stands in exact, one_of, min, max, path_below, uses or"
                                            + " a budget's most; never in a pattern or a name");
                };
        if (!fits) {
            throw new TemplateFault(
                    path(at),
                    "the slot `" + name + "` is " + slot.said() + ", which `" + place + "` is not");
        }
    }

    /** What kind of place this is, if a slot may stand in it. */
    private static String place(List<String> at) {
        String last = at.getLast();
        boolean permission = at.getFirst().equals("permissions");
        boolean constraint = permission && at.size() > 4 && at.get(2).equals("arguments");
        if (constraint && at.size() == 5) {
            return last;
        }
        if (constraint && at.size() == 6 && at.get(4).equals("one_of")) {
            return "one_of";
        }
        boolean uses = last.equals("uses") && at.size() == (permission ? 3 : 2);
        boolean most = last.equals("most") && at.size() == 4 && at.get(1).equals("budgets");
        return uses || (most && !permission) ? last : "";
    }

    private void permissions() {
        List<Value> all = template.permissions().values();
        if (all.isEmpty()) {
            throw new TemplateFault("/permissions", "a template has at least one permission");
        }
        for (int i = 0; i < all.size(); i++) {
            String path = "/permissions/" + i;
            Value filled = Template.filled(all.get(i), examples);
            Permissions one =
                    TemplateText.at(path, () -> MandateText.readPermissions(listed(filled)));
            known(one.all().getFirst(), path);
        }
        TemplateText.at(
                "/permissions",
                () -> MandateText.readPermissions(listed(filledAll(all).toArray(Value[]::new))));
    }

    private List<Value> filledAll(List<Value> all) {
        return all.stream().map(one -> Template.filled(one, examples)).toList();
    }

    private static Value.Fields listed(Value... permissions) {
        return Value.object().put("permissions", new Value.Items(List.of(permissions))).build();
    }

    private static void known(Permission permission, String path) {
        permission
                .arguments()
                .forEach(
                        (argument, constraint) -> {
                            if (constraint instanceof Constraint.Unrecognised) {
                                throw new TemplateFault(
                                        path + "/arguments/" + argument,
                                        "this is no constraint that is known here");
                            }
                        });
        for (int i = 0; i < permission.when().size(); i++) {
            if (permission.when().get(i) instanceof Condition.Unrecognised) {
                throw new TemplateFault(
                        path + "/when/" + i, "this is no condition that is known here");
            }
        }
    }

    private void limits() {
        if (template.limits().get("expires").isPresent()) {
            throw new TemplateFault(
                    "/limits/expires", "a template says how long a mandate lives, in `lives`");
        }
        TemplateText.at(
                "/limits",
                () ->
                        LimitsText.read(
                                (Value.Fields) Template.filled(template.limits(), examples),
                                Instant.EPOCH));
    }

    private static List<String> below(List<String> at, String name) {
        List<String> below = new ArrayList<>(at);
        below.add(name);
        return below;
    }

    private static String path(List<String> at) {
        return "/" + String.join("/", at);
    }
}
