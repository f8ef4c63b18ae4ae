package dev.remit.client;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Handover;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An instance's key and the gateway that it is enrolled at, kept in a file that only its owner can
 * read; the key itself may be in a keystore instead.
 *
 * @param client the gateway's name for the instance; empty until it is enrolled
 * @param chain what it has its authority by, if another instance passed it on
 */
public record Identity(
        URI gateway, Optional<String> client, AgentKey key, Optional<DelegationChain> chain) {

    /** One that is yet to be enrolled. */
    public static Identity fresh(URI gateway, AgentKey key) {
        return new Identity(gateway, Optional.empty(), key, Optional.empty());
    }

    Identity enrolledAs(String name) {
        return new Identity(gateway, Optional.of(name), key, chain);
    }

    /** The same key with what another instance passed on to it; yet to be shown to the gateway. */
    public Identity by(DelegationChain passedOn) {
        return new Identity(gateway, Optional.empty(), key, Optional.of(passedOn));
    }

    /**
     * Passes a part of what this instance may do under a mandate on to a helper's key, by its
     * signature and with no server. The chain is worth nothing without the helper's key.
     *
     * @throws GatewayFailed if it would not be taken; the message says what to do
     */
    public DelegationChain delegate(MandateId mandate, Handover what, Jwk to, Instant now) {
        DpopSigner signer = new DpopSigner(key.pair());
        try {
            if (chain.isPresent()) {
                DelegationChain own = chain.get();
                if (!own.last().step().mandate().equals(mandate)) {
                    throw new GatewayFailed(
                            "this identity was passed a part of the mandate "
                                    + own.last().step().mandate()
                                    + ", and has no other");
                }
                return own.then(signer.delegation(what.after(own, to, Wire.fresh(), now)));
            }
            Handover.Holder holder =
                    new Handover.Holder(Gateway.client(this), Wire.origin(gateway), mandate);
            String first = signer.delegation(what.first(holder, to, Wire.fresh(), now));
            return DelegationChain.read(first).orElseThrow();
        } catch (IllegalArgumentException e) {
            throw new GatewayFailed(String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes the file, at once or not at all; returns this. */
    public Identity write(Path file) {
        Value.Building text =
                Value.object()
                        .put("gateway", gateway.toString())
                        .putIf("client_id", client.map(Value::of))
                        .putIf("chain", chain.map(DelegationChain::text).map(Value::of));
        switch (key) {
            case AgentKey.Plain(KeyPair pair) -> {
                Base64.Encoder base64 = Base64.getEncoder();
                text.put("public_key", base64.encodeToString(pair.getPublic().getEncoded()));
                text.put("private_key", base64.encodeToString(pair.getPrivate().getEncoded()));
            }
            case AgentKey.Stored(_, AgentKey.Place place) -> {
                text.put("keystore", place.store()).put("alias", place.alias());
                text.putIf(
                        "password_file", place.passwordFile().map(one -> Value.of(one.toString())));
            }
        }
        Path parent = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(parent);
            Path fresh =
                    Files.createTempFile(
                            parent,
                            ".identity",
                            "",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text.build().json());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new GatewayFailed("the identity file " + file + " cannot be written", e);
        }
        return this;
    }

    /** Reads the file; refuses one that others could have read. */
    public static Identity read(Path file) {
        try {
            String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!rights.endsWith("------")) {
                throw new GatewayFailed(
                        "the identity file "
                                + file
                                + " can be read by others; run `chmod 600` on it, and"
                                + " enrol again if somebody may have copied it");
            }
            Value.Fields text =
                    JsonReader.readFields(Files.readString(file).getBytes(StandardCharsets.UTF_8));
            return new Identity(
                    URI.create(text.text("gateway").orElseThrow()),
                    text.text("client_id"),
                    key(text),
                    text.text("chain").map(one -> DelegationChain.read(one).orElseThrow()));
        } catch (IOException
                | MalformedJson
                | GeneralSecurityException
                | NoSuchElementException
                | IllegalArgumentException e) {
            throw new GatewayFailed(
                    "the identity file " + file + " cannot be read; remove it and enrol again", e);
        }
    }

    private static AgentKey key(Value.Fields text) throws GeneralSecurityException {
        Optional<String> store = text.text("keystore");
        if (store.isPresent()) {
            return new AgentKey.Place(
                            store.get(),
                            text.text("alias").orElseThrow(),
                            text.text("password_file").map(Path::of))
                    .open();
        }
        Base64.Decoder base64 = Base64.getDecoder();
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        byte[] open = base64.decode(text.text("public_key").orElseThrow());
        byte[] secret = base64.decode(text.text("private_key").orElseThrow());
        return new AgentKey.Plain(
                new KeyPair(
                        factory.generatePublic(new X509EncodedKeySpec(open)),
                        factory.generatePrivate(new PKCS8EncodedKeySpec(secret))));
    }
}
