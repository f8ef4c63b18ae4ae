package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.testkit.Npm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official conformance suite's {@code auth/*} scenarios for clients, with the gateway as the
 * client: the suite is the upstream and its authorization server, a person agrees there, and an
 * agent calls a tool. Where the gateway is different on purpose stands in {@code
 * auth-differences.txt}, and nowhere else.
 */
final class AuthScenariosTest {
    /** There the gateway must not go on, so that no answer comes to the agent. */
    private static final Set<String> STOPS =
            Set.of(
                    "auth/resource-mismatch",
                    "auth/iss-supported-missing",
                    "auth/iss-wrong-issuer",
                    "auth/iss-unexpected",
                    "auth/iss-normalized",
                    "auth/metadata-issuer-mismatch",
                    "auth/scope-retry-limit");

    private static final String DOCUMENT = "https://conformance-test.local/client-metadata.json";
    private static final Pattern SUMMARY =
            Pattern.compile("(?m)^([\u2713\u2717]) (auth/\\S+): (.*)$");

    @TempDir Path data;
    private final Semaphore atOnce = new Semaphore(3);
    private final AtomicInteger folders = new AtomicInteger();
    private final Map<String, String> wrong = new ConcurrentHashMap<>();

    @BeforeAll
    static void install() {
        Npm.install();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    @Timeout(180)
    void theGatewayAsAClient(String revision) throws Exception {
        Npm.Ran ran = run(revision);
        Map<String, String> failed = new TreeMap<>();
        Set<String> seen = new TreeSet<>();
        Matcher line = SUMMARY.matcher(ran.output());
        while (line.find()) {
            String scenario = line.group(2);
            seen.add(scenario);
            Optional<String> why = Optional.ofNullable(wrong.get(scenario));
            if (line.group(1).equals("\u2717")) {
                failed.put(scenario, line.group(3) + "; " + why.orElse("the call went through"));
            } else if (STOPS.contains(scenario) != why.isPresent()) {
                failed.put(scenario, why.orElse("the gateway went on"));
            }
        }
        assertThat(seen).as(ran.output()).hasSizeGreaterThanOrEqualTo(18);
        Map<String, String> differences = differences(revision);
        assertThat(failed.keySet())
                .as(() -> failed + "\n" + ran.output())
                .isEqualTo(differences.keySet());
    }

    private Npm.Ran run(String revision) throws IOException {
        HttpServer told =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        told.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        told.createContext("/", this::told);
        told.start();
        try {
            return Npm.run(
                    data,
                    Npm.file("@modelcontextprotocol/conformance/dist/index.js"),
                    "client",
                    "--requirements",
                    revision,
                    "--timeout",
                    "45000",
                    "--verbose",
                    "--command",
                    Npm.node() + " " + Npm.script("tell.mjs") + " " + told.getAddress().getPort());
        } finally {
            told.stop(0);
        }
    }

    /** What the suite is told to run: one scenario, by a gateway of its own. */
    private void told(HttpExchange exchange) throws IOException {
        Optional<String> said = Optional.of("not tried");
        String scenario = "";
        try {
            Value.Fields asked = JsonReader.readFields(exchange.getRequestBody().readAllBytes());
            scenario = asked.text("scenario").orElseThrow();
            if (scenario.startsWith("auth/")) {
                atOnce.acquire();
                try {
                    said = act(scenario, asked);
                } finally {
                    atOnce.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            said = Optional.of(e.toString());
        }
        if (said.isPresent()) {
            wrong.put(scenario, said.get());
        }
        byte[] body = said.orElse("called").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.isEmpty() ? 200 : 500, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Optional<String> act(String scenario, Value.Fields asked) throws Exception {
        URI upstream = URI.create(asked.text("url").orElseThrow());
        Value.Fields context = asked.fields("context").orElse(Value.Fields.EMPTY);
        Path folder = data.resolve("gateway-" + folders.incrementAndGet());
        try (UpstreamClient client = new UpstreamClient(folder, upstream)) {
            return switch (scenario) {
                case "auth/client-credentials-basic" ->
                        client.setAndCall(
                                Value.object()
                                        .put("kind", "client-credentials")
                                        .put("token_endpoint", tokenEndpoint(upstream))
                                        .put("client_id", text(context, "client_id"))
                                        .put("secret", text(context, "client_secret"))
                                        .build());
                case "auth/basic-cimd" -> client.consentAndCall(Map.of("client_id", DOCUMENT));
                default -> client.consentAndCall(known(context));
            };
        }
    }

    /** As whom the suite has registered the client, where it has. */
    private static Map<String, String> known(Value.Fields context) {
        Map<String, String> as = new LinkedHashMap<>();
        context.text("client_id").ifPresent(id -> as.put("client_id", id));
        context.text("client_secret").ifPresent(secret -> as.put("secret", secret));
        return as;
    }

    private static String text(Value.Fields fields, String name) {
        return fields.text(name).orElseThrow();
    }

    /** What an operator would look up. */
    private static String tokenEndpoint(URI upstream) throws Exception {
        Value.Fields resource = get(upstream.resolve("/.well-known/oauth-protected-resource/mcp"));
        String issuer = ((Value.Text) resource.items("authorization_servers").getFirst()).value();
        return text(
                get(URI.create(issuer + "/.well-known/oauth-authorization-server")),
                "token_endpoint");
    }

    private static Value.Fields get(URI url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return KnockedGateway.json(
                    http.send(
                            HttpRequest.newBuilder(url).build(),
                            HttpResponse.BodyHandlers.ofString()));
        }
    }

    /** The scenarios that fail on purpose, and why. */
    private static Map<String, String> differences(String revision) {
        try {
            Path file = Path.of("src/test/resources/dev/remit/authority/auth-differences.txt");
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("\\|", 3)))
                    .filter(
                            parts ->
                                    revision.equals(parts.get(1).strip())
                                            || parts.get(1).strip().equals("any"))
                    .collect(
                            Collectors.toMap(
                                    parts -> parts.get(0).strip(), parts -> parts.get(2).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
