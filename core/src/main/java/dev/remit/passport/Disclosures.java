package dev.remit.passport;

import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Jws;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts disclosed claims in their places (RFC 9901, section 7.1): every disclosure is referred to
 * exactly once, every digest occurs once, and nothing that was signed openly is replaced.
 */
final class Disclosures {
    private static final int MOST = 64;
    private static final String DIGESTS = "_sd";
    private static final String ELEMENT = "...";

    /** What an issuer must say openly (draft-ietf-oauth-sd-jwt-vc, section 3.2.2.2). */
    private static final Set<String> OPEN =
            Set.of(
                    "iss",
                    "nbf",
                    "iat",
                    "exp",
                    "cnf",
                    "vct",
                    "vct#integrity",
                    "status",
                    "aud",
                    "jti",
                    "_sd_alg");

    private final Map<String, List<Value>> disclosed = new HashMap<>();
    private final Set<String> unused = new HashSet<>();
    private final Set<String> digests = new HashSet<>();

    private Disclosures() {}

    /** All claims, the disclosed ones among them; empty for any doubt. */
    static Optional<Value.Fields> put(Value.Fields signed, List<String> disclosures) {
        if (disclosures.size() > MOST
                || !signed.get("_sd_alg").orElse(Value.of("sha-256")).equals(Value.of("sha-256"))) {
            return Optional.empty();
        }
        Disclosures all = new Disclosures();
        try {
            for (String one : disclosures) {
                all.add(one);
            }
            Value.Fields whole = all.fields(signed.without("_sd_alg"), true);
            return all.unused.isEmpty() ? Optional.of(whole) : Optional.empty();
        } catch (MalformedJson | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The digest by which a disclosure is referred to. */
    static String digest(String disclosure) {
        return Digest.of(disclosure.getBytes(StandardCharsets.US_ASCII)).base64Url();
    }

    private void add(String disclosure) throws MalformedJson {
        if (!(JsonReader.read(Jws.decode(disclosure)) instanceof Value.Items(List<Value> parts))
                || parts.size() < 2
                || parts.size() > 3
                || !(parts.getFirst() instanceof Value.Text)) {
            throw new IllegalArgumentException("not a disclosure");
        }
        String digest = digest(disclosure);
        if (disclosed.put(digest, parts) != null) {
            throw new IllegalArgumentException("a disclosure occurs twice");
        }
        unused.add(digest);
    }

    private Value value(Value value) {
        return switch (value) {
            case Value.Fields fields -> fields(fields, false);
            case Value.Items(List<Value> items) -> items(items);
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> value;
        };
    }

    private Value.Fields fields(Value.Fields fields, boolean top) {
        Value.Building whole = Value.object();
        Set<String> names = new HashSet<>();
        fields.values()
                .forEach(
                        (name, value) -> {
                            if (name.equals(ELEMENT)) {
                                throw new IllegalArgumentException("`...` names no claim");
                            }
                            if (!name.equals(DIGESTS)) {
                                names.add(name);
                                whole.put(name, value(value));
                            }
                        });
        Optional<Value> hidden = fields.get(DIGESTS);
        if (hidden.isEmpty()) {
            return whole.build();
        }
        if (!(hidden.get() instanceof Value.Items(List<Value> all))) {
            throw new IllegalArgumentException("`_sd` is a list");
        }
        for (Value one : all) {
            Optional<List<Value>> found = use(one);
            if (found.isPresent()) {
                String name = name(found.get());
                if ((top && OPEN.contains(name)) || !names.add(name)) {
                    throw new IllegalArgumentException("`" + name + "` is said openly");
                }
                whole.put(name, value(found.get().get(2)));
            }
        }
        return whole.build();
    }

    private static String name(List<Value> parts) {
        if (parts.size() == 3
                && parts.get(1) instanceof Value.Text(String name)
                && !name.equals(DIGESTS)
                && !name.equals(ELEMENT)) {
            return name;
        }
        throw new IllegalArgumentException("not the disclosure of a claim");
    }

    private Value items(List<Value> items) {
        List<Value> whole = new ArrayList<>();
        for (Value item : items) {
            if (item instanceof Value.Fields place && place.get(ELEMENT).isPresent()) {
                if (place.values().size() != 1) {
                    throw new IllegalArgumentException("`...` stands alone");
                }
                Optional<List<Value>> found = use(place.get(ELEMENT).get());
                if (found.isPresent()) {
                    if (found.get().size() != 2) {
                        throw new IllegalArgumentException("not the disclosure of an element");
                    }
                    whole.add(value(found.get().get(1)));
                }
            } else {
                whole.add(value(item));
            }
        }
        return new Value.Items(whole);
    }

    private Optional<List<Value>> use(Value digest) {
        if (!(digest instanceof Value.Text(String text)) || !digests.add(text)) {
            throw new IllegalArgumentException("a digest is a text and occurs once");
        }
        unused.remove(text);
        return Optional.ofNullable(disclosed.get(text));
    }
}
