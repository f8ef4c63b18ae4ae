package dev.remit.bench.tokens;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server as the load needs to know it.
 *
 * @param issuer whom the clients' assertions are for
 * @param issuing what is added to a request for a token that is measured
 * @param asking what is added to a request for a token that is introspected
 * @param alwaysProves whether every token needs a proof
 */
record Service(
        String issuer,
        URI token,
        URI introspection,
        String issuing,
        String asking,
        boolean alwaysProves,
        List<Client> clients) {
    Service {
        clients = List.copyOf(clients);
    }

    void write(Path file) throws Exception {
        Value.Fields written =
                Value.object()
                        .put("issuer", issuer)
                        .put("token", token.toString())
                        .put("introspection", introspection.toString())
                        .put("issuing", issuing)
                        .put("asking", asking)
                        .put("always_proves", alwaysProves)
                        .put(
                                "clients",
                                new Value.Items(
                                        clients.stream()
                                                .map(client -> (Value) client.write())
                                                .toList()))
                        .build();
        Files.writeString(file, written.json());
    }

    static Service read(Path file) throws Exception {
        Value.Fields written = JsonReader.readFields(Files.readAllBytes(file));
        List<Client> clients = new ArrayList<>();
        for (Value one : written.items("clients")) {
            if (one instanceof Value.Fields client) {
                clients.add(Client.read(client));
            }
        }
        return new Service(
                written.text("issuer").orElseThrow(),
                URI.create(written.text("token").orElseThrow()),
                URI.create(written.text("introspection").orElseThrow()),
                written.text("issuing").orElseThrow(),
                written.text("asking").orElseThrow(),
                written.get("always_proves").equals(java.util.Optional.of(Value.of(true))),
                clients);
    }
}
