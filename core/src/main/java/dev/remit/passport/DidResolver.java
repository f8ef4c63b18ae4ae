package dev.remit.passport;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys that may speak for a {@link Did}: those of its {@code assertionMethod}. */
public final class DidResolver {
    private static final int MOST_KEYS = 16;

    private final Documents documents;

    public DidResolver(Documents documents) {
        this.documents = documents;
    }

    /** The keys now; empty if they cannot be had. */
    public Optional<List<Jwk>> keys(Did did) {
        return switch (did) {
            case Did.OfKey(_, Jwk key) -> Optional.of(List.of(key));
            case Did.OfWeb web ->
                    documents
                            .get(
                                    web.document(),
                                    "application/json",
                                    "application/did+json",
                                    "application/did+ld+json",
                                    "application/did")
                            .flatMap(document -> read(document, web.text()));
        };
    }

    private static Optional<List<Jwk>> read(byte[] json, String did) {
        try {
            Value.Fields document = JsonReader.readFields(json);
            return document.text("id").equals(Optional.of(did))
                    ? Optional.of(asserting(document, did))
                    : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private static List<Jwk> asserting(Value.Fields document, String did) {
        List<Jwk> keys = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Value one : document.items("assertionMethod")) {
            switch (one) {
                case Value.Text(String id) -> named.add(id.startsWith("#") ? did + id : id);
                case Value.Fields method -> key(method, did).ifPresent(keys::add);
                case Value.Num _, Value.Flag _, Value.Nothing _, Value.Items _ -> {}
            }
        }
        for (Value one : document.items("verificationMethod")) {
            if (one instanceof Value.Fields method) {
                String id = method.text("id").orElse("");
                if (named.contains(id.startsWith("#") ? did + id : id)) {
                    key(method, did).ifPresent(keys::add);
                }
            }
        }
        return keys.size() > MOST_KEYS ? List.of() : List.copyOf(keys);
    }

    private static Optional<Jwk> key(Value.Fields method, String did) {
        if (!method.text("controller").equals(Optional.of(did))) {
            return Optional.empty();
        }
        return method.fields("publicKeyJwk")
                .flatMap(Jwk::of)
                .or(() -> method.text("publicKeyMultibase").flatMap(DidResolver::multikey));
    }

    private static Optional<Jwk> multikey(String text) {
        try {
            return Did.Multikey.read(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
