package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An enrolled agent's instance that shows who it is by its key. */
final class EnrolledClient {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    final DpopSigner key = new DpopSigner(Forgeries.ed25519());
    final String agent;
    private final KnockedGateway gateway;
    private final InstantSource clock;
    private final String id;

    EnrolledClient(KnockedGateway gateway, String agentName, InstantSource clock) {
        this.gateway = gateway;
        this.clock = clock;
        this.id = gateway.enrol(key, gateway.code(agentName)).text("client_id").orElseThrow();
        this.agent = gateway.lastAgent();
    }

    String id() {
        return id;
    }

    HttpResponse<String> post(String path, Map<String, String> asked) {
        return post(path, asked, key);
    }

    /** Posts with its assertion, and a proof of this key. */
    HttpResponse<String> post(String path, Map<String, String> asked, DpopSigner prover) {
        Map<String, String> all = new LinkedHashMap<>(asked);
        all.put("client_assertion_type", ASSERTION_TYPE);
        all.put(
                "client_assertion",
                key.assertion(id, gateway.issuer(), Names.secret(), clock.instant()));
        URI target = URI.create(gateway.issuer() + path);
        return gateway.send(
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "DPoP",
                                prover.proof(
                                        "POST",
                                        target.toString(),
                                        Optional.empty(),
                                        Names.secret(),
                                        clock.instant()))
                        .POST(HttpRequest.BodyPublishers.ofString(PublishedClient.form(all)))
                        .build());
    }

    HttpResponse<String> use(Value.Fields tokens) {
        String token = tokens.text("access_token").orElseThrow();
        return gateway.knock(
                "DPoP " + token,
                List.of(
                        key.proof(
                                "POST",
                                gateway.issuer() + "/mcp",
                                Optional.of(token),
                                Names.secret(),
                                clock.instant())));
    }
}
