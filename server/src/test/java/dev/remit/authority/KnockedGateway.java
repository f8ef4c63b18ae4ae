package dev.remit.authority;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.main.Server;
import dev.remit.store.Archive;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole gateway on a port and a folder of its own, and what it is like to knock at it. */
public final class KnockedGateway implements AutoCloseable {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String CALL =
            """
            {"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path data;
    private final Config config;
    private final Server server;
    private String lastAgent = "";

    public KnockedGateway(Path data) throws IOException {
        this(data, Config.usual().on(Ports.free()));
    }

    public KnockedGateway(Path data, Config config) {
        this(data, config, InstantSource.system());
    }

    public KnockedGateway(Path data, Config config, InstantSource clock) {
        this.data = data;
        this.config = config;
        this.server = new Server(config, data, clock);
    }

    public Config config() {
        return config;
    }

    public Server server() {
        return server;
    }

    public int port() {
        return config.port();
    }

    public Path data() {
        return data;
    }

    /** The id of the agent that was added last. */
    public String lastAgent() {
        return lastAgent;
    }

    public String issuer() {
        return config.publicUrl();
    }

    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        Archive.of(data).read(0, entry -> events.add(entry.event()));
        return events;
    }

    public HttpResponse<String> knock(String authorization, List<String> proofs) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(issuer() + "/mcp"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "server/discover")
                        .POST(HttpRequest.BodyPublishers.ofString(CALL));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        proofs.forEach(proof -> request.header("DPoP", proof));
        return send(request.build());
    }

    public List<String> proof(DpopSigner signer, Optional<String> bound) {
        return List.of(
                signer.proof("POST", issuer() + "/mcp", bound, Names.secret(), Instant.now()));
    }

    public HttpResponse<String> token(String assertion, DpopSigner prover) {
        return token(assertion, prover, Instant.now());
    }

    public HttpResponse<String> token(String assertion, DpopSigner prover, Instant when) {
        String form =
                "grant_type=client_credentials&client_assertion_type="
                        + URLEncoder.encode(ASSERTION_TYPE, StandardCharsets.UTF_8)
                        + "&client_assertion="
                        + assertion;
        URI target = URI.create(issuer() + "/oauth2/token");
        return send(
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "DPoP",
                                prover.proof(
                                        "POST",
                                        target.toString(),
                                        Optional.empty(),
                                        Names.secret(),
                                        when))
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    public Value.Fields enrol(DpopSigner signer, String code) {
        return json(register(signer, code, signer));
    }

    public HttpResponse<String> register(DpopSigner offered, String code, DpopSigner prover) {
        URI target = URI.create(issuer() + "/oauth2/register");
        Value jwks =
                Value.object()
                        .put("keys", new Value.Items(List.of(offered.publicKey().members())))
                        .build();
        return send(
                HttpRequest.newBuilder(target)
                        .header("Authorization", "Bearer " + code)
                        .header(
                                "DPoP",
                                prover.proof(
                                        "POST",
                                        target.toString(),
                                        Optional.empty(),
                                        Names.secret(),
                                        Instant.now()))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Value.object().put("jwks", jwks).build().json()))
                        .build());
    }

    public String code(String name) {
        Value.Fields added = operator("agents/add", Value.object().put("name", name).build());
        lastAgent = added.text("agent").orElseThrow();
        return added.text("code").orElseThrow();
    }

    public Value.Fields operator(String act, Value.Fields asked) {
        return json(askOperator(act, asked));
    }

    /** An act that answers with a list. */
    public List<Value> operatorList(String act) {
        try {
            byte[] said =
                    askOperator(act, Value.Fields.EMPTY).body().getBytes(StandardCharsets.UTF_8);
            return switch (JsonReader.read(said)) {
                case Value.Items(List<Value> items) -> items;
                case Value.Fields page -> page.items("agents");
                case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> List.of();
            };
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> askOperator(String act, Value.Fields asked) {
        try {
            Value.Fields file =
                    JsonReader.readFields(Files.readAllBytes(data.resolve("operator.json")));
            return send(
                    HttpRequest.newBuilder(URI.create(issuer() + "/operator/v1/" + act))
                            .header("Authorization", "Bearer " + file.text("word").orElseThrow())
                            .POST(HttpRequest.BodyPublishers.ofString(asked.json()))
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), config.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static Value.Fields json(HttpResponse<String> answer) {
        try {
            return JsonReader.readFields(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
