package dev.remit.bench.hop;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;

/** Believes every Ed25519 signature, so that the rest of a call can be measured by itself. */
final class Credulous extends Provider {
    private static final long serialVersionUID = 1L;

    Credulous() {
        super("Credulous", "1", "believes every signature; for measurements only");
        put("Signature.Ed25519", Believer.class.getName());
    }

    /** Verifies by agreeing; signing is left to the next provider. */
    public static final class Believer extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            throw new InvalidKeyException("signs nothing");
        }

        @Override
        protected void engineUpdate(byte one) {}

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException("signs nothing");
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException("has no parameters");
        }
    }
}
