package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.decision.intent.Mode;
import dev.remit.decision.intent.Modes;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Origin;
import dev.remit.main.IntentSettings;
import dev.remit.main.Names;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A gateway before one upstream that wants OAuth, with an agent that calls a tool there and a
 * person who agrees to that at the upstream's own authorization server.
 */
final class UpstreamClient implements AutoCloseable {
    /** Others' servers on this machine, at ports that are known only when they have started. */
    private static final List<Origin> ON_THIS_MACHINE =
            IntStream.range(1_024, 65_536)
                    .mapToObj(port -> new Origin("http", "localhost", port))
                    .toList();

    private static final String ASK_AGAIN = "agree";
    private static final int MOST = 3;

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final DpopSigner key = new DpopSigner(Forgeries.ed25519());
    private final ConsentRig rig;
    private final String client;

    UpstreamClient(Path data, URI upstream) throws IOException {
        rig =
                ConsentRig.open(
                        data,
                        InstantSource.system(),
                        config ->
                                config.trusting(alsoThere(config.trusted()))
                                        .withIntent(IntentSettings.of(Modes.of(Mode.OBSERVE)))
                                        .with(
                                                List.of(
                                                        new UpstreamSettings.Http(
                                                                "up",
                                                                upstream,
                                                                Map.of(),
                                                                UpstreamSettings.Terms.USUAL))));
        KnockedGateway gateway = rig.gateway();
        client = gateway.enrol(key, gateway.code("worker")).text("client_id").orElseThrow();
        gateway.operator(
                "mandates/new",
                Value.object()
                        .put("agent", gateway.lastAgent())
                        .put("task", "try the tool")
                        .put("lives", "PT1H")
                        .put(
                                "permissions",
                                new Value.Items(
                                        List.of(Value.object().put("tool", "up.*").build())))
                        .build());
    }

    private static List<Origin> alsoThere(List<Origin> already) {
        List<Origin> all = new ArrayList<>(already);
        all.addAll(ON_THIS_MACHINE);
        return all;
    }

    /**
     * Has the person agree, and the agent call the tool; again each time that the agent is told
     * that the person has to agree again. Returns what went wrong, if anything did.
     *
     * @param as the client as which the gateway is known there, if it is to be told
     */
    Optional<String> consentAndCall(Map<String, String> as) throws Exception {
        String last = "";
        for (int times = 0; times < MOST; times++) {
            Optional<String> refused = consent(as);
            if (refused.isPresent()) {
                return refused;
            }
            last = call();
            if (last.isEmpty()) {
                return Optional.empty();
            }
            if (!last.contains(ASK_AGAIN)) {
                return Optional.of(last);
            }
        }
        return Optional.of(last);
    }

    /** Keeps a credential of the gateway's own, and has the agent call the tool. */
    Optional<String> setAndCall(Value.Fields credential) {
        Value.Fields set =
                rig.gateway()
                        .operator("credentials/set", credential.with("upstream", Value.of("up")));
        if (set.text("credential").isEmpty()) {
            return Optional.of(set.json());
        }
        return Optional.of(call()).filter(said -> !said.isEmpty());
    }

    private Optional<String> consent(Map<String, String> as) throws Exception {
        Value.Building asked = Value.object().put("upstream", "up");
        as.forEach(asked::put);
        Value.Fields begun = rig.gateway().operator("credentials/consent", asked.build());
        Optional<URI> page = begun.text("open").map(URI::create);
        if (page.isEmpty()) {
            return Optional.of(begun.json());
        }
        HttpResponse<String> there =
                http.send(
                        HttpRequest.newBuilder(page.get()).build(),
                        HttpResponse.BodyHandlers.ofString());
        URI back = URI.create(there.headers().firstValue("Location").orElse("/nowhere"));
        HttpResponse<String> here =
                rig.client().visitor().get(back.getRawPath() + "?" + back.getRawQuery());
        return here.statusCode() == 200 ? Optional.empty() : Optional.of(here.body());
    }

    /** What went wrong; nothing if the tool's answer came. */
    private String call() {
        String assertion =
                key.assertion(client, rig.gateway().issuer(), Names.secret(), Instant.now());
        String token = Crew.token(rig.gateway().token(assertion, key));
        HttpResponse<String> listed = send(token, "tools/list", "");
        if (!listed.body().contains("test-tool")) {
            return "list: " + listed.body();
        }
        HttpResponse<String> called = send(token, "tools/call", "test-tool");
        boolean answered =
                called.statusCode() == 200
                        && called.body().contains("\"text\":\"test\"")
                        && !called.body().contains("\"isError\":true");
        return answered ? "" : "call: " + called.body();
    }

    private HttpResponse<String> send(String token, String method, String tool) {
        String proof =
                key.proof(
                        "POST",
                        rig.gateway().issuer() + "/mcp/up",
                        Optional.of(token),
                        Names.secret(),
                        Instant.now());
        return BearerTest.send(rig, "/mcp/up", "DPoP " + token, List.of(proof), method, tool);
    }

    @Override
    public void close() {
        rig.close();
    }
}
