package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.identity.AccountText;
import dev.remit.identity.Role;
import dev.remit.identity.Secret;
import dev.remit.people.ProviderSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code people}: the providers that an organisation's people sign in with. */
final class ProviderReader {
    private static final List<String> PROVIDER =
            List.of(
                    "label",
                    "issuer",
                    "client_id",
                    "client_secret",
                    "scopes",
                    "acr",
                    "groups_claim",
                    "roles");

    private final ConfigReader reader;

    ProviderReader(ConfigReader reader) {
        this.reader = reader;
    }

    List<ProviderSettings> providers(Value.Fields people) {
        reader.only(people, "/people", List.of("providers"));
        Value.Fields providers = reader.fields(people, "/people", "providers");
        List<ProviderSettings> read = new ArrayList<>();
        for (String name : providers.values().keySet()) {
            String path = "/people/providers/" + name;
            if (!name.matches("[a-z0-9-]{1,40}")) {
                throw reader.refused(path, "a provider's name is 1 to 40 of a-z, 0-9 and -");
            }
            Value.Fields provider = reader.fields(providers, "/people/providers", name);
            reader.only(provider, path, PROVIDER);
            read.add(provider(name, path, provider));
        }
        return read;
    }

    private ProviderSettings provider(String name, String path, Value.Fields provider) {
        List<String> scopes = new ArrayList<>();
        for (Value scope : provider.items("scopes")) {
            scopes.add(reader.scalar(scope, path + "/scopes"));
        }
        if (scopes.isEmpty()) {
            scopes.addAll(List.of("openid", "profile"));
        }
        if (!scopes.contains("openid")) {
            throw reader.refused(path + "/scopes", "`scopes` has `openid` in it");
        }
        return new ProviderSettings(
                name,
                reader.text(provider, path, "label").orElse(name),
                issuer(needed(provider, path, "issuer"), path + "/issuer"),
                needed(provider, path, "client_id"),
                secret(provider, path),
                scopes,
                provider.get("acr")
                        .map(acr -> DemandReader.words(reader, acr, path + "/acr"))
                        .orElse(List.of()),
                reader.text(provider, path, "groups_claim").orElse("groups"),
                roles(reader.fields(provider, path, "roles"), path + "/roles"));
    }

    private Optional<Secret> secret(Value.Fields provider, String path) {
        Optional<String> written = reader.text(provider, path, "client_secret");
        Optional<String> word =
                written.map(one -> reader.expand(one, path + "/client_secret", "client_secret"));
        if (word.isPresent() && word.equals(written)) {
            reader.warn(
                    path + "/client_secret",
                    "`client_secret` looks like a secret in the clear; write ${env:NAME} or"
                            + " ${file:/path} instead");
        }
        return word.map(Secret::new);
    }

    private URI issuer(String text, String path) {
        boolean safe =
                text.matches("https://[^\\s?#]+")
                        || text.matches(
                                "http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?(/[^\\s?#]*)?");
        try {
            if (safe) {
                return URI.create(text);
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one refusal for every wrong issuer
        }
        throw reader.refused(path, "`issuer` is an https URL, as the provider itself writes it");
    }

    private Map<String, Set<Role>> roles(Value.Fields written, String path) {
        Map<String, Set<Role>> roles = new HashMap<>();
        for (String group : written.values().keySet()) {
            try {
                roles.put(group, AccountText.readRoles(written.items(group)));
            } catch (IllegalArgumentException e) {
                throw reader.refused(path + "/" + group, String.valueOf(e.getMessage()));
            }
            if (roles.getOrDefault(group, Set.of()).isEmpty()) {
                throw reader.refused(
                        path + "/" + group, "a group has a list of roles, as in [person]");
            }
        }
        if (roles.isEmpty()) {
            throw reader.refused(
                    path,
                    "`roles` says which groups have which roles, as in `engineering: [person]`;"
                            + " without it nobody gets in");
        }
        return roles;
    }

    private String needed(Value.Fields provider, String path, String name) {
        return reader.text(provider, path, name)
                .orElseThrow(() -> reader.refused(path, "`" + name + "` is missing"));
    }
}
