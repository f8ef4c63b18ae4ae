package dev.remit.bench.hop;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An agent as a gateway knows it: added, enrolled and given a mandate over its own doors. */
public final class Enrolment {
    private static final String ASSERTION =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final URI gateway;
    private final DpopSigner signer;
    private final String client;

    private Enrolment(URI gateway, DpopSigner signer, String client) {
        this.gateway = gateway;
        this.signer = signer;
        this.client = client;
    }

    /** Enrols an agent at the gateway that works in this data folder. */
    static Enrolment at(Path data, String name) throws Exception {
        Value.Fields door =
                JsonReader.readFields(Files.readAllBytes(data.resolve("operator.json")));
        URI gateway = URI.create(door.text("gateway").orElseThrow());
        String word = door.text("word").orElseThrow();
        Value.Fields added =
                act(gateway, word, "agents/add", Value.object().put("name", name).build());
        act(gateway, word, "mandates/new", mandate(name, List.of()));
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        DpopSigner signer = new DpopSigner(keys);
        return new Enrolment(gateway, signer, enrol(gateway, added, signer));
    }

    /** Enrols this key with an added agent's code, and gives the name that it then has. */
    public static String enrol(URI gateway, Value.Fields added, DpopSigner signer)
            throws Exception {
        Value.Items jwks = new Value.Items(List.of(signer.publicKey().members()));
        Value.Fields body =
                Value.object().put("jwks", Value.object().put("keys", jwks).build()).build();
        Value.Fields enrolled =
                post(
                        gateway.resolve("/oauth2/register"),
                        Map.of(
                                "Authorization",
                                "Bearer " + added.text("code").orElseThrow(),
                                "DPoP",
                                proof(signer, gateway + "/oauth2/register", Optional.empty())),
                        "application/json",
                        body.json());
        return enrolled.text("client_id").orElseThrow();
    }

    /** What is asked for a mandate over the doors, which may be passed on to these agents. */
    public static Value.Fields mandate(String name, List<String> delegates) {
        Value.Fields editing =
                Value.object()
                        .put("tool", Gateway.UPSTREAM + ".edit")
                        .put(
                                "arguments",
                                Value.object()
                                        .put(
                                                "path",
                                                Value.object()
                                                        .put("path_below", "/agendas")
                                                        .build())
                                        .put("text", Value.object().put("any", true).build())
                                        .build())
                        .build();
        return Value.object()
                .put("agent", name)
                .put("task", "update the agenda")
                .put("lives", "PT1H")
                .put("delegates", Value.ofTexts(delegates))
                .put("permissions", new Value.Items(List.of(editing)))
                .build();
    }

    /** A fresh access token. */
    String token() throws Exception {
        String form =
                "grant_type=client_credentials&client_assertion_type="
                        + URLEncoder.encode(ASSERTION, StandardCharsets.UTF_8)
                        + "&client_assertion="
                        + signer.assertion(
                                client, gateway.toString(), Names.fresh(), Instant.now());
        Value.Fields answer =
                post(
                        gateway.resolve("/oauth2/token"),
                        Map.of("DPoP", proof(signer, gateway + "/oauth2/token", Optional.empty())),
                        "application/x-www-form-urlencoded",
                        form);
        return answer.text("access_token").orElseThrow();
    }

    /** A fresh proof for one call. */
    String proof(String target, String token) {
        return proof(signer, target, Optional.of(token));
    }

    private static String proof(DpopSigner signer, String target, Optional<String> token) {
        return signer.proof("POST", target, token, Names.fresh(), Instant.now());
    }

    /** One of the operator's acts. */
    public static Value.Fields act(URI gateway, String word, String act, Value.Fields asked)
            throws Exception {
        return post(
                gateway.resolve("/operator/v1/" + act),
                Map.of("Authorization", "Bearer " + word),
                "application/json",
                asked.json());
    }

    private static Value.Fields post(
            URI target, Map<String, String> headers, String type, String body)
            throws IOException, InterruptedException, MalformedJson {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        target
                                + " answered "
                                + new String(response.body(), StandardCharsets.UTF_8));
            }
            return JsonReader.readFields(response.body());
        }
    }
}
