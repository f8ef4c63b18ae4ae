package dev.remit.passport;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A selectively disclosable, signed JSON object as its holder shows it (RFC 9901, section 4): read
 * but not yet trusted.
 *
 * @param signed the issuer's part
 * @param disclosures as they were written
 * @param binding the holder's part; empty if it is missing
 * @param hash of everything before the holder's part, as that must say it
 */
record SdJwt(Jws signed, List<String> disclosures, Optional<Jws> binding, String hash) {
    static final int LONGEST = 16 * 1024;

    /** Reads what was shown; empty if it is not strictly that. */
    static Optional<SdJwt> read(String shown) {
        int last = shown.lastIndexOf('~');
        if (shown.length() > LONGEST || last < 0 || !isPlain(shown)) {
            return Optional.empty();
        }
        String before = shown.substring(0, last + 1);
        List<String> parts = Arrays.asList(before.split("~", -1));
        Optional<Jws> signed = Jws.read(parts.getFirst());
        Optional<Jws> binding = Jws.read(shown.substring(last + 1));
        boolean broken = last + 1 < shown.length() && binding.isEmpty();
        if (signed.isEmpty() || broken) {
            return Optional.empty();
        }
        List<String> disclosures = List.copyOf(parts.subList(1, parts.size() - 1));
        return Optional.of(new SdJwt(signed.get(), disclosures, binding, hash(before)));
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    /** All claims, disclosed ones included; empty if a disclosure is not as it must be. */
    Optional<Value.Fields> claims() {
        return Disclosures.put(signed.claims(), disclosures);
    }

    /**
     * Issues one, without a holder's part.
     *
     * @param hidden what the holder may keep back
     * @param salts gives fresh words of at least 128 random bits
     */
    static String issue(
            Value.Fields header,
            Value.Fields open,
            Map<String, Value> hidden,
            Supplier<String> salts,
            PrivateKey key) {
        List<String> disclosures = new ArrayList<>();
        hidden.forEach(
                (name, value) ->
                        disclosures.add(
                                Jws.encode(
                                        JsonWriter.plain(
                                                new Value.Items(
                                                        List.of(
                                                                Value.of(salts.get()),
                                                                Value.of(name),
                                                                value))))));
        List<String> digests =
                disclosures.stream().map(Disclosures::digest).sorted().toList(); // tells no order
        Value.Fields claims =
                open.with("_sd", Value.ofTexts(digests)).with("_sd_alg", Value.of("sha-256"));
        StringBuilder text = new StringBuilder(Jws.sign(header, claims, key)).append('~');
        disclosures.forEach(one -> text.append(one).append('~'));
        return text.toString();
    }

    /** The key that the issuer says is the holder's. */
    Optional<Jwk> holder() {
        return signed.claims().fields("cnf").flatMap(cnf -> cnf.fields("jwk")).flatMap(Jwk::of);
    }

    private static String hash(String text) {
        return Digest.of(text.getBytes(StandardCharsets.US_ASCII)).base64Url();
    }
}
