package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One step of a delegation: the holder of a key passes on a part of what it may do under a mandate
 * to another key, by its signature alone (RFC 7515). {@code docs/reference/delegation.md} has the
 * form.
 *
 * @param issuer who signs: an instance's id in the first step, the key's thumbprint (RFC 7638) in
 *     the others
 * @param audience the gateway that it is for
 * @param share what is passed on, as {@code authorization_details} (RFC 9396) has it
 * @param key the child's (RFC 7800, section 3.2)
 * @param uses how many calls the child may make in all, if they are counted
 * @param depth how many further steps are allowed
 * @param parent the digest of the step before, as it was sent; empty in the first
 */
public record DelegationStep(
        String issuer,
        String audience,
        MandateId mandate,
        Value.Items share,
        Jwk key,
        Instant issuedAt,
        Instant expiresAt,
        OptionalLong uses,
        int depth,
        Optional<Digest> parent,
        String id) {
    /** The longest a step is good for. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** How many further steps the first can allow. */
    public static final int MOST_DEPTH = Lineage.DEPTH - 1;

    private static final String TYPE = "remit-delegation+jwt";
    private static final byte[] DOMAIN = "remit/delegate/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> HEADER = Set.of("typ", "alg");
    private static final Set<String> CLAIMS =
            Set.of(
                    "iss",
                    "aud",
                    "mandate",
                    "authorization_details",
                    "cnf",
                    "iat",
                    "exp",
                    "uses",
                    "depth",
                    "par_hash",
                    "jti");

    /**
     * A step as it was sent; read, but not yet trusted.
     *
     * @param compact the whole text
     */
    public record Signed(DelegationStep step, Jws jws, String compact) {
        /** What the next step's {@code par_hash} has to be. */
        public Digest digest() {
            return Digest.of(compact.getBytes(StandardCharsets.US_ASCII));
        }

        /**
         * The one instance that the child becomes by it. It follows from what was signed and not
         * from the signature, of which there can be several for one text.
         */
        public InstanceId child(InstanceId from) {
            return new InstanceId(
                    "ins_dlg_"
                            + Digest.of(
                                            DOMAIN,
                                            Digest.of(from.text().getBytes(StandardCharsets.UTF_8))
                                                    .bytes(),
                                            jws.signed().getBytes(StandardCharsets.US_ASCII))
                                    .base64Url());
        }
    }

    String sign(PrivateKey key) {
        return Jws.sign(Value.object().put("typ", TYPE).build(), claims(), key);
    }

    /** What it says. */
    public Value.Fields claims() {
        return Value.object()
                .put("iss", issuer)
                .put("aud", audience)
                .put("mandate", mandate.text())
                .put("authorization_details", share)
                .put("cnf", Value.object().put("jwk", key.members()).build())
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond())
                .putIf(
                        "uses",
                        uses.isPresent()
                                ? Optional.of(Value.of(uses.getAsLong()))
                                : Optional.empty())
                .put("depth", depth)
                .putIf("par_hash", parent.map(Digest::base64Url).map(Value::of))
                .put("jti", id)
                .build();
    }

    /** Reads a step; empty if it is not strictly one, with everything known and nothing more. */
    public static Optional<Signed> read(String compact) {
        return Jws.read(compact)
                .filter(jws -> HEADER.equals(jws.header().values().keySet()))
                .filter(jws -> jws.header().text("typ").equals(Optional.of(TYPE)))
                .flatMap(jws -> step(jws.claims()).map(step -> new Signed(step, jws, compact)));
    }

    private static Optional<DelegationStep> step(Value.Fields claims) {
        try {
            DelegationStep step =
                    new DelegationStep(
                            claims.text("iss").orElseThrow(),
                            claims.text("aud").orElseThrow(),
                            new MandateId(claims.text("mandate").orElseThrow()),
                            new Value.Items(claims.items("authorization_details")),
                            key(claims),
                            Instant.ofEpochSecond(claims.whole("iat").orElseThrow()),
                            Instant.ofEpochSecond(claims.whole("exp").orElseThrow()),
                            claims.whole("uses"),
                            Math.toIntExact(claims.whole("depth").orElseThrow()),
                            claims.text("par_hash").map(Digest::ofBase64Url),
                            claims.text("jti").orElseThrow());
            return CLAIMS.containsAll(claims.values().keySet()) && step.isWritten(claims)
                    ? Optional.of(step)
                    : Optional.empty();
        } catch (IllegalArgumentException
                | NoSuchElementException
                | ArithmeticException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A member of another kind than it should be must not count as one that is not there. */
    private boolean isWritten(Value.Fields claims) {
        return claims.get("uses").isPresent() == uses.isPresent()
                && claims.get("par_hash").isPresent() == parent.isPresent()
                && !share.values().isEmpty()
                && !id.isEmpty()
                && id.length() <= 64;
    }

    private static Jwk key(Value.Fields claims) {
        Value.Fields cnf = claims.fields("cnf").orElseThrow();
        Value.Fields members = cnf.fields("jwk").orElseThrow();
        Jwk key = Jwk.of(members).orElseThrow();
        if (cnf.values().size() != 1
                || !members.values().keySet().equals(key.members().values().keySet())) {
            throw new IllegalArgumentException("`cnf` has one public key and nothing else");
        }
        return key;
    }
}
