package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.mandate.Glob;
import dev.remit.passport.Did;
import dev.remit.passport.KeySource;
import dev.remit.passport.TrustedIssuer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code passports}: the issuers whose passports enrol agents. */
final class IssuerReader {
    private static final List<String> ISSUER =
            List.of("issuer", "keys", "jwks_uri", "did", "type", "subjects", "most_agents");
    private static final long MOST_AGENTS = 1_000_000;

    private final ConfigReader reader;

    IssuerReader(ConfigReader reader) {
        this.reader = reader;
    }

    /**
     * @param own this gateway's own name, which nobody else has
     */
    List<TrustedIssuer> issuers(Value.Fields passports, String own) {
        return reader.issuers(
                passports, "/passports", ISSUER, own, this::issuer, TrustedIssuer::issuer);
    }

    private TrustedIssuer issuer(Value.Fields issuer, String path) {
        String name =
                reader.text(issuer, path, "issuer")
                        .filter(text -> text.matches("(https?://|did:)[\\x21-\\x7e]{1,500}"))
                        .orElseThrow(
                                () ->
                                        reader.refused(
                                                path,
                                                "`issuer` is the issuer's name as it writes it"
                                                        + " itself: a URL or a DID"));
        long most = issuer.whole("most_agents").orElse(TrustedIssuer.USUAL_AGENTS);
        if (most < 0 || most > MOST_AGENTS) {
            throw reader.refused(path + "/most_agents", "`most_agents` is 0 to " + MOST_AGENTS);
        }
        List<Glob> subjects = new ArrayList<>();
        for (Value subject : issuer.items("subjects")) {
            subjects.add(new Glob(reader.scalar(subject, path + "/subjects")));
        }
        return new TrustedIssuer(
                name,
                reader.text(issuer, path, "type").orElse(TrustedIssuer.KIND),
                keys(issuer, path),
                issuer.get("subjects").isEmpty() ? List.of(new Glob("*")) : subjects,
                most);
    }

    private KeySource keys(Value.Fields issuer, String path) {
        List<String> ways =
                List.of("keys", "jwks_uri", "did").stream()
                        .filter(way -> issuer.get(way).isPresent())
                        .toList();
        if (ways.size() != 1) {
            throw reader.refused(path, "an issuer has one of `keys`, `jwks_uri` and `did`");
        }
        return switch (ways.getFirst()) {
            case "keys" -> given(issuer.items("keys"), path + "/keys");
            case "jwks_uri" -> {
                String url = reader.text(issuer, path, "jwks_uri").orElseThrow();
                if (!url.matches(
                        "(https://|http://(127\\.0\\.0\\.1|localhost)[:/])[\\x21-\\x7e]{1,1000}")) {
                    throw reader.refused(path + "/jwks_uri", "`jwks_uri` is an https URL");
                }
                try {
                    yield new KeySource.AtUrl(URI.create(url));
                } catch (IllegalArgumentException e) {
                    throw reader.refused(path + "/jwks_uri", "`jwks_uri` is an https URL");
                }
            }
            default ->
                    new KeySource.OfDid(
                            reader.text(issuer, path, "did")
                                    .flatMap(Did::of)
                                    .orElseThrow(
                                            () ->
                                                    reader.refused(
                                                            path + "/did",
                                                            "`did` is a did:key, did:jwk or did:web")));
        };
    }

    private KeySource given(List<Value> written, String path) {
        List<Jwk> keys = new ArrayList<>();
        for (Value one : written) {
            Optional<Jwk> key = one instanceof Value.Fields jwk ? Jwk.of(jwk) : Optional.empty();
            keys.add(
                    key.orElseThrow(
                            () ->
                                    reader.refused(
                                            path,
                                            "a key is a public JWK, Ed25519 or P-256; never a"
                                                    + " private one")));
        }
        if (keys.isEmpty() || keys.size() > 16) {
            throw reader.refused(path, "`keys` is a list of 1 to 16 public JWKs");
        }
        return new KeySource.Given(keys);
    }
}
