package dev.remit.vault;

import dev.remit.identity.Credential;
import dev.remit.identity.KeyUse;
import dev.remit.identity.PersonId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a sealed content is, and of which. It is no secret; without the same one the content does
 * not open, so that nothing sealed can be put in another's place.
 */
final class Label {
    private final List<String> parts;

    private Label(String... parts) {
        this.parts = List.of(parts);
    }

    /** The content of a credential. */
    static Label of(Credential credential) {
        return new Label(
                "remit/sealed/v1",
                credential.id().text(),
                credential.upstream(),
                credential.origin().toString(),
                credential.person().map(PersonId::text).orElse(""),
                credential.kind().text());
    }

    /** The private half of one of the gateway's own keys. */
    static Label ofKey(KeyUse use, long number, String kid) {
        return new Label("remit/own-key/v1", use.text(), Long.toString(number), kid);
    }

    /** A secret that the gateway has for itself. */
    static Label ofSecret(String name) {
        return new Label("remit/own-secret/v1", name);
    }

    /** All parts, each after its length. */
    byte[] binding() {
        List<byte[]> bytes =
                parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
        int length = bytes.stream().mapToInt(one -> Integer.BYTES + one.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        bytes.forEach(one -> all.putInt(one.length).put(one));
        return all.array();
    }
}
