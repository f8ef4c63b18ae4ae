package dev.remit.cli;

import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How a command shows what it found: for people, or as JSON. */
final class Shown {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    boolean isJson() {
        return json;
    }

    void show(Value value, Consumer<PrintStream> forPeople) {
        if (json) {
            System.out.println(new String(JsonWriter.plain(value), StandardCharsets.UTF_8));
        } else {
            forPeople.accept(System.out);
        }
    }

    /**
     * Text from elsewhere, safe for a terminal: control and direction-changing characters are shown
     * as codes.
     */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            int type = Character.getType(c);
                            boolean odd =
                                    type == Character.CONTROL
                                            || type == Character.FORMAT
                                            || type == Character.LINE_SEPARATOR
                                            || type == Character.PARAGRAPH_SEPARATOR;
                            if (odd) {
                                plain.append(String.format("\\u{%x}", c));
                            } else {
                                plain.appendCodePoint(c);
                            }
                        });
        return plain.toString();
    }
}
