package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Agents beside the besieged one, and what they can ask the token endpoint for. */
final class Crew {
    static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    final Siege siege;
    final Member worker;

    Crew(Siege siege) {
        this.siege = siege;
        this.worker = new Member(siege.agent, siege.client, siege.key);
    }

    /** One instance. */
    record Member(String agent, String client, DpopSigner key) {}

    /** An instance of a new agent. */
    Member join(String name) {
        return enrol(siege.gateway.code(name), siege.gateway.lastAgent());
    }

    /** Another instance of the same agent. */
    Member another(Member of) {
        Value.Fields answer =
                siege.gateway.operator(
                        "agents/code", Value.object().put("agent", of.agent()).build());
        return enrol(answer.text("code").orElseThrow(), of.agent());
    }

    private Member enrol(String code, String agent) {
        DpopSigner key = new DpopSigner(Forgeries.ed25519());
        return new Member(
                agent, siege.gateway.enrol(key, code).text("client_id").orElseThrow(), key);
    }

    /** Gives the member a mandate for these tools, which it may pass on to these. */
    String mandate(Member to, List<String> tools, Member... delegates) {
        List<Value> permissions =
                tools.stream()
                        .map(tool -> (Value) Value.object().put("tool", tool).build())
                        .toList();
        Value.Building asked =
                Value.object()
                        .put("agent", to.agent())
                        .put("task", "echo it again, with help")
                        .put("lives", "PT1H")
                        .put(
                                "limits",
                                Value.object().put("strikes", 100).build()) // tried on purpose
                        .put("permissions", new Value.Items(permissions));
        if (delegates.length > 0) {
            asked.put("delegates", Value.ofTexts(Stream.of(delegates).map(Member::agent).toList()));
        }
        return siege.gateway.operator("mandates/new", asked.build()).text("id").orElseThrow();
    }

    Map<String, String> authenticated(Member by) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put(
                "client_assertion",
                by.key()
                        .assertion(
                                by.client(),
                                siege.gateway.issuer(),
                                Names.secret(),
                                Instant.now()));
        return form;
    }

    Map<String, String> exchange(Member by, String subject) {
        Map<String, String> form = authenticated(by);
        form.put("grant_type", EXCHANGE);
        form.put("subject_token", subject);
        form.put("subject_token_type", ACCESS_TOKEN);
        return form;
    }

    HttpRequest request(Member by, Map<String, String> form) {
        return request(by.key(), PublishedClient.form(form));
    }

    HttpRequest request(DpopSigner key, String form) {
        String target = siege.gateway.issuer() + "/oauth2/token";
        return HttpRequest.newBuilder(URI.create(target))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "DPoP",
                        key.proof("POST", target, Optional.empty(), Names.secret(), Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    HttpResponse<String> send(Member by, Map<String, String> form) {
        return siege.gateway.send(request(by, form));
    }

    /** A token in the member's own name. */
    String own(Member of) {
        Map<String, String> form = authenticated(of);
        form.put("grant_type", "client_credentials");
        return token(send(of, form));
    }

    /** The token that the member gets for another's. */
    String pass(String token, Member to) {
        return token(send(to, exchange(to, token)));
    }

    /** Has the member revoke its own tokens (RFC 7009). */
    void revokeTokens(Member of) {
        Map<String, String> form = authenticated(of);
        form.put("token", own(of));
        siege.gateway.send(
                HttpRequest.newBuilder(URI.create(siege.gateway.issuer() + "/oauth2/revoke"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(PublishedClient.form(form)))
                        .build());
    }

    static String token(HttpResponse<String> answer) {
        return KnockedGateway.json(answer)
                .text("access_token")
                .orElseThrow(() -> new IllegalStateException(answer.body()));
    }

    /** Whether the call of a tool reached the upstream. */
    boolean calls(Member by, String token, String tool) {
        int before = siege.upstream.calls().size();
        call(by, token, tool);
        return siege.upstream.calls().size() > before;
    }

    HttpResponse<String> call(Member by, String token, String tool) {
        String target = siege.gateway.issuer() + "/mcp/desk";
        String body =
                """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{},\
                "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
                "io.modelcontextprotocol/clientCapabilities":{}}}}"""
                        .formatted(tool);
        return siege.gateway.send(
                HttpRequest.newBuilder(URI.create(target))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "tools/call")
                        .header("Mcp-Name", tool)
                        .header("Authorization", "DPoP " + token)
                        .header(
                                "DPoP",
                                by.key()
                                        .proof(
                                                "POST",
                                                target,
                                                Optional.of(token),
                                                Names.secret(),
                                                Instant.now()))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }
}
