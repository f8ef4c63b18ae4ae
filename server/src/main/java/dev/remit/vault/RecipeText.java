package dev.remit.vault;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A recipe as the bytes that are sealed. */
final class RecipeText {
    private RecipeText() {}

    static byte[] write(Recipe recipe) {
        Value.Fields fields =
                switch (recipe) {
                    case Recipe.Header(String name, String template, Secret secret) ->
                            Value.object()
                                    .put("is", "header")
                                    .put("name", name)
                                    .put("template", template)
                                    .put("secret", secret.reveal())
                                    .build();
                    case Recipe.Basic(String user, Secret password) ->
                            Value.object()
                                    .put("is", "basic")
                                    .put("user", user)
                                    .put("password", password.reveal())
                                    .build();
                    case Recipe.ClientCredentials own ->
                            client("client-credentials", own.client())
                                    .putIf("scope", own.scope().map(Value::of))
                                    .putIf("resource", own.resource().map(Value::of))
                                    .build();
                    case Recipe.Exchange exchange ->
                            client("exchange", exchange.client())
                                    .put("subject_token", exchange.subjectToken().reveal())
                                    .put("subject_token_type", exchange.subjectTokenType())
                                    .putIf("audience", exchange.audience().map(Value::of))
                                    .putIf("scope", exchange.scope().map(Value::of))
                                    .putIf("resource", exchange.resource().map(Value::of))
                                    .build();
                    case Recipe.Consented agreed ->
                            client("consented", agreed.client())
                                    .put("resource", agreed.resource())
                                    .put("scope", String.join(" ", agreed.scope()))
                                    .put("access", agreed.access().reveal())
                                    .put("until", agreed.until().toString())
                                    .putIf(
                                            "refresh",
                                            agreed.refresh().map(Secret::reveal).map(Value::of))
                                    .build();
                };
        return JsonWriter.plain(fields);
    }

    private static Value.Building client(String is, Client client) {
        return Value.object()
                .put("is", is)
                .put("token_endpoint", client.tokenEndpoint().toString())
                .put("client_id", client.id())
                .put("manner", client.manner().name())
                .putIf("client_secret", client.secret().map(Secret::reveal).map(Value::of));
    }

    static Recipe read(byte[] bytes) {
        try {
            Value.Fields fields = JsonReader.readFields(bytes);
            return switch (get(fields, "is")) {
                case "header" ->
                        new Recipe.Header(
                                get(fields, "name"),
                                get(fields, "template"),
                                new Secret(get(fields, "secret")));
                case "basic" ->
                        new Recipe.Basic(get(fields, "user"), new Secret(get(fields, "password")));
                case "client-credentials" ->
                        new Recipe.ClientCredentials(
                                client(fields), fields.text("scope"), fields.text("resource"));
                case "exchange" ->
                        new Recipe.Exchange(
                                client(fields),
                                new Secret(get(fields, "subject_token")),
                                get(fields, "subject_token_type"),
                                fields.text("audience"),
                                fields.text("scope"),
                                fields.text("resource"));
                case "consented" ->
                        new Recipe.Consented(
                                client(fields),
                                get(fields, "resource"),
                                get(fields, "scope").isEmpty()
                                        ? List.of()
                                        : List.of(get(fields, "scope").split(" ", -1)),
                                new Secret(get(fields, "access")),
                                Instant.parse(get(fields, "until")),
                                fields.text("refresh").map(Secret::new));
                default -> throw new IllegalStateException("a sealed content of no known kind");
            };
        } catch (MalformedJson e) {
            throw new IllegalStateException("a sealed content cannot be read", e);
        }
    }

    private static Client client(Value.Fields fields) {
        return new Client(
                URI.create(get(fields, "token_endpoint")),
                get(fields, "client_id"),
                fields.text("client_secret").map(Secret::new),
                Client.Manner.valueOf(get(fields, "manner")));
    }

    private static String get(Value.Fields fields, String name) {
        Optional<String> text = fields.text(name);
        return text.orElseThrow(
                () -> new IllegalStateException("a sealed content lacks its " + name));
    }
}
