package dev.remit.mandate.template;

import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A slot as JSON: {@code {"is": "number", "min": 1, "max": 200}}. */
final class SlotText {
    private SlotText() {}

    static Slot read(Value written, String path) {
        if (!(written instanceof Value.Fields slot)) {
            throw new TemplateFault(path, "a slot has `is`, as in {is: text}");
        }
        String kind = string(slot, path, "is");
        return switch (kind) {
            case "text" -> {
                only(slot, path, "is", "most");
                Optional<BigDecimal> most = number(slot, path, "most");
                yield TemplateText.at(
                        path,
                        () ->
                                new Slot.Text(
                                        most.map(one -> Math.clamp(one.longValue(), 0, 10_000))
                                                .orElse(Slot.Text.USUAL)));
            }
            case "number" -> {
                only(slot, path, "is", "min", "max", "whole");
                if (slot.get("whole").filter(one -> !(one instanceof Value.Flag)).isPresent()) {
                    throw new TemplateFault(path + "/whole", "`whole` is true or false");
                }
                yield TemplateText.at(
                        path,
                        () ->
                                new Slot.Numeric(
                                        number(slot, path, "min"),
                                        number(slot, path, "max"),
                                        slot.flag("whole")));
            }
            case "one_of" -> {
                only(slot, path, "is", "values");
                yield TemplateText.at(path, () -> new Slot.OneOf(list(slot, path, "values")));
            }
            case "path" -> {
                only(slot, path, "is", "below");
                String below = string(slot, path, "below");
                yield TemplateText.at(
                        path + "/below", () -> new Slot.Path(new Constraint.PathBelow(below)));
            }
            case "address" -> {
                only(slot, path, "is", "at");
                Set<String> at = new TreeSet<>();
                for (Value one : list(slot, path, "at")) {
                    at.add(one instanceof Value.Text(String domain) ? domain : "");
                }
                if (at.isEmpty() && slot.get("at").isPresent()) {
                    throw new TemplateFault(
                            path + "/at", "name at least one domain, or leave `at` out for any");
                }
                yield TemplateText.at(path + "/at", () -> new Slot.Address(at));
            }
            default ->
                    throw new TemplateFault(
                            path + "/is",
                            "`is` is text, number, one_of, path or address, not `" + kind + "`");
        };
    }

    static Value write(Slot slot) {
        return switch (slot) {
            case Slot.Text(int most) -> Value.object().put("is", "text").put("most", most).build();
            case Slot.Numeric(
                            Optional<BigDecimal> least,
                            Optional<BigDecimal> most,
                            boolean whole) -> {
                Value.Building written =
                        Value.object()
                                .put("is", "number")
                                .putIf("min", least.map(Value.Num::new))
                                .putIf("max", most.map(Value.Num::new));
                if (whole) {
                    written.put("whole", true);
                }
                yield written.build();
            }
            case Slot.OneOf(List<Value> values) ->
                    Value.object()
                            .put("is", "one_of")
                            .put("values", new Value.Items(values))
                            .build();
            case Slot.Path(Constraint.PathBelow below) ->
                    Value.object().put("is", "path").put("below", below.root()).build();
            case Slot.Address(Set<String> at) -> {
                Value.Building written = Value.object().put("is", "address");
                if (!at.isEmpty()) {
                    written.put("at", Value.ofTexts(new TreeSet<>(at)));
                }
                yield written.build();
            }
        };
    }

    static void only(Value.Fields fields, String path, String... names) {
        for (String name : fields.values().keySet()) {
            if (!List.of(names).contains(name)) {
                throw new TemplateFault(
                        path + "/" + name,
                        "`" + name + "` is not known here; known: " + String.join(", ", names));
            }
        }
    }

    static String string(Value.Fields fields, String path, String name) {
        if (fields.get(name).isEmpty()) {
            throw new TemplateFault(path, "`" + name + "` is missing");
        }
        return fields.text(name)
                .orElseThrow(() -> new TemplateFault(path + "/" + name, "a text is expected here"));
    }

    static List<Value> list(Value.Fields fields, String path, String name) {
        if (fields.get(name).filter(one -> !(one instanceof Value.Items)).isPresent()) {
            throw new TemplateFault(path + "/" + name, "a list is expected here");
        }
        return fields.items(name);
    }

    static Value.Fields fields(Value.Fields fields, String path, String name) {
        if (fields.get(name).filter(one -> !(one instanceof Value.Fields)).isPresent()) {
            throw new TemplateFault(path + "/" + name, "names with values are expected here");
        }
        return fields.fields(name).orElse(Value.Fields.EMPTY);
    }

    private static Optional<BigDecimal> number(Value.Fields fields, String path, String name) {
        if (fields.get(name).isEmpty()) {
            return Optional.empty();
        }
        if (fields.values().get(name) instanceof Value.Num(BigDecimal number)) {
            return Optional.of(number);
        }
        throw new TemplateFault(path + "/" + name, "a number is expected here");
    }
}
