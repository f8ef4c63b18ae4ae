package dev.remit.cli.adopt;

import dev.remit.call.Value;
import dev.remit.cli.CommandFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The gateway's configuration, as text: what stands in it stays as it was written. */
public final class GatewayFile {
    private static final Pattern SERVERS = Pattern.compile("mcpServers:\\s*(#.*)?");
    private static final String FRESH =
            """
            # Remit's configuration; docs/reference/configuration.md tells all of it
            listen: 127.0.0.1:8420
            """;

    private GatewayFile() {}

    /**
     * The text with these servers added.
     *
     * @param text what there is; empty if there is none
     * @throws CommandFailed if there is no place for them that is sure
     */
    public static String with(Map<String, Value.Fields> servers, String text) {
        List<String> lines = new ArrayList<>((text.isBlank() ? FRESH : text).lines().toList());
        int at = 0;
        while (at < lines.size() && !SERVERS.matcher(lines.get(at)).matches()) {
            if (lines.get(at).startsWith("mcpServers:")) {
                throw new CommandFailed(
                        "line "
                                + (at + 1)
                                + " of the configuration has all of `mcpServers` on one line; write"
                                + " each server on its own, and import again");
            }
            at++;
        }
        if (at == lines.size()) {
            lines.add("mcpServers:");
        }
        List<String> added = new ArrayList<>();
        String indent = indent(lines, at + 1);
        new TreeMap<>(servers)
                .forEach((name, server) -> added.add(indent + name + ": " + server.json()));
        lines.addAll(at + 1, added);
        return String.join("\n", lines) + "\n";
    }

    private static String indent(List<String> lines, int from) {
        for (String line : lines.subList(from, lines.size())) {
            String start = line.strip();
            if (!start.isEmpty() && !start.startsWith("#")) {
                String space = line.substring(0, line.length() - line.stripLeading().length());
                return space.isEmpty() ? "  " : space;
            }
        }
        return "  ";
    }
}
