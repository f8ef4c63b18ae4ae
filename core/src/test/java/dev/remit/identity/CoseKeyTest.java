package dev.remit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoseKeyTest {
    private static final byte[] SAID = "approve this".getBytes(StandardCharsets.UTF_8);

    private record Kind(String written, KeyPair keys, String algorithm) {
        byte[] cose() {
            return Jws.decode(written);
        }

        byte[] sign() throws GeneralSecurityException {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(keys.getPrivate());
            signer.update(SAID);
            return signer.sign();
        }
    }

    private static Kind elliptic() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        byte[] cose =
                joined(
                        bytes(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32),
                        wide(key.getW().getAffineX(), 32),
                        bytes(0x22, 0x58, 32),
                        wide(key.getW().getAffineY(), 32));
        return new Kind(Jws.encode(cose), keys, "SHA256withECDSA");
    }

    private static Kind edwards() throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = keys.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
        return new Kind(
                Jws.encode(joined(bytes(0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32), x)),
                keys,
                "Ed25519");
    }

    private static Kind rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        KeyPair keys = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        int length = bits / 8;
        byte[] head = length < 256 ? bytes(0x58, length) : bytes(0x59, length >> 8, length & 0xff);
        byte[] cose =
                joined(
                        bytes(0xa4, 1, 3, 3, 0x39, 1, 0, 0x20),
                        head,
                        wide(key.getModulus(), length),
                        bytes(0x21, 0x43, 1, 0, 1));
        return new Kind(Jws.encode(cose), keys, "SHA256withRSA");
    }

    private static byte[] bytes(int... all) {
        byte[] bytes = new byte[all.length];
        for (int i = 0; i < all.length; i++) {
            bytes[i] = (byte) all[i];
        }
        return bytes;
    }

    private static byte[] wide(BigInteger number, int length) {
        byte[] written = number.toByteArray();
        byte[] wide = new byte[length];
        int spare = Math.max(0, written.length - length);
        int count = written.length - spare;
        System.arraycopy(written, spare, wide, length - count, count);
        return wide;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void theThreeKindsVerifyWhatTheySigned() throws Exception {
        for (Kind kind : List.of(elliptic(), edwards(), rsa(2_048))) {
            CoseKey key = CoseKey.read(Jws.encode(kind.cose())).orElseThrow();
            byte[] signature = kind.sign();
            assertThat(key.verifies(SAID, signature)).as(kind.algorithm()).isTrue();
            signature[signature.length - 1] ^= 1;
            assertThat(key.verifies(SAID, signature)).as(kind.algorithm()).isFalse();
            assertThat(key.verifies(SAID, new byte[0])).isFalse();
        }
    }

    /** A key that is changed anywhere is none, or another's. */
    @Test
    void noBitOfAKeyCanBeChanged() throws Exception {
        for (Kind kind : List.of(elliptic(), edwards(), rsa(2_048))) {
            byte[] signature = kind.sign();
            byte[] cose = kind.cose();
            for (int bit = 0; bit < cose.length * 8; bit++) {
                cose[bit / 8] ^= (byte) (1 << (bit % 8));
                boolean still =
                        CoseKey.read(Jws.encode(cose))
                                .filter(key -> key.verifies(SAID, signature))
                                .isPresent();
                assertThat(still).as(kind.algorithm() + ", bit " + bit).isFalse();
                cose[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
    }

    @Test
    void whatIsNotStrictlySuchAKeyIsNone() throws Exception {
        byte[] good = elliptic().cose();
        List<byte[]> wrong =
                List.of(
                        new byte[0],
                        Arrays.copyOf(good, good.length - 1),
                        Arrays.copyOf(good, good.length + 1),
                        joined(bytes(0xa5, 1, 2, 1), Arrays.copyOfRange(good, 3, good.length)),
                        joined(bytes(0xa5, 1, 0x18, 2), Arrays.copyOfRange(good, 3, good.length)),
                        joined(bytes(0xbf), Arrays.copyOfRange(good, 1, good.length), bytes(0xff)),
                        rsa(1_024).cose());
        for (byte[] one : wrong) {
            assertThat(CoseKey.read(Jws.encode(one))).isEmpty();
        }
        assertThat(CoseKey.read("=")).isEmpty();
        assertThat(CoseKey.read(Jws.encode(good))).isPresent();
    }
}
