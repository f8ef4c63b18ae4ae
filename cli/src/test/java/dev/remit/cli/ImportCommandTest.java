package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code remit import}: the client's file, the gateway's, and back. */
final class ImportCommandTest {
    private static final String CLAUDE =
            """
            {
              // kept as it is
              "numStartups": 17, "tips": {"mcpServers": {"not": "these"}},
              "mcpServers": {
                "My Notes": {"command": "npx", "args": ["-y", "server-filesystem", "/home/me"]},
                "tracker": {"type": "http", "url": "https://tracker.example/mcp",
                            "headers": {"Authorization": "Bearer s3cret-s3cret"}},
                "keyed": {"url": "https://me:pw12345678@keyed.example/mcp?key=1"},
                "asks": {"command": "x", "env": {"TOKEN": "${input:token}"}}
              },
              "last": [1.50, "}"]
            }
            """;

    @TempDir Path home;

    private Commands.Ran run(String... arguments) throws Exception {
        return new Commands(home).run(arguments);
    }

    private String read(String file) throws Exception {
        return Files.readString(home.resolve(file));
    }

    @Test
    void aClientsServersAreAdoptedAndGivenBack() throws Exception {
        Files.writeString(home.resolve(".claude.json"), CLAUDE);
        Files.setPosixFilePermissions(
                home.resolve(".claude.json"), PosixFilePermissions.fromString("rw-r-----"));
        Commands.Ran nobody = run("import", "claude-code");
        assertThat(nobody.err()).contains("say --yes");
        assertThat(read(".claude.json")).isEqualTo(CLAUDE);
        assertThat(home.resolve("remit.yaml")).doesNotExist();

        Commands.Ran done = run("import", "claude-code", "--yes");
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out())
                .contains(
                        "- my-notes   npx -y server-filesystem …",
                        "- tracker   https://tracker.example")
                .contains("asks stays, not governed", "keyed stays, not governed")
                .contains("remit connect --code")
                .doesNotContain("s3cret", "pw1234", "key=1");
        assertThat(read(".claude.json"))
                .contains("// kept as it is", "\"numStartups\": 17, \"tips\"", "[1.50, \"}\"]")
                .contains("{\"not\": \"these\"}", "\"args\":[\"connect\"]", "${input:token}")
                .doesNotContain("server-filesystem", "s3cret");
        assertThat(Files.getPosixFilePermissions(home.resolve(".claude.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        String yaml = read("remit.yaml");
        assertThat(yaml).contains("  my-notes: {", "file:").doesNotContain("s3cret");
        Path secret = home.resolve(".remit/imported/tracker.Authorization");
        assertThat(Files.readString(secret)).isEqualTo("Bearer s3cret-s3cret");
        assertThat(Files.getPosixFilePermissions(secret))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Commands.Ran checked = run("check", "remit.yaml");
        assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).contains("my-notes", "tracker");

        assertThat(run("import", "claude-code", "--yes").out()).contains("nothing to adopt");
        assertThat(read("remit.yaml")).isEqualTo(yaml);

        Files.writeString(
                home.resolve(".claude.json"),
                read(".claude.json").replace("\"numStartups\": 17", "\"numStartups\": 18"));
        Commands.Ran undone = run("import", "claude-code", "--undo", "--yes");
        assertThat(undone.status()).as(undone.err()).isZero();
        assertThat(read(".claude.json"))
                .contains("\"numStartups\": 18", "s3cret", "My Notes", "server-filesystem")
                .doesNotContain("\"connect\"");
        assertThat(run("import", "claude-code", "--undo", "--yes").out())
                .contains("nothing was adopted");
    }

    @Test
    void whatStandsInTheGatewaysConfigurationStays() throws Exception {
        Files.createDirectories(home.resolve(".vscode"));
        Files.writeString(
                home.resolve(".vscode/mcp.json"),
                "{\"inputs\":[],\"servers\":{\"files\":{\"type\":\"stdio\",\"command\":\"other\"}}}");
        Files.writeString(
                home.resolve("remit.yaml"),
                "# mine\nlisten: 127.0.0.1:8555\nmcpServers:   # all\n    files: {command: one}\n");
        Commands.Ran done = run("import", "--yes");
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(read("remit.yaml"))
                .startsWith("# mine\nlisten: 127.0.0.1:8555\nmcpServers:   # all\n    files-2: {")
                .endsWith("    files: {command: one}\n");
        assertThat(read(".vscode/mcp.json")).startsWith("{\"inputs\":[],\"servers\":{\"remit\":");
    }

    @Test
    void whatIsNotUnderstoodIsLeftAsItIs() throws Exception {
        for (String broken :
                new String[] {
                    "{\"mcpServers\": {\"a\": {\"command\": \"x\"}",
                    "{\"mcpServers\": {}, \"mcpServers\": {}}",
                    "[1]",
                    "{\"mcpServers\": {/* c */ \"a\": {\"command\": \"x\"}}}"
                }) {
            Files.writeString(home.resolve(".claude.json"), broken);
            Commands.Ran ran = run("import", "--yes");
            assertThat(ran.status()).as(broken).isNotZero();
            assertThat(ran.err()).startsWith("remit: ").doesNotContain("Exception");
            assertThat(read(".claude.json")).isEqualTo(broken);
            assertThat(home.resolve("remit.yaml")).doesNotExist();
        }
        Files.writeString(
                home.resolve(".claude.json"),
                "{\"mcpServers\": {\"a\": {\"command\": \"x\", \"unheard\": 1}, \"b\": 3}}");
        assertThat(run("import", "--yes").out())
                .contains("nothing to adopt", "a stays, not governed", "b stays, not governed");
        Files.delete(home.resolve(".claude.json"));
        assertThat(run("import").err()).contains("no configuration");
        assertThat(run("import", "codex").err()).contains("[mcp_servers.remit]");
        assertThat(run("import", "emacs").err()).contains("claude-desktop");
    }
}
