package dev.remit.cli.adopt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An MCP client whose servers can be adopted, and where it keeps them. */
public enum Client {
    CLAUDE_CODE("mcpServers"),
    CLAUDE_DESKTOP("mcpServers"),
    CURSOR("mcpServers"),
    VSCODE("servers");

    private final String key;

    Client(String key) {
        this.key = key;
    }

    /** As it is called on the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name in its configuration under which the servers stand. */
    public String key() {
        return key;
    }

    /** Where things are on this machine. */
    public record Machine(Path home, Path here, String system) {
        /** This one. */
        public static Machine ofThisProcess(Function<String, String> property) {
            return new Machine(
                    Path.of(property.apply("user.home")),
                    Path.of("").toAbsolutePath(),
                    property.apply("os.name"));
        }

        private Path settings() {
            String name = system.toLowerCase(Locale.ROOT);
            if (name.startsWith("mac")) {
                return home.resolve("Library").resolve("Application Support");
            }
            return name.startsWith("windows")
                    ? home.resolve("AppData").resolve("Roaming")
                    : home.resolve(".config");
        }
    }

    /** Its files that there are: the project's here, then the person's own. */
    public List<Path> files(Machine machine) {
        List<Path> known =
                switch (this) {
                    case CLAUDE_CODE ->
                            List.of(
                                    machine.here().resolve(".mcp.json"),
                                    machine.home().resolve(".claude.json"));
                    case CLAUDE_DESKTOP ->
                            List.of(
                                    machine.settings()
                                            .resolve("Claude")
                                            .resolve("claude_desktop_config.json"));
                    case CURSOR ->
                            List.of(
                                    machine.here().resolve(".cursor").resolve("mcp.json"),
                                    machine.home().resolve(".cursor").resolve("mcp.json"));
                    case VSCODE ->
                            List.of(
                                    machine.here().resolve(".vscode").resolve("mcp.json"),
                                    machine.settings()
                                            .resolve("Code")
                                            .resolve("User")
                                            .resolve("mcp.json"));
                };
        List<Path> there = new ArrayList<>();
        for (Path one : known) {
            if (Files.isRegularFile(one) && !there.contains(one)) {
                there.add(one);
            }
        }
        return there;
    }
}
