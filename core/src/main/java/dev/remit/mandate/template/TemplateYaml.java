package dev.remit.mandate.template;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a template as the YAML of its file, for people to read and change. */
public final class TemplateYaml {
    private static final int WIDTH = 90;
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder out = new StringBuilder();

    private TemplateYaml() {}

    /** What {@link TemplateText#read} reads, once it is parsed. */
    public static String write(Template template) {
        TemplateYaml yaml = new TemplateYaml();
        yaml.fields(TemplateText.write(template).values(), "");
        return yaml.out.toString();
    }

    private void fields(Map<String, Value> fields, String indent) {
        String before = "";
        for (Map.Entry<String, Value> one : fields.entrySet()) {
            out.append(before).append(key(one.getKey())).append(':');
            before = indent;
            below(one.getValue(), indent);
        }
    }

    /** In the same line if that is short, else line by line. */
    private void below(Value value, String indent) {
        String flow = flow(value);
        boolean isShort = flow.length() + indent.length() < WIDTH;
        if (isScalar(value) || (isShort && !(indent.isEmpty() && isDeep(value)))) {
            out.append(' ').append(flow).append('\n');
            return;
        }
        out.append('\n');
        String deeper = indent + "  ";
        if (value instanceof Value.Items(List<Value> all)) {
            all.forEach(one -> item(one, deeper));
        } else if (value instanceof Value.Fields fields) {
            out.append(deeper);
            fields(fields.values(), deeper);
        }
    }

    private void item(Value value, String indent) {
        out.append(indent).append("- ");
        if (value instanceof Value.Fields fields && !fields.values().isEmpty()) {
            fields(fields.values(), indent + "  ");
        } else {
            out.append(flow(value)).append('\n');
        }
    }

    private static boolean isDeep(Value value) {
        return switch (value) {
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> false;
            case Value.Items(List<Value> all) -> !all.stream().allMatch(TemplateYaml::isScalar);
            case Value.Fields fields ->
                    !fields.values().values().stream().allMatch(TemplateYaml::isScalar);
        };
    }

    private static boolean isScalar(Value value) {
        return switch (value) {
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> true;
            case Value.Items(List<Value> all) -> all.isEmpty();
            case Value.Fields fields -> fields.values().isEmpty();
        };
    }

    private static String flow(Value value) {
        return switch (value) {
            case Value.Text(String text) -> quoted(text);
            case Value.Num _, Value.Flag _, Value.Nothing _ -> value.json();
            case Value.Items(List<Value> all) ->
                    "[" + String.join(", ", all.stream().map(TemplateYaml::flow).toList()) + "]";
            case Value.Fields fields ->
                    "{"
                            + String.join(
                                    ", ",
                                    fields.values().entrySet().stream()
                                            .map(
                                                    one ->
                                                            key(one.getKey())
                                                                    + ": "
                                                                    + flow(one.getValue()))
                                            .toList())
                            + "}";
        };
    }

    private static String key(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !WORDS.contains(name)
                ? name
                : quoted(name);
    }

    /** As JSON has it, with codes for what is not seen too. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\').appendCodePoint(c);
                            } else if (Quotation.isUnseen(c)) {
                                quoted.append(String.format("\\U%08x", c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        });
        return quoted.append('"').toString();
    }
}
