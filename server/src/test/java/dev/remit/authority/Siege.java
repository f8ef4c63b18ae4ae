package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole gateway with an upstream, an agent that may call it, and everything a thief may have. */
final class Siege implements AutoCloseable {
    private static final String CALL =
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"TOOL","arguments":{},\
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    final FakeHttpServer upstream = new FakeHttpServer();
    final DpopSigner otherKey = new DpopSigner(Forgeries.ed25519());
    final DpopSigner key;
    final KnockedGateway gateway;
    final String client;
    final String agent;

    Siege(Path data, DpopSigner key) throws IOException {
        this(data, Config.usual().on(Ports.free()), InstantSource.system(), key);
    }

    Siege(Path data, Config config, InstantSource clock, DpopSigner key) {
        this.key = key;
        gateway =
                new KnockedGateway(
                        data, config.with(List.of(upstream.settings("desk", Map.of()))), clock);
        List<Value> known = gateway.operatorList("agents/list");
        if (!known.isEmpty()) { // the same folder again
            Value.Fields worker =
                    gateway.operator("agents/show", Value.object().put("agent", "worker").build());
            agent = worker.text("agent").orElseThrow();
            Value.Fields instance = (Value.Fields) worker.items("instances").getFirst();
            client = instance.text("instance").orElseThrow();
            return;
        }
        client = gateway.enrol(key, gateway.code("worker")).text("client_id").orElseThrow();
        agent = gateway.lastAgent();
        Value.Fields echo = Value.object().put("tool", "desk.echo").build();
        gateway.operator(
                "mandates/new",
                Value.object()
                        .put("agent", agent)
                        .put("task", "echo it again")
                        .put("lives", "PT1H")
                        .put("permissions", new Value.Items(List.of(echo)))
                        .build());
    }

    /** A place that asks for a token and a proof. */
    enum Endpoint {
        ALL_UPSTREAMS("POST", "/mcp"),
        ONE_UPSTREAM("POST", "/mcp/desk"),
        LISTENING("GET", "/mcp/desk"),
        ENDING("DELETE", "/mcp");

        final String method;
        final String path;

        Endpoint(String method, String path) {
            this.method = method;
            this.path = path;
        }
    }

    String token() {
        return KnockedGateway.json(gateway.token(assertion(), key))
                .text("access_token")
                .orElseThrow();
    }

    String assertion() {
        return key.assertion(client, gateway.issuer(), Names.secret(), Instant.now());
    }

    String target(Endpoint at) {
        return gateway.issuer() + at.path;
    }

    /** The proof that belongs to this token here and now. */
    String proof(Endpoint at, String token) {
        return key.proof(at.method, target(at), Optional.of(token), Names.secret(), Instant.now());
    }

    /** Tries to make a call, or whatever the endpoint is for. */
    HttpRequest request(Endpoint at, List<String> authorizations, List<String> proofs) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(target(at)))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "tools/call")
                        .header("Mcp-Name", tool(at));
        authorizations.forEach(one -> request.header("Authorization", one));
        proofs.forEach(one -> request.header("DPoP", one));
        HttpRequest.BodyPublisher body =
                at.method.equals("POST")
                        ? HttpRequest.BodyPublishers.ofString(CALL.replace("TOOL", tool(at)))
                        : HttpRequest.BodyPublishers.noBody();
        return request.method(at.method, body).build();
    }

    private static String tool(Endpoint at) {
        return at == Endpoint.ONE_UPSTREAM ? "echo" : "desk__echo";
    }

    HttpResponse<String> call(Endpoint at, String token, String proof) {
        return gateway.send(request(at, List.of("DPoP " + token), List.of(proof)));
    }

    /** What the operator sees of the books. */
    List<Value> books() {
        return List.of(
                new Value.Items(gateway.operatorList("agents/list")),
                new Value.Items(
                        gateway.operatorList("mandates/list").stream()
                                .map(Siege::withoutTimeLeft)
                                .toList()));
    }

    /** A card says how much time is left, which changes by itself. */
    private static Value withoutTimeLeft(Value mandate) {
        return mandate instanceof Value.Fields fields ? fields.without("card") : mandate;
    }

    @Override
    public void close() {
        gateway.close();
        upstream.close();
    }
}
