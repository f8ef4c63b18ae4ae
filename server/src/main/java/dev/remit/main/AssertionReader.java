package dev.remit.main;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.passport.AssertionIssuer;
import dev.remit.passport.KeySource;
import dev.remit.passport.SegmentPattern;
import dev.remit.passport.TrustedIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the section {@code assertions}: the issuers whose statements are believed. */
final class AssertionReader {
    private static final List<String> KEYS = List.of("keys", "keys_file", "jwks_uri", "discovery");
    private static final List<String> ISSUER =
            List.of(
                    "issuer",
                    "keys",
                    "keys_file",
                    "jwks_uri",
                    "discovery",
                    "audience",
                    "people",
                    "subjects",
                    "require",
                    "renew",
                    "most_agents");
    private static final List<String> OF_WORKLOADS =
            List.of("subjects", "require", "renew", "most_agents");
    private static final String URL =
            "(https://|http://(127\\.0\\.0\\.1|localhost)([:/]|$))[\\x21-\\x7e]{0,1000}";
    private static final long MOST_AGENTS = 1_000_000;

    private final ConfigReader reader;

    AssertionReader(ConfigReader reader) {
        this.reader = reader;
    }

    /**
     * @param own this gateway's own name, which is the usual audience and nobody's but its own
     */
    List<AssertionIssuer> issuers(Value.Fields section, String own) {
        return reader.issuers(
                section,
                "/assertions",
                ISSUER,
                own,
                (issuer, path) -> issuer(issuer, path, own),
                AssertionIssuer::issuer);
    }

    private AssertionIssuer issuer(Value.Fields issuer, String path, String own) {
        String name =
                reader.text(issuer, path, "issuer")
                        .filter(text -> text.matches("(https?|spiffe)://[\\x21-\\x7e]{1,500}"))
                        .orElseThrow(
                                () ->
                                        reader.refused(
                                                path,
                                                "`issuer` is the issuer's name as it writes it itself:"
                                                        + " a URL, or spiffe://TRUST-DOMAIN"));
        KeySource keys = keys(issuer, path, name);
        String audience = reader.text(issuer, path, "audience").orElse(own);
        if (!issuer.flag("people")) {
            return new AssertionIssuer(name, keys, audience, workloads(issuer, path));
        }
        for (String other : OF_WORKLOADS) {
            if (issuer.get(other).isPresent()) {
                throw reader.refused(
                        path + "/" + other,
                        "an issuer speaks for `people` or for workloads; `"
                                + other
                                + "` is about workloads");
            }
        }
        return new AssertionIssuer(name, keys, audience, new AssertionIssuer.People());
    }

    private AssertionIssuer.Workloads workloads(Value.Fields issuer, String path) {
        List<AssertionIssuer.Subject> subjects = new ArrayList<>();
        for (Value one : issuer.items("subjects")) {
            if (!(one instanceof Value.Fields subject)) {
                throw reader.refused(path + "/subjects", "a subject is `match: …`, and `agent: …`");
            }
            reader.only(subject, path + "/subjects", List.of("match", "agent"));
            subjects.add(
                    new AssertionIssuer.Subject(
                            pattern(
                                    reader.text(subject, path + "/subjects", "match").orElse(""),
                                    path + "/subjects"),
                            reader.text(subject, path + "/subjects", "agent")));
        }
        if (subjects.isEmpty()) {
            throw reader.refused(path, "`subjects` says which of the issuer's subjects may come");
        }
        Map<String, String> required = new HashMap<>();
        Value.Fields require = reader.fields(issuer, path, "require");
        for (String claim : require.values().keySet()) {
            required.put(
                    claim,
                    reader.scalar(require.get(claim).orElseThrow(), path + "/require/" + claim));
        }
        long most = issuer.whole("most_agents").orElse(TrustedIssuer.USUAL_AGENTS);
        if (most < 0 || most > MOST_AGENTS) {
            throw reader.refused(path + "/most_agents", "`most_agents` is 0 to " + MOST_AGENTS);
        }
        return new AssertionIssuer.Workloads(subjects, required, renewal(issuer, path), most);
    }

    private Duration renewal(Value.Fields issuer, String path) {
        Optional<String> written = reader.text(issuer, path, "renew");
        return written.isEmpty()
                ? AssertionIssuer.USUAL_RENEWAL
                : Durations.read(written.get())
                        .filter(one -> !one.isZero() && !one.isNegative())
                        .orElseThrow(
                                () ->
                                        reader.refused(
                                                path + "/renew",
                                                "a time is a number with ms, s, m or h, as in 24h"));
    }

    private SegmentPattern pattern(String text, String path) {
        try {
            return new SegmentPattern(text);
        } catch (IllegalArgumentException e) {
            throw reader.refused(path, String.valueOf(e.getMessage()));
        }
    }

    private KeySource keys(Value.Fields issuer, String path, String name) {
        List<String> ways = KEYS.stream().filter(way -> issuer.get(way).isPresent()).toList();
        if (ways.size() != 1) {
            throw reader.refused(
                    path,
                    "an issuer has one of `keys`, `keys_file`, `jwks_uri` and `discovery: true`");
        }
        return switch (ways.getFirst()) {
            case "keys" ->
                    written(
                            Value.object()
                                    .put("keys", new Value.Items(issuer.items("keys")))
                                    .build(),
                            path + "/keys");
            case "keys_file" ->
                    written(
                            file(reader.text(issuer, path, "keys_file").orElseThrow(), path),
                            path + "/keys_file");
            case "jwks_uri" ->
                    new KeySource.AtUrl(
                            url(reader.text(issuer, path, "jwks_uri").orElseThrow(), path));
            default -> {
                url(name, path);
                if (!issuer.flag("discovery")) {
                    throw reader.refused(path + "/discovery", "`discovery` is true, or left out");
                }
                yield new KeySource.Discovered(name);
            }
        };
    }

    private KeySource written(Value.Fields jwks, String path) {
        KeySource.Written keys = new KeySource.Written(jwks);
        if (!keys.isOfUse()) {
            throw reader.refused(
                    path,
                    "there are 1 to 16 public JWKs: Ed25519, P-256, or RSA of 2048 bits and more");
        }
        return keys;
    }

    private Value.Fields file(String name, String path) {
        try {
            return JsonReader.readFields(Files.readAllBytes(Path.of(name)));
        } catch (IOException | MalformedJson e) {
            throw reader.refused(path + "/keys_file", "`keys_file` is a file with a JWK Set");
        }
    }

    private URI url(String text, String path) {
        try {
            if (text.matches(URL)) {
                return URI.create(text);
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one refusal for every wrong address
        }
        throw reader.refused(path, "keys are fetched from an https URL");
    }
}
