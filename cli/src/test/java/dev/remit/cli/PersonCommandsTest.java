package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.testkit.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People, as the operator manages them from a terminal. */
final class PersonCommandsTest {
    @TempDir Path home = Path.of("");

    @Test
    void peopleAreManagedFromATerminal() throws Exception {
        Commands remit = new Commands(home);
        Files.writeString(home.resolve("remit.yaml"), "listen: 127.0.0.1:" + Ports.free() + "\n");
        Process up = remit.start("http://localhost:", "up"); // the first sign-in
        try {
            Value.Fields added =
                    fields(
                            remit.run(
                                    "person",
                                    "add",
                                    "Ines",
                                    "--role",
                                    "auditor",
                                    "--role",
                                    "approver",
                                    "--json"));
            assertThat(added.text("link").orElse("")).contains("/welcome#");
            assertThat(remit.run("person", "link", "Ines").out()).contains("/welcome#");
            Commands.Ran roles = remit.run("person", "roles", "Ines", "person", "auditor");
            assertThat(roles.status()).as(roles.err()).isZero();
            assertThat(list(remit).items("roles"))
                    .containsExactly(Value.of("person"), Value.of("auditor"));

            assertThat(remit.run("person", "suspend", "Ines", "--why", "left").status()).isZero();
            assertThat(list(remit).text("standing")).contains("suspended");
            assertThat(remit.run("person", "link", "Ines").status()).isEqualTo(Exit.REFUSED);
            assertThat(remit.run("person", "restore", "Ines").status()).isZero();
            assertThat(list(remit).text("standing")).contains("active");

            Commands.Ran wrong = remit.run("person", "roles", "Ines", "king");
            assertThat(wrong.status()).isEqualTo(Exit.REFUSED);
            assertThat(wrong.err()).contains("a role is one of").doesNotContain("Exception");
            assertThat(remit.run("person", "suspend", "nobody").err()).contains("no person");
        } finally {
            up.destroy();
            up.waitFor();
        }
    }

    private static Value.Fields list(Commands remit) throws Exception {
        byte[] said = remit.run("person", "list", "--json").out().getBytes(StandardCharsets.UTF_8);
        List<Value> people = ((Value.Items) JsonReader.read(said)).values();
        return people.stream()
                .map(Value.Fields.class::cast)
                .filter(person -> person.text("name").orElse("").equals("Ines"))
                .findFirst()
                .orElseThrow();
    }

    private static Value.Fields fields(Commands.Ran ran) throws MalformedJson {
        return JsonReader.readFields(ran.out().getBytes(StandardCharsets.UTF_8));
    }
}
