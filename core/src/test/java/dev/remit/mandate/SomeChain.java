package dev.remit.mandate;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random chain of delegations: narrowed honestly, or with something wrong about it. A signature
 * is a hash here that names its key, so that a million cases can be tried.
 */
final class SomeChain {
    static final long NOW = 1_800_000_000;
    static final String GATEWAY = "https://gate.example";
    private static final List<Jwk> KEYS = keys();

    /** One step, before it is signed. */
    static final class Step {
        long iat = NOW - 5;
        long exp = NOW + 600;
        long depth;
        long uses; // 0: not counted
        int signer;
        String issuer = "";
        String parent = ""; // what `par_hash` is instead of what it should be
        boolean parentLeftOut;
        List<Value> parts = new ArrayList<>();
        Value.Fields more = Value.Fields.EMPTY;

        Step copy() {
            Step copy = new Step();
            copy.iat = iat;
            copy.exp = exp;
            copy.depth = depth;
            copy.uses = uses;
            copy.signer = signer;
            copy.issuer = issuer;
            copy.parent = parent;
            copy.parentLeftOut = parentLeftOut;
            copy.parts = new ArrayList<>(parts);
            copy.more = more;
            return copy;
        }
    }

    final List<Value> mandate = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    boolean honest = true;

    private SomeChain() {}

    static SomeChain of(RandomGenerator random) {
        SomeChain chain = new SomeChain();
        int permissions = 1 + random.nextInt(3);
        for (int i = 0; i < permissions; i++) {
            chain.mandate.add(SomeShare.permission("p" + (i + 1), random));
        }
        List<Value> above = chain.mandate;
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            Step step = new Step();
            step.signer = i;
            step.issuer = issuer(i);
            step.depth = 3L - i;
            step.parts = SomeShare.narrowed(above, random);
            if (i > 0) {
                Step before = chain.steps.getLast();
                step.exp = before.exp - random.nextInt(3);
                step.uses = before.uses == 0 ? 0 : 1 + random.nextLong(before.uses);
            }
            if (step.uses == 0 && random.nextInt(3) == 0) {
                step.uses = 1L + random.nextInt(9);
            }
            above = step.parts;
            chain.steps.add(step);
        }
        if (random.nextBoolean()) {
            chain.honest = false;
            chain.spoil(random);
        }
        return chain;
    }

    private static String issuer(int at) {
        return at == 0 ? "ins_root" : KEYS.get(at).thumbprint().base64Url();
    }

    private void spoil(RandomGenerator random) {
        int at = random.nextInt(steps.size());
        Step step = steps.get(at);
        switch (random.nextInt(16)) {
            case 0 -> step.exp = NOW - random.nextInt(100);
            case 1 -> step.iat = NOW + 1_000;
            case 2 -> step.iat = step.exp - 86_400 - 1 - random.nextInt(1_000);
            case 3 -> step.exp += 10L + random.nextInt(1_000);
            case 4 -> step.depth += 1L + random.nextInt(4);
            case 5 -> step.uses = step.uses == 0 ? -1 : step.uses + 1L + random.nextInt(9);
            case 6 -> step.uses = 0;
            case 7 -> step.signer = 5;
            case 8 -> step.issuer = KEYS.get(5).thumbprint().base64Url();
            case 9 -> step.parent = Digest.of(new byte[] {(byte) at}).base64Url();
            case 10 -> step.parentLeftOut = true;
            case 11 -> step.more = Value.object().put("also", true).build();
            case 12 -> step.parts.add(SomeShare.permission("p1", random));
            default -> SomeShare.widen(step.parts, random);
        }
    }

    static Jwk root() {
        return KEYS.getFirst();
    }

    /** The steps as they are sent. */
    static List<String> sealed(List<Step> steps) {
        List<String> sealed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Value.Building claims =
                    Value.object()
                            .put("iss", step.issuer)
                            .put("aud", GATEWAY)
                            .put("mandate", "mdt_1")
                            .put("authorization_details", SomeShare.details(step.parts))
                            .put(
                                    "cnf",
                                    Value.object().put("jwk", KEYS.get(i + 1).members()).build())
                            .put("iat", step.iat)
                            .put("exp", step.exp)
                            .put("depth", step.depth)
                            .put("jti", "j" + i);
            if (step.uses != 0) {
                claims.put("uses", step.uses);
            }
            if (!step.parent.isEmpty()) {
                claims.put("par_hash", step.parent);
            } else if (i > 0 && !step.parentLeftOut) {
                byte[] before = sealed.getLast().getBytes(StandardCharsets.US_ASCII);
                claims.put("par_hash", Digest.of(before).base64Url());
            }
            step.more.values().forEach(claims::put);
            Value.Fields header =
                    Value.object().put("typ", "remit-delegation+jwt").put("alg", "EdDSA").build();
            String text =
                    Jws.encode(JsonWriter.plain(header))
                            + "."
                            + Jws.encode(JsonWriter.plain(claims.build()));
            sealed.add(text + "." + signature(text, KEYS.get(step.signer)));
        }
        return sealed;
    }

    private static String signature(String text, Jwk by) {
        return Digest.of(text.getBytes(StandardCharsets.US_ASCII), by.thumbprint().bytes())
                .base64Url();
    }

    static boolean isSigned(Jws jws, Jwk by) {
        return jws.signature().equals(signature(jws.signed(), by));
    }

    /** Whether all but the shares is as it must be, told from how it was made. */
    static boolean isInOrder(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean alone =
                    step.exp > NOW
                            && step.iat <= NOW + 60
                            && step.exp - step.iat <= 86_400
                            && step.depth >= 0
                            && step.depth <= 3 - i
                            && step.uses >= 0
                            && step.signer == i
                            && step.parent.isEmpty()
                            && (i == 0 || !step.parentLeftOut)
                            && step.more.values().isEmpty()
                            && step.issuer.equals(issuer(i));
            if (!alone) {
                return false;
            }
            if (i > 0) {
                Step before = steps.get(i - 1);
                boolean fewer = before.uses == 0 || (step.uses > 0 && step.uses <= before.uses);
                if (step.exp > before.exp || step.depth >= before.depth || !fewer) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Jwk> keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            List<Jwk> keys = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                keys.add(Jwk.of(generator.generateKeyPair().getPublic()));
            }
            return keys;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
