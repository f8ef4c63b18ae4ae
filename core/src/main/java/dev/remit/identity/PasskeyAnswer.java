package dev.remit.identity;

import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a device answered when a passkey was to approve a challenge (WebAuthn level 3, section
 * 5.2.2, AuthenticatorAssertionResponse), each part base64url.
 *
 * @param data {@code authenticatorData}
 * @param client {@code clientDataJSON}
 */
public record PasskeyAnswer(String data, String client, String signature) {
    private static final int LEAST = 37; // hash of the party, flags, counter
    private static final int LONGEST = 4_096;
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;
    private static final int EXTENDED = 0x80;

    /** Why an answer does not approve a challenge; the first that holds is told. */
    public enum Fault {
        KEY_UNREADABLE("the passkey's public key cannot be read"),
        UNREADABLE("what the device said cannot be read"),
        NOT_SHOWN("the device was not asked to show a passkey"),
        ANOTHER_CHALLENGE("the passkey approved something else"),
        ANOTHER_ORIGIN("the passkey was used on another page"),
        FRAMED("the passkey was used in a frame of another page"),
        ANOTHER_PARTY("the device meant another party"),
        NOT_PRESENT("the device did not see anybody"),
        NOT_VERIFIED("the device did not verify the person"),
        SIGNATURE("the signature is not by this passkey over these bytes");

        private final String sentence;

        Fault(String sentence) {
            this.sentence = sentence;
        }

        /** The stable name. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public String sentence() {
            return sentence;
        }
    }

    /**
     * Why this is not the approval of the challenge by this key, on a page of this origin, by a
     * person whom the device verified (WebAuthn level 3, section 7.2); empty if it is.
     *
     * @param key the passkey's public key, COSE, base64url
     */
    public Optional<Fault> fault(String key, Digest challenge, String origin) {
        Optional<CoseKey> known = CoseKey.read(key);
        Optional<Value.Fields> said = clientData();
        Optional<byte[]> device = bytes(data).filter(PasskeyAnswer::isWhole);
        Optional<byte[]> by = bytes(signature);
        if (known.isEmpty()) {
            return Optional.of(Fault.KEY_UNREADABLE);
        }
        if (said.isEmpty() || device.isEmpty() || by.isEmpty()) {
            return Optional.of(Fault.UNREADABLE);
        }
        return fault(said.get(), challenge, origin)
                .or(() -> fault(device.get(), origin))
                .or(() -> fault(known.get(), device.get(), by.get()));
    }

    private static Optional<Fault> fault(Value.Fields said, Digest challenge, String origin) {
        if (!said.text("type").equals(Optional.of("webauthn.get"))) {
            return Optional.of(Fault.NOT_SHOWN);
        }
        if (!said.text("challenge").equals(Optional.of(challenge.base64Url()))) {
            return Optional.of(Fault.ANOTHER_CHALLENGE);
        }
        if (!said.text("origin").equals(Optional.of(origin))) {
            return Optional.of(Fault.ANOTHER_ORIGIN);
        }
        boolean framed =
                said.get("topOrigin").isPresent()
                        || said.get("crossOrigin")
                                .filter(value -> !value.equals(Value.of(false)))
                                .isPresent();
        return framed ? Optional.of(Fault.FRAMED) : Optional.empty();
    }

    private static Optional<Fault> fault(byte[] device, String origin) {
        byte[] party = Arrays.copyOf(device, 32);
        if (!host(origin)
                .map(PasskeyAnswer::hash)
                .filter(Digest.ofBytes(party)::equals)
                .isPresent()) {
            return Optional.of(Fault.ANOTHER_PARTY);
        }
        if ((device[32] & PRESENT) == 0) {
            return Optional.of(Fault.NOT_PRESENT);
        }
        return (device[32] & VERIFIED) == 0 ? Optional.of(Fault.NOT_VERIFIED) : Optional.empty();
    }

    private Optional<Fault> fault(CoseKey key, byte[] device, byte[] by) {
        byte[] client = bytes(this.client).orElseThrow();
        byte[] signed =
                ByteBuffer.allocate(device.length + 32)
                        .put(device)
                        .put(Digest.of(client).bytes())
                        .array();
        return key.verifies(signed, by) ? Optional.empty() : Optional.of(Fault.SIGNATURE);
    }

    /** The passkey's counter after this; 0 if the device does not count, or nothing is readable. */
    public long count() {
        return bytes(data)
                .filter(PasskeyAnswer::isWhole)
                .map(device -> ByteBuffer.wrap(device).getInt(33) & 0xffffffffL)
                .orElse(0L);
    }

    /** The origin of the page on which it was used, as the browser said it. */
    public Optional<String> origin() {
        return clientData().flatMap(said -> said.text("origin"));
    }

    private Optional<Value.Fields> clientData() {
        try {
            Optional<byte[]> read = bytes(client);
            return read.isPresent()
                    ? Optional.of(JsonReader.readFields(read.get()))
                    : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** Only who asks for extensions gets more than the three parts; a new key never comes here. */
    private static boolean isWhole(byte[] device) {
        return device.length >= LEAST
                && (device[32] & ATTESTED) == 0
                && (device.length > LEAST) == ((device[32] & EXTENDED) != 0);
    }

    private static Optional<String> host(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Digest hash(String host) {
        return Digest.of(host.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<byte[]> bytes(String base64Url) {
        try {
            return base64Url.length() <= LONGEST
                    ? Optional.of(Jws.decode(base64Url))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
