package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The signatures that are taken, at their edges: the fast provider and the JDK's say the same of
 * every one, and what they say is right. {@code signatures.txt} says whose vectors these are.
 */
final class SignaturesTest {
    /** One line; key, message and signature in hex. */
    private record Vector(
            String algorithm,
            String number,
            String key,
            String message,
            String signature,
            String result) {
        Optional<Jwk> jwk() {
            Value.Building jwk = Value.object();
            if (algorithm.equals("Ed25519")) {
                jwk.put("kty", "OKP").put("crv", "Ed25519").put("x", Jws.encode(hex(key)));
            } else {
                jwk.put("kty", "EC").put("crv", "P-256");
                jwk.put("x", Jws.encode(hex(key.substring(0, 64))));
                jwk.put("y", Jws.encode(hex(key.substring(64))));
            }
            return Jwk.of(jwk.build());
        }
    }

    private static List<Vector> vectors() throws IOException {
        List<Vector> all = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(
                        SignaturesTest.class.getResourceAsStream("signatures.txt"))) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (!line.startsWith("#")) {
                    String[] part = line.split(" ");
                    all.add(new Vector(part[0], part[1], part[2], part[3], part[4], part[5]));
                }
            }
        }
        return all;
    }

    private static byte[] hex(String text) {
        return text.equals("-") ? new byte[0] : HexFormat.of().parseHex(text);
    }

    static Stream<Provider> providers() {
        Provider fast = AmazonCorrettoCryptoProvider.INSTANCE;
        return Stream.of(Security.getProvider("SunEC"), fast);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyVectorIsAnsweredAsItSays(Provider provider) throws IOException {
        Assumptions.assumeTrue(
                !provider.equals(AmazonCorrettoCryptoProvider.INSTANCE)
                        || AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null);
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        for (Vector one : vectors()) {
            boolean said = hex(one.signature()).length == 64 && verified(one, provider);
            accepted += said ? 1 : 0;
            boolean right =
                    one.result().equals("acceptable") || said == one.result().equals("valid");
            if (!right) {
                wrong.add(one.algorithm() + " " + one.number() + ": " + said);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(accepted).isGreaterThan(200);
    }

    private static boolean verified(Vector one, Provider provider) {
        boolean edwards = one.algorithm().equals("Ed25519");
        try {
            Optional<Jwk> key = one.jwk();
            if (key.isEmpty()) {
                return false;
            }
            Signature check =
                    Signature.getInstance(
                            edwards ? "Ed25519" : "SHA256withECDSAinP1363Format", provider);
            check.initVerify(key.get().key());
            check.update(hex(one.message()));
            return check.verify(hex(one.signature()));
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
