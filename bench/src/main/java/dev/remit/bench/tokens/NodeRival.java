package dev.remit.bench.tokens;

import dev.remit.bench.hop.Processes;
import dev.remit.call.Value;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** node-oidc-provider, with the configuration in {@code src/main/peers}. */
final class NodeRival {
    private static final String NONE = "it has no token exchange";

    private NodeRival() {}

    static Rival start(Path home, Path folder, Path log, int clients) throws Exception {
        List<Client> known = new ArrayList<>();
        List<Value> written = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Client client = Client.fresh("agent-" + i);
            known.add(client);
            written.add(Value.object().put("id", client.id()).put("jwk", client.jwk()).build());
        }
        Path list =
                Files.writeString(folder.resolve("clients.json"), new Value.Items(written).json());
        int port = Processes.freePort();
        Process process =
                Processes.start(
                        List.of(
                                home.resolve("node_modules/node/bin/node").toString(),
                                home.resolve("oidc-provider.mjs").toString(),
                                Integer.toString(port),
                                list.toString()),
                        log);
        String issuer = "http://127.0.0.1:" + port;
        Ready.await(process, URI.create(issuer + "/jwks"));
        Service service =
                new Service(
                        issuer,
                        URI.create(issuer + "/token"),
                        URI.create(issuer + "/token/introspection"),
                        "&resource=urn%3Abench%2Fjwt",
                        "&resource=urn%3Abench%2Fopaque",
                        false,
                        known);
        return new Rival(
                "oidc-provider",
                process,
                service,
                Map.of(Operation.EXCHANGE, NONE, Operation.EXCHANGE_DPOP, NONE));
    }
}
