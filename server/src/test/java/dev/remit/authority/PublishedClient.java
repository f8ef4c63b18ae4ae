package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import dev.remit.people.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client that nobody registered: it publishes what it is, and has a key and nothing else. */
final class PublishedClient implements AutoCloseable {
    static final String REDIRECT = "http://127.0.0.1/callback";
    static final String WISH =
            """
            [{"type":"mandate","task":"update the agenda","lives":"PT1H",\
            "permissions":[{"tool":"docs.edit","arguments":{"path":{"path_below":"/agendas"}}}]}]""";
    private static final Pattern FIELD =
            Pattern.compile("<input[^>]*name=\"([^\"]+)\" value=\"([^\"]+)\"[^>]*>");
    private static final Pattern SELECT =
            Pattern.compile("<select[^>]*name=\"([^\"]+)\"[^>]*><option value=\"([^\"]+)\"");

    final DpopSigner key = new DpopSigner(Forgeries.ed25519());
    final String verifier = Names.longSecret() + "A".repeat(20);
    private final KnockedGateway gateway;
    private final Visitor visitor;
    private final HttpServer documents;
    private final InstantSource clock;
    private final String id;

    /**
     * @param visitor somebody who has signed in
     */
    PublishedClient(
            KnockedGateway gateway, Visitor visitor, HttpServer documents, InstantSource clock) {
        this.clock = clock;
        this.gateway = gateway;
        this.visitor = visitor;
        this.documents = documents;
        this.id = alsoAt("/client.json");
    }

    /** Another client that says the same of itself; returns its id. */
    String alsoAt(String path) {
        return alsoAt(path, Map.of("token_endpoint_auth_method", Value.of("none")));
    }

    /** Another client with this in its document; returns its id. */
    String alsoAt(String path, Map<String, Value> more) {
        String other = at(path);
        Value.Building document =
                Value.object()
                        .put("client_id", other)
                        .put("client_name", "Bank of Everything")
                        .put("redirect_uris", Value.ofTexts(List.of(REDIRECT)));
        more.forEach(document::put);
        serve(documents, path, document.build().json());
        return other;
    }

    /** From now on this client says something else of itself. */
    void republish(Map<String, Value> more) {
        documents.removeContext("/client.json");
        alsoAt("/client.json", more);
    }

    /** A JWK Set of this key alone, at an address; returns the address. */
    String keysAt(String path, DpopSigner one) {
        serve(documents, path, jwks(one).json());
        return at(path);
    }

    static Value.Fields jwks(DpopSigner one) {
        return Value.object()
                .put("keys", new Value.Items(List.of(one.publicKey().members())))
                .build();
    }

    private String at(String path) {
        return "http://127.0.0.1:" + documents.getAddress().getPort() + path;
    }

    static HttpServer server() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    static void serve(HttpServer server, String path, String json) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    Visitor visitor() {
        return visitor;
    }

    String id() {
        return id;
    }

    /** What a request for a code says, unless a test says otherwise. */
    Map<String, String> usual() {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("response_type", "code");
        asked.put("client_id", id);
        asked.put("redirect_uri", "http://127.0.0.1:4711/callback");
        asked.put("state", "s-1");
        asked.put("code_challenge", challenge(verifier));
        asked.put("code_challenge_method", "S256");
        asked.put("resource", gateway.issuer() + "/mcp");
        asked.put("authorization_details", WISH);
        return asked;
    }

    static String challenge(String verifier) {
        return Digest.of(verifier.getBytes(StandardCharsets.US_ASCII)).base64Url();
    }

    HttpResponse<String> page(Map<String, String> asked) {
        return visitor.get("/oauth2/authorize?" + form(asked));
    }

    HttpResponse<String> page(URI address) {
        return visitor.get(address.getRawPath() + "?" + address.getRawQuery());
    }

    HttpResponse<String> answer(HttpResponse<String> page, String answer) {
        return answer(visitor, page, answer);
    }

    static HttpResponse<String> answer(Visitor visitor, HttpResponse<String> page, String answer) {
        Optional<Visitor.ToSign> toSign = Visitor.toSign(page);
        if (answer.equals("allow") && toSign.isPresent()) {
            return visitor.sign(toSign.get());
        }
        Map<String, String> said = filledIn(page);
        assertThat(said).as(page.body()).containsKeys("form", "request");
        said.put("answer", answer);
        return visitor.postForm("/oauth2/authorize", form(said));
    }

    /** What a browser would send of the form on this page, but for the button. */
    static Map<String, String> filledIn(HttpResponse<String> page) {
        Map<String, String> said = new LinkedHashMap<>();
        FIELD.matcher(page.body())
                .results()
                .filter(one -> !one.group().contains("checkbox") || one.group().contains("checked"))
                .forEach(one -> said.put(one.group(1), one.group(2)));
        SELECT.matcher(page.body()).results().forEach(one -> said.put(one.group(1), one.group(2)));
        return said;
    }

    /** The whole way to a code. */
    String code(Map<String, String> asked) {
        return back(answer(page(asked), "allow")).getOrDefault("code", "");
    }

    /** What the client's redirect address is told. */
    static Map<String, String> back(HttpResponse<String> answer) {
        URI to = address(answer);
        assertThat(to.toString()).startsWith("http://127.0.0.1:4711/callback?");
        Map<String, String> said = new HashMap<>();
        for (String pair : to.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            said.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return said;
    }

    /** Where the browser goes with this answer: it is sent there, or our script goes there. */
    static URI address(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 303);
        return URI.create(
                answer.statusCode() == 303
                        ? answer.headers().firstValue("Location").orElseThrow()
                        : Visitor.json(answer).text("to").orElseThrow());
    }

    Map<String, String> byCode(String code) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("grant_type", "authorization_code");
        asked.put("client_id", id);
        asked.put("code", code);
        asked.put("redirect_uri", "http://127.0.0.1:4711/callback");
        asked.put("code_verifier", verifier);
        asked.put("resource", gateway.issuer() + "/mcp");
        return asked;
    }

    Map<String, String> byRefresh(Value.Fields tokens) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("grant_type", "refresh_token");
        asked.put("client_id", id);
        asked.put("refresh_token", tokens.text("refresh_token").orElseThrow());
        return asked;
    }

    HttpResponse<String> post(String path, Map<String, String> asked, Optional<DpopSigner> prover) {
        URI target = URI.create(gateway.issuer() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(asked)));
        prover.ifPresent(
                one ->
                        request.header(
                                "DPoP",
                                one.proof(
                                        "POST",
                                        target.toString(),
                                        Optional.empty(),
                                        Names.secret(),
                                        clock.instant())));
        return gateway.send(request.build());
    }

    HttpResponse<String> token(Map<String, String> asked) {
        return post("/oauth2/token", asked, Optional.of(key));
    }

    /** Uses an access token with this client's key. */
    HttpResponse<String> use(Value.Fields tokens) {
        String token = tokens.text("access_token").orElseThrow();
        return gateway.knock("DPoP " + token, gateway.proof(key, Optional.of(token)));
    }

    static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(
                        one ->
                                one.getKey()
                                        + "="
                                        + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        documents.stop(0);
    }
}
