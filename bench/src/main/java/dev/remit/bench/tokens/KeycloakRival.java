package dev.remit.bench.tokens;

import dev.remit.bench.hop.Processes;
import dev.remit.call.Value;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keycloak in its production mode: built beforehand, one node with its caches, its database in
 * memory; the realm is imported at the start.
 */
final class KeycloakRival {
    private KeycloakRival() {}

    static Rival start(Path home, Path log, int clients) throws Exception {
        List<Client> known = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            known.add(Client.fresh("agent-" + i));
        }
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(realms.resolve("bench-realm.json"), realm(known).json());
        int port = Processes.freePort();
        Process process =
                Processes.start(
                        List.of(
                                home.resolve("bin/kc.sh").toString(),
                                "start",
                                "--optimized",
                                "--import-realm",
                                "--cache=local",
                                "--http-enabled=true",
                                "--http-host=127.0.0.1",
                                "--http-port=" + port,
                                "--http-management-port=" + Processes.freePort(),
                                "--hostname-strict=false"),
                        log);
        String issuer = "http://127.0.0.1:" + port + "/realms/bench";
        Ready.await(process, URI.create(issuer));
        URI token = URI.create(issuer + "/protocol/openid-connect/token");
        Service service =
                new Service(issuer, token, URI.create(token + "/introspect"), "", "", false, known);
        return new Rival("Keycloak", process, service, Map.of());
    }

    private static Value.Fields realm(List<Client> clients) {
        Value.Fields key =
                Value.object()
                        .put("name", "es256")
                        .put("providerId", "ecdsa-generated")
                        .put(
                                "config",
                                Value.object()
                                        .put("priority", Value.ofTexts(List.of("200")))
                                        .put(
                                                "ecdsaEllipticCurveKey",
                                                Value.ofTexts(List.of("P-256")))
                                        .build())
                        .build();
        List<Value> written = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            Client before = clients.get((i + clients.size() - 1) % clients.size());
            written.add(client(clients.get(i), before));
        }
        return Value.object()
                .put("realm", "bench")
                .put("enabled", true)
                .put("sslRequired", "none")
                .put("defaultSignatureAlgorithm", "ES256")
                .put("accessTokenLifespan", 300)
                .put("clients", new Value.Items(written))
                .put(
                        "components",
                        Value.object()
                                .put("org.keycloak.keys.KeyProvider", new Value.Items(List.of(key)))
                                .build())
                .build();
    }

    /** Its tokens are for itself, so that it may introspect, and for one who may exchange them. */
    private static Value.Fields client(Client client, Client exchanging) {
        String keys =
                Value.object().put("keys", new Value.Items(List.of(client.jwk()))).build().json();
        return Value.object()
                .put("clientId", client.id())
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("fullScopeAllowed", false)
                .put("clientAuthenticatorType", "client-jwt")
                .put("defaultClientScopes", new Value.Items(List.of()))
                .put("optionalClientScopes", new Value.Items(List.of()))
                .put(
                        "attributes",
                        Value.object()
                                .put("use.jwks.string", "true")
                                .put("jwks.string", keys)
                                .put("token.endpoint.auth.signing.alg", "ES256")
                                .put("access.token.signed.response.alg", "ES256")
                                .put("standard.token.exchange.enabled", "true")
                                .build())
                .put(
                        "protocolMappers",
                        new Value.Items(List.of(audience(client.id()), audience(exchanging.id()))))
                .build();
    }

    private static Value audience(String client) {
        return Value.object()
                .put("name", "for " + client)
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper")
                .put(
                        "config",
                        Value.object()
                                .put("included.client.audience", client)
                                .put("access.token.claim", "true")
                                .put("introspection.token.claim", "true")
                                .build())
                .build();
    }
}
