package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.client.Agent;
import dev.remit.client.Enrolment;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code remit agent} as an operator of many types it, at a gateway that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FleetCommandsTest {
    private Path home = Path.of("");
    private URI gateway = URI.create("");
    private Commands remit = new Commands(home);
    private Process up = unset();

    @SuppressWarnings("NullAway") // set before every test
    private static Process unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        remit = new Commands(home);
        int port = Ports.free();
        gateway = URI.create("http://127.0.0.1:" + port);
        Files.writeString(home.resolve("remit.yaml"), "listen: 127.0.0.1:" + port + "\n");
        up = remit.start("Ctrl-C", "up", "--data", data());
    }

    @AfterAll
    void stop() throws Exception {
        up.destroyForcibly();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private String data() {
        return home.resolve("data").toString();
    }

    private Commands.Ran agent(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("agent"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data()));
        return remit.run(all.toArray(String[]::new));
    }

    private Value.Fields json(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return JsonReader.readFields(done(all).out().getBytes(StandardCharsets.UTF_8));
    }

    private Commands.Ran done(List<String> arguments) throws Exception {
        Commands.Ran ran = agent(arguments.toArray(String[]::new));
        assertThat(ran.status()).as(ran.err()).isEqualTo(Exit.DONE);
        return ran;
    }

    private void refused(String because, String... arguments) throws Exception {
        Commands.Ran ran = agent(arguments);
        assertThat(ran.status()).as(ran.out()).isEqualTo(Exit.REFUSED);
        assertThat(ran.err()).contains(because).doesNotContain("Exception");
        assertThat(ran.out()).isEmpty();
    }

    private String standing(String agent) throws Exception {
        return json("show", agent).text("standing").orElseThrow();
    }

    /** An agent with an instance, which it keeps a key for; the instance. */
    private Value.Fields enrolled(String name, String... tags) throws Exception {
        List<String> add = new ArrayList<>(List.of("new", name));
        for (String tag : tags) {
            add.addAll(List.of("--tag", tag));
        }
        String code = json(add.toArray(String[]::new)).text("code").orElseThrow();
        Agent.open(gateway, home.resolve(name + ".key"), new Enrolment.ByCode(code));
        return (Value.Fields) json("show", name).items("instances").getFirst();
    }

    @Test
    void whatIsShown() throws Exception {
        Value.Fields instance = enrolled("shown-one", "team=shown");
        json("new", "shown-two", "--tag", "team=shown");
        assertThat(agent("list", "--tag", "team=shown").out())
                .contains("shown-one", "shown-two", "good");
        Value.Fields page = json("list", "--tag", "team=shown", "--most", "1");
        assertThat(page.items("agents")).hasSize(1);
        String next = page.text("next").orElseThrow();
        Value.Fields rest = json("list", "--tag", "team=shown", "--from", next);
        assertThat(rest.items("agents")).hasSize(1);
        assertThat(rest.text("next")).isEmpty();
        assertThat(json("list", "--name", "no-such").items("agents")).isEmpty();

        String id = instance.text("instance").orElseThrow();
        String key = instance.text("key").orElseThrow();
        assertThat(agent("show", "shown-one").out()).contains("shown-one", "team=shown", id);
        assertThat(agent("instances", "shown-one").out()).contains(id);
        assertThat(json("instances", "--key", key).items("instances")).hasSize(1);
        assertThat(json("instances", "shown-two").items("instances")).isEmpty();
        refused("there is no agent `nobody`", "show", "nobody");
    }

    @Test
    void tagsAreSetAndTakenAway() throws Exception {
        json("new", "tagged");
        assertThat(done(List.of("tag", "tagged", "team=a", "tier=1")).out())
                .contains("team=a", "tier=1");
        Value.Fields changed = json("tag", "tagged", "team=b", "--remove", "tier");
        assertThat(changed.fields("tags").orElseThrow().json()).isEqualTo("{\"team\":\"b\"}");
        assertThat(json("list", "--tag", "team=a").items("agents")).isEmpty();
        assertThat(json("list", "--tag", "team=b").items("agents")).hasSize(1);
        refused("there is no agent `nobody`", "tag", "nobody", "team=a");
    }

    @Test
    void oneIsSuspendedAndRestoredAndRevoked() throws Exception {
        String id = enrolled("single").text("instance").orElseThrow();
        assertThat(done(List.of("suspend", "single", "--why", "odd")).out()).contains("suspended");
        assertThat(agent("show", "single").out()).contains("suspended", "odd");
        assertThat(done(List.of("restore", "single")).out()).contains("restored");
        assertThat(standing("single")).isEqualTo("good");

        assertThat(done(List.of("revoke", id)).out()).contains("revoked");
        assertThat(json("instances", "single").json()).contains("\"revoked\":true");
        assertThat(standing("single")).isEqualTo("good");
        assertThat(done(List.of("revoke", "single")).out()).contains("revoked");
        assertThat(standing("single")).isEqualTo("revoked");
        refused("revoked", "restore", "single");
        assertThat(standing("single")).isEqualTo("revoked");
    }

    @Test
    void manyAreChangedOnlyWhenSomebodySaysYes() throws Exception {
        json("new", "many-1", "--tag", "team=many");
        json("new", "many-2", "--tag", "team=many");
        json("new", "other", "--tag", "team=few");
        for (String act : List.of("suspend", "revoke")) {
            Commands.Ran asked = agent(act, "--tag", "team=many");
            assertThat(asked.status()).isEqualTo(Exit.REFUSED);
            assertThat(asked.err()).contains("2 agents are meant", "nothing was done", "--yes");
            assertThat(standing("many-1")).isEqualTo("good");
            assertThat(standing("many-2")).isEqualTo("good");
        }
        assertThat(done(List.of("suspend", "--tag", "team=many", "--yes")).out())
                .contains("2 suspended");
        assertThat(json("list", "--tag", "team=many", "--state", "suspended").items("agents"))
                .hasSize(2);
        assertThat(done(List.of("restore", "--tag", "team=many", "--yes")).out())
                .contains("2 restored");
        assertThat(done(List.of("revoke", "--tag", "team=many", "--yes")).out())
                .contains("2 revoked");
        assertThat(standing("many-2")).isEqualTo("revoked");
        assertThat(standing("other")).isEqualTo("good");
        refused("name an agent, or say which are meant", "suspend");
        refused("not both", "suspend", "other", "--tag", "team=few", "--yes");
        assertThat(standing("other")).isEqualTo("good");
    }

    @Test
    void aKeyAndAnIssuerAreRevoked() throws Exception {
        String key = enrolled("keyed").text("key").orElseThrow();
        refused("one at a time", "revoke", "keyed", "--key", key);
        assertThat(done(List.of("revoke", "--key", key)).out())
                .contains("revoked; 1 instances ended with it");
        assertThat(json("instances", "--key", key).json()).contains("\"revoked\":true");
        assertThat(standing("keyed")).isEqualTo("good");
        assertThat(done(List.of("revoke", "--issuer", "https://issuer.example")).out())
                .contains("revoked; 0 instances ended with it");
        refused("revoked already", "revoke", "--issuer", "https://issuer.example");
    }
}
