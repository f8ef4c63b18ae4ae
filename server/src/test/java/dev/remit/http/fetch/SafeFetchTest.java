package dev.remit.http.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.ScriptedServer;
import dev.remit.gateway.rig.ScriptedServer.Said;
import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SafeFetchTest {
    private static final Said FINE = Said.json(Value.object().put("fine", true));

    private final Vertx vertx = Vertx.vertx();
    private TestCertificates certificates = new TestCertificates(Path.of(""));

    @BeforeAll
    void certificates(@TempDir Path folder) throws Exception {
        certificates = new TestCertificates(folder);
        certificates.make("good", "dns:issuer.test", "-validity", "30");
        certificates.make("stranger", "dns:issuer.test", "-validity", "30");
    }

    @AfterAll
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpServerOptions tls(String name) {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setSsl(true)
                .setKeyCertOptions(pfx(name));
    }

    private PfxOptions pfx(String name) {
        return new PfxOptions()
                .setPath(certificates.store(name).toString())
                .setPassword(TestCertificates.PASSWORD);
    }

    private Consumer<HttpClientOptions> trusting(String name) {
        return options -> options.setTrustOptions(pfx(name));
    }

    private static URI https(ScriptedServer server, String host) {
        return URI.create("https://" + host + ":" + server.port() + "/metadata");
    }

    private static InetAddress[] addresses(String... literals) {
        return Stream.of(literals).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    /** What counts as public here. */
    private static boolean isFirst(InetAddress address) {
        return address.getHostAddress().equals("127.0.0.1");
    }

    private static SafeFetch.Asked json(URI url) {
        return SafeFetch.Asked.get(url, "application/json");
    }

    @TestFactory
    Stream<DynamicTest> urlsThatLeadInside() {
        return Stream.of(
                        "http://127.0.0.1/",
                        "https://127.0.0.1/",
                        "https://[::1]/",
                        "https://0.0.0.0/",
                        "https://169.254.169.254/latest/meta-data/",
                        "https://10.1.2.3/",
                        "https://172.16.0.1/",
                        "https://192.168.1.1/",
                        "https://100.64.0.1/",
                        "https://100.100.100.200/",
                        "https://[fd00::1]/",
                        "https://[fd00:ec2::254]/",
                        "https://[fe80::1]/",
                        "https://[ff02::1]/",
                        "https://168.63.129.16/",
                        "https://224.0.0.1/",
                        "https://255.255.255.255/",
                        "https://localhost/",
                        "https://LOCALHOST/",
                        "https://localhost./",
                        "https://localhost:8420/metrics",
                        "unix:/run/x.sock",
                        "file:///etc/passwd",
                        "gopher://x.example/",
                        "dict://x.example/",
                        "jar:https://x.example/a!/b",
                        "ftp://x.example/",
                        "javascript:alert(1)",
                        "data:text/plain,x",
                        "http://issuer.example/",
                        "https://u:p@issuer.example/",
                        "https://issuer.example/#f",
                        "https:///x",
                        "https://x.example:0/")
                .map(url -> refused("SSRF-001 ", url));
    }

    @TestFactory
    Stream<DynamicTest> encodingsOfAddresses() {
        return Stream.of(
                        "https://2130706433/",
                        "https://0177.0.0.1/",
                        "https://0x7f.1/",
                        "https://0x7f000001/",
                        "https://127.1/",
                        "https://127.0.1/",
                        "https://[::ffff:7f00:1]/",
                        "https://[::ffff:127.0.0.1]/",
                        "https://[64:ff9b::7f00:1]/",
                        "https://[64:ff9b:1::7f00:1]/",
                        "https://[2002:7f00:1::]/",
                        "https://[::127.0.0.1]/",
                        "https://[2001:0:7f00:1::]/",
                        "https://[0:0::1%25lo]/",
                        "https://①②⑦.0.0.1/",
                        "https://127.0.0.1.nip.example/",
                        "https://127.0.0.1./",
                        "https://017700000001/",
                        "https://[fe80::1%25eth0]/",
                        "https://[2a00::5efe:7f00:1]/")
                .map(url -> refused("SSRF-002 ", url));
    }

    /** Every name leads to loopback here; nothing must be connected to. */
    private DynamicTest refused(String id, String url) {
        return DynamicTest.dynamicTest(
                id + url,
                () -> {
                    try (SafeFetch fetch =
                            new SafeFetch(
                                    vertx,
                                    Set.of(),
                                    _ -> addresses("127.0.0.1"),
                                    Addresses::isPublic,
                                    _ -> {})) {
                        assertThat(fetch.fetch(json(uri(url)))).isInstanceOf(Fetched.Refused.class);
                    }
                });
    }

    private static URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            return URI.create("unreadable:" + url.hashCode());
        }
    }

    @Test
    @DisplayName("SSRF-001 SSRF-002 its twin: public addresses and usual names are asked")
    void publicOnes() {
        for (String address :
                List.of("93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "2a00:1450::1")) {
            assertThat(Addresses.isPublic(InetAddress.ofLiteral(address))).as(address).isTrue();
        }
        for (String url :
                List.of(
                        "https://issuer.example/a?b=c",
                        "https://8.8.8.8/",
                        "https://xn--bcher-kva.xn--p1ai/")) {
            assertThat(Target.of(URI.create(url), Set.of())).as(url).isPresent();
        }
    }

    @Test
    @DisplayName(
            "SSRF-003 OAUTH-023 a name is looked up once and the checked address is connected to")
    void rebinding() {
        AtomicInteger lookups = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(tls("good"), _ -> FINE);
                SafeFetch fetch =
                        new SafeFetch(
                                vertx,
                                Set.of(),
                                _ ->
                                        addresses(
                                                lookups.incrementAndGet() == 1
                                                        ? "127.0.0.1"
                                                        : "127.0.0.2"),
                                SafeFetchTest::isFirst,
                                trusting("good"))) {
            assertThat(fetch.fetch(json(https(server, "issuer.test"))))
                    .isInstanceOf(Fetched.Answered.class);
            assertThat(lookups).hasValue(1);
            assertThat(fetch.fetch(json(https(server, "issuer.test"))))
                    .as("now it leads elsewhere")
                    .isInstanceOf(Fetched.Refused.class);
            assertThat(server.got()).hasSize(1);
        }
    }

    @Test
    @DisplayName("SSRF-003 one private address among public ones is enough to refuse")
    void mixed() {
        for (String[] all :
                List.of(
                        new String[] {"127.0.0.1", "10.0.0.1"},
                        new String[] {"127.0.0.1", "::1"},
                        new String[] {})) {
            try (ScriptedServer server = new ScriptedServer(tls("good"), _ -> FINE);
                    SafeFetch fetch =
                            new SafeFetch(
                                    vertx,
                                    Set.of(),
                                    _ -> addresses(all),
                                    SafeFetchTest::isFirst,
                                    trusting("good"))) {
                assertThat(fetch.fetch(json(https(server, "issuer.test"))))
                        .isInstanceOf(Fetched.Refused.class);
                assertThat(server.got()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("SSRF-004 redirects are not followed, and credentials stay")
    void redirects() {
        try (ScriptedServer inside = new ScriptedServer(_ -> FINE)) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                Said there = new Said(status, Map.of("Location", inside.at("/x").toString()), "");
                try (ScriptedServer server = new ScriptedServer(_ -> there);
                        SafeFetch fetch = new SafeFetch(vertx, Set.of(Origin.of(server.at("/"))))) {
                    assertThat(
                                    fetch.fetch(
                                            SafeFetch.Asked.form(
                                                    server.at("/token"),
                                                    Map.of("Authorization", new Secret("Basic x")),
                                                    new Secret("a=b"))))
                            .isInstanceOf(Fetched.Refused.class);
                }
            }
            assertThat(inside.got()).isEmpty();
        }
    }

    @Test
    @DisplayName("SSRF-009 proxies of the environment are not used")
    void proxies() {
        try (ScriptedServer proxy = new ScriptedServer(_ -> FINE);
                ScriptedServer server = new ScriptedServer(_ -> FINE)) {
            String port = Integer.toString(proxy.port());
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", port);
            System.setProperty("http.nonProxyHosts", "");
            try (SafeFetch fetch = new SafeFetch(vertx, Set.of(Origin.of(server.at("/"))))) {
                assertThat(fetch.fetch(json(server.at("/x")))).isInstanceOf(Fetched.Answered.class);
                assertThat(proxy.got()).isEmpty();
                assertThat(server.got()).hasSize(1);
                assertThat(server.got().getFirst().headers())
                        .doesNotContainKeys("proxy", "via", "x-forwarded-for", "cookie");
            } finally {
                List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts")
                        .forEach(System::clearProperty);
            }
        }
    }

    @Test
    void whatIsTooLongOrOfAnotherTypeIsNotTaken() {
        Said page = new Said(200, Map.of("Content-Type", "text/html"), "{}");
        Said untyped = new Said(200, Map.of(), "{}");
        Said huge =
                new Said(
                        200,
                        Map.of("Content-Type", "application/json"),
                        " ".repeat(SafeFetch.LONGEST + 1));
        for (Said said : List.of(page, untyped, huge)) {
            try (ScriptedServer server = new ScriptedServer(_ -> said);
                    SafeFetch fetch = new SafeFetch(vertx, Set.of(Origin.of(server.at("/"))))) {
                assertThat(fetch.fetch(json(server.at("/")))).isInstanceOf(Fetched.Refused.class);
            }
        }
    }

    @Test
    @DisplayName("SSRF-008 a closed port and a forbidden address are answered alike")
    void alike() {
        try (SafeFetch fetch = new SafeFetch(vertx, Set.of())) {
            Fetched forbidden = fetch.fetch(json(URI.create("https://127.0.0.1:1/")));
            try (SafeFetch other =
                    new SafeFetch(
                            vertx,
                            Set.of(),
                            _ -> addresses("127.0.0.1"),
                            SafeFetchTest::isFirst,
                            _ -> {})) {
                assertThat(other.fetch(json(URI.create("https://closed.test:1/"))))
                        .isEqualTo(forbidden);
            }
        }
    }

    @Test
    @DisplayName("CRED-010 a certificate that is not for this name or not trusted is refused")
    void certificatesAreChecked() {
        record Attempt(String server, String trusted, String name, boolean good) {}
        for (Attempt one :
                List.of(
                        new Attempt("good", "good", "issuer.test", true),
                        new Attempt("good", "good", "other.test", false),
                        new Attempt("good", "stranger", "issuer.test", false))) {
            try (ScriptedServer server = new ScriptedServer(tls(one.server()), _ -> FINE);
                    SafeFetch fetch =
                            new SafeFetch(
                                    vertx,
                                    Set.of(),
                                    _ -> addresses("127.0.0.1"),
                                    SafeFetchTest::isFirst,
                                    trusting(one.trusted()))) {
                Fetched fetched = fetch.fetch(json(https(server, one.name())));
                assertThat(fetched instanceof Fetched.Answered)
                        .as(one.toString())
                        .isEqualTo(one.good());
                assertThat(server.got()).hasSize(one.good() ? 1 : 0);
            }
        }
    }
}
