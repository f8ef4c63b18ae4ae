package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.remit.conduct.Tolerance;
import dev.remit.gate.Demands;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Origin;
import dev.remit.identity.Role;
import dev.remit.identity.Secret;
import dev.remit.identity.SignInDemand;
import dev.remit.notice.Webhook;
import dev.remit.people.ProviderSettings;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ConfigReaderTest {
    private static final Path DOCS = Path.of("../docs/reference");
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "TRACKER_TOKEN",
                    "t-12345678",
                    "ACME",
                    "a-12345678",
                    "EMPTY",
                    "",
                    "SHORT_TOKEN",
                    "t-12345",
                    "EDGE_TOKEN",
                    "e-0123456789abcdef0123456789abcdef",
                    "CHAT_WEBHOOK",
                    "https://hooks.example/services/T0/B0/x",
                    "CHAT_KEY",
                    "k-0123456789abcdef0123456789abcdef");

    private static Config read(String text) {
        return ConfigReader.read(
                "remit.yaml", text, name -> Optional.ofNullable(ENVIRONMENT.get(name)));
    }

    @Test
    void theManualsOwnExampleIsReadAsItSays() throws IOException {
        Config config = read(example());
        assertThat(config.port()).isEqualTo(8420);
        assertThat(config.publicUrl()).isEqualTo("https://remit.example");
        assertThat(config.warnings()).isEmpty();
        assertThat(config.points().getFirst().upstreams()).containsExactly("tracker");
        assertThat(config.webhooks()).extracting(Webhook::name).containsExactly("chat");
        UpstreamSettings.Stdio files = (UpstreamSettings.Stdio) config.upstreams().getFirst();
        assertThat(files.arguments())
                .containsExactly("-y", "@modelcontextprotocol/server-filesystem", "/srv/files");
        assertThat(files.terms().silence()).isEqualTo(Duration.ofSeconds(30));
        UpstreamSettings.Http tracker = (UpstreamSettings.Http) config.upstreams().getLast();
        assertThat(tracker.headers()).containsEntry("Authorization", "Bearer t-12345678");
        assertThat(tracker.toString()).doesNotContain("t-12345678");
        ProviderSettings acme = config.providers().getFirst();
        assertThat(acme.secret().orElseThrow().reveal()).isEqualTo("a-12345678");
        assertThat(acme.roles()).containsEntry("staff", Set.of(Role.PERSON));
        assertThat(acme.toString()).doesNotContain("a-12345678");
        assertThat(config.peoplesOrigin()).contains("https://remit.example");
    }

    private static String bearing(String more) {
        return "overstepping: {a: {over: agent, then: suspend-agent, " + more + "}}";
    }

    @Test
    void whatIsBorneIsReadAsItIsWritten() throws IOException {
        assertThat(read(example()).tolerances())
                .containsExactly(
                        new Tolerance(
                                "probing",
                                Tolerance.Over.AGENT,
                                10,
                                Optional.of(Duration.ofMinutes(10)),
                                Tolerance.Then.SUSPEND_AGENT));
        assertThat(read(bearing("strikes: 3")).tolerances())
                .containsExactly(
                        new Tolerance(
                                "a",
                                Tolerance.Over.AGENT,
                                3,
                                Optional.empty(),
                                Tolerance.Then.SUSPEND_AGENT));
    }

    @Test
    void anEmptyFileIsTheUsualConfiguration() {
        assertThat(read("")).isEqualTo(Config.usual());
    }

    @Test
    void aSecretInTheClearIsReadWithAWarningThatDoesNotShowIt() {
        Config config = read("mcpServers:\n  a:\n    command: x\n    env: {API_KEY: abc-secret}\n");
        assertThat(config.warnings()).hasSize(1);
        assertThat(config.warnings().getFirst())
                .contains("line 4", "API_KEY")
                .doesNotContain("abc-secret");
    }

    @Test
    @DisplayName(
            "CRED-009 a secret in a program's environment is by reference, and never comes back")
    void secretsOfPrograms() {
        Config config =
                read(
                        """
                        mcpServers:
                          a:
                            command: x
                            args: ['${EMPTY:-plain}']
                            env: {API_KEY: 'Key ${env:TRACKER_TOKEN}', MODE: fast}
                        """);
        UpstreamSettings.Stdio program = (UpstreamSettings.Stdio) config.upstreams().getFirst();
        assertThat(program.environment()).containsEntry("API_KEY", "Key t-12345678");
        assertThat(program.hidden()).containsOnly(new Secret("t-12345678"));
        assertThat(config.warnings()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> aSecretWhereOthersCanReadItStopsTheStart() {
        return Stream.of(
                        "{command: x, args: ['--key', '${env:TRACKER_TOKEN}']}",
                        "{command: x, args: ['--key=${TRACKER_TOKEN}']}",
                        "{command: x, args: ['file:/etc/hostname']}",
                        "{command: 'x${file:/etc/hostname}'}",
                        "{url: 'https://x.example/mcp?key=${env:TRACKER_TOKEN}'}")
                .map(
                        server ->
                                DynamicTest.dynamicTest(
                                        "CRED-009 LEAK-006 " + server,
                                        () ->
                                                assertThatThrownBy(
                                                                () ->
                                                                        read(
                                                                                "mcpServers:\n  a: "
                                                                                        + server))
                                                        .isInstanceOf(ConfigRefused.class)
                                                        .hasMessageContaining("does not belong")
                                                        .hasMessageNotContaining("t-12345678")));
    }

    @Test
    void whatIsVouchedForAndTheSealingKeyAreRead() {
        Config config =
                read(
                        """
                        outgoing: {allow: ['https://a.example', 'http://127.0.0.1:9']}
                        sealing_key: ${env:TRACKER_TOKEN}
                        """);
        assertThat(config.trusted())
                .containsExactly(
                        new Origin("https", "a.example", 443), new Origin("http", "127.0.0.1", 9));
        assertThat(config.sealingKey()).contains(new Secret("t-12345678"));
        for (String wrong :
                List.of(
                        "outgoing: {allow: ['http://a.example']}",
                        "outgoing: {allow: ['a.example']}",
                        "outgoing: {deny: []}",
                        "sealing_key: in-the-clear")) {
            assertThatThrownBy(() -> read(wrong)).isInstanceOf(ConfigRefused.class);
        }
    }

    @Test
    void whichSignInAToolAsksForIsRead() {
        String text =
                """
                mcpServers: {bank: {command: x}}
                upstreams:
                  bank:
                    requires: {acr: phr}
                    tools: {transfer: {requires: {acr: [phr, 'urn:acme:otp'], max_age: 5m}}}
                """;
        assertThat(read(text).upstreams().getFirst().terms().demands())
                .isEqualTo(
                        new Demands.OfUpstream(
                                new SignInDemand(List.of("phr"), Optional.empty()),
                                Map.of(
                                        "transfer",
                                        new SignInDemand(
                                                List.of("phr", "urn:acme:otp"),
                                                Optional.of(Duration.ofMinutes(5))))));
    }

    @Test
    void agesOfKeysAreRead() {
        assertThat(read("listen: 127.0.0.1:1").keyAges()).isEqualTo(KeyReader.USUAL);
        assertThat(read("keys: {tokens: 12h, passports: never, log: 30d}").keyAges())
                .isEqualTo(
                        Map.of(
                                KeyUse.TOKENS,
                                Duration.ofHours(12),
                                KeyUse.LOG,
                                Duration.ofDays(30)));
        for (String wrong :
                List.of("keys: {state: 1d}", "keys: {tokens: soon}", "keys: {tokens: 0d}")) {
            assertThatThrownBy(() -> read(wrong)).isInstanceOf(ConfigRefused.class);
        }
    }

    @Test
    @AttackCase({"KEYS-007", "CONFIG-002"})
    void aPublicAddressSaysWhatIsMissing() {
        assertThatThrownBy(() -> read("listen: 0.0.0.0:8420"))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("public_url: https://");
        String open = "listen: 0.0.0.0:8420\npublic_url: https://x.example\n";
        assertThat(read(open).warnings()).singleElement().asString().contains("sealing_key");
        assertThat(read(open + "sealing_key: ${env:TRACKER_TOKEN}").warnings()).isEmpty();
        assertThat(read("listen: 127.0.0.1:1").warnings()).isEmpty();
    }

    private static final String PROVIDER = "people:\n  providers:\n    acme:";

    private record Wrong(String text, int line, String mend) {}

    @TestFactory
    @AttackCase("CONFIG-001")
    Stream<DynamicTest> whatIsWrongIsToldWithItsLineAndTheMend() {
        return Stream.of(
                        new Wrong("lisen: 127.0.0.1:1", 1, "known: listen"),
                        new Wrong("listen: 8420", 1, "host:port"),
                        new Wrong("overstepping: {a: {over: all}}", 1, "mandate, instance, agent"),
                        new Wrong("overstepping: {a: {over: agent}}", 1, "`strikes` is missing"),
                        new Wrong(bearing("strikes: 0"), 1, "1 to 9999"),
                        new Wrong(bearing("strikes: 3, within: 0m"), 1, "as in 10m"),
                        new Wrong(bearing("strikes: 3, for: 1m"), 1, "known: over"),
                        new Wrong("overstepping: {strikes: {}}", 1, "a rule's name"),
                        new Wrong("listen: 127.0.0.1:99999", 1, "host:port"),
                        new Wrong("listen: 0.0.0.0:8420", 1, "public_url"),
                        new Wrong("listen: 0.0.0.0:8420\npublic_url: http://x.example", 1, "https"),
                        new Wrong("public_url: https://x.example/path", 1, "without a path"),
                        new Wrong("mcpServers:\n  Git Hub: {command: x}", 2, "call it `git-hub`"),
                        new Wrong("mcpServers:\n  a: {command: x, url: 'https://y'}", 2, "either"),
                        new Wrong("mcpServers:\n  a: {args: [x]}", 2, "either"),
                        new Wrong(
                                "mcpServers:\n  a:\n    command: x\n    comand: y",
                                4,
                                "known: type"),
                        new Wrong("mcpServers:\n  a: {url: 'ftp://x'}", 2, "https://host/path"),
                        new Wrong(
                                "mcpServers:\n  a:\n    command: x\n    env: {A: '${env:NO}'}",
                                4,
                                "no `NO`"),
                        new Wrong(
                                "mcpServers:\n  a:\n    command: x\n    env: {A: {b: c}}",
                                4,
                                "text"),
                        new Wrong(
                                "mcpServers: {a: {command: x}}\nupstreams:\n  b: {timeout: 1s}",
                                3,
                                "no `b`"),
                        new Wrong(
                                "mcpServers: {a: {command: x}}\nupstreams:\n  a: {timeout: soon}",
                                3,
                                "30s"),
                        new Wrong("mcpServers: {a: {command: x}}\nmcpServers: {}", 2, "twice"),
                        new Wrong(PROVIDER + "\n      issuer: http://x.example", 4, "https"),
                        new Wrong(PROVIDER + "\n      issuer: https://x.example", 3, "client_id"),
                        new Wrong(
                                PROVIDER + "\n      issuer: https://x\n      client_id: y",
                                3,
                                "nobody gets in"),
                        new Wrong(
                                PROVIDER
                                        + "\n      issuer: https://x\n      client_id: y\n      roles: {a: [king]}",
                                6,
                                "a role is one of"),
                        new Wrong(PROVIDER + "\n      scopes: [profile]", 4, "openid"),
                        new Wrong(
                                "mcpServers:\n  a:\n    command: x\n    env: {A: '${SHORT_TOKEN}'}",
                                4,
                                "fewer than 8 characters"),
                        new Wrong(
                                "mcpServers:\n  a:\n    url: https://x\n    headers: {API-Key: '${SHORT_TOKEN}'}",
                                4,
                                "fewer than 8 characters"),
                        new Wrong(
                                "mcpServers: {a: {command: x}}\nupstreams:\n  a: {requires: {}}",
                                3,
                                "`acr`, `max_age` or both"),
                        new Wrong(
                                "mcpServers: {a: {command: x}}\nupstreams:\n  a: {requires: {acr: 'a b'}}",
                                3,
                                "without spaces"),
                        new Wrong(
                                "mcpServers: {a: {command: x}}\nupstreams:\n  a: {tools: {b: {}}}",
                                3,
                                "`requires` is missing"),
                        new Wrong("ledger: {witness: []}", 1, "`witness` is not known here"),
                        new Wrong("ledger: {witnesses: []}", 1, "a list of witnesses"),
                        new Wrong(witness("http://w.example", "KEY"), 1, "http is only for this"),
                        new Wrong(witness("https://w.example?x", "KEY"), 1, "it is a URL"),
                        new Wrong(witness("https://w.example", "w"), 1, "NAME+ID+BASE64"),
                        new Wrong(
                                witness("https://w.example", "KEY}, {url: 'https://x', key: KEY"),
                                1,
                                "is here twice"),
                        new Wrong("a: &x 1\nb: *x", 2, "aliases"),
                        new Wrong("listen: [", 1, "not YAML"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.text(), () -> check(wrong)));
    }

    private static String witness(String url, String key) {
        String written = "witness.example+82bca4dd+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
        return "ledger: {witnesses: [{url: '%s', key: %s}]}"
                .formatted(url, key.replace("KEY", written));
    }

    private static void check(Wrong wrong) {
        assertThatThrownBy(() -> read(wrong.text()))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("remit.yaml: line " + wrong.line() + ": ")
                .hasMessageContaining(wrong.mend());
    }

    @Test
    void thePublishedSchemaAgreesWithTheReader() throws IOException {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(DOCS.resolve("remit.schema.json")));
        assertThat(schema.validate(example(), InputFormat.YAML)).isEmpty();
        for (String wrong :
                new String[] {
                    "lisen: x",
                    "listen: nowhere",
                    "public_url: https://x.example/path",
                    "people: {provider: {}}",
                    "people: {providers: {a: {issuer: 'http://x.example', client_id: b, roles: {c: [person]}}}}",
                    "people: {providers: {a: {issuer: 'https://x', client_id: b, roles: {c: [king]}}}}",
                    "people: {providers: {a: {issuer: 'https://x', client_id: b}}}",
                    "mcpServers:\n  Git Hub: {command: x}",
                    "mcpServers:\n  a: {args: [x]}",
                    "mcpServers:\n  a: {command: x, url: y}",
                    "keys: {tokens: soon}",
                    "keys: {state: 1d}",
                    point("{token: '${EDGE_TOKEN}'}"),
                    point("{token: '${EDGE_TOKEN}', upstreams: []}"),
                    point("{token: e-0123456789abcdef0123456789abcdef, upstreams: [a]}"),
                    point("{token: '${EDGE_TOKEN:-e-0123456789abcdef}', upstreams: [a]}"),
                    point("{token: '${EDGE_TOKEN}', upstreams: [a], name: b}"),
                    "access: {point: {}}",
                    "approvals: {hooks: {}}",
                    "approvals: {webhooks: {chat: {url: 'https://hooks.example/x'}}}",
                    "approvals: {webhooks: {chat: {key: '${CHAT_KEY}'}}}",
                    "mcpServers: {a: {command: x}}\nupstreams:\n  a: {requires: {}}",
                    "mcpServers: {a: {command: x}}\nupstreams:\n  a: {requires: {acr: []}}",
                    "mcpServers: {a: {command: x}}\nupstreams:\n  a: {requires: {max_age: 5}}",
                    "upstreams:\n  a: {timeout: soon}"
                }) {
            assertThat(schema.validate(wrong, InputFormat.YAML)).as(wrong).isNotEmpty();
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(ConfigRefused.class);
        }
    }

    private static String point(String terms) {
        return "mcpServers: {a: {command: x}}\naccess: {points: {edge: " + terms + "}}";
    }

    private static String example() throws IOException {
        Matcher block =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(DOCS.resolve("configuration.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
