package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.identity.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Reads which origins may be asked for tokens. */
final class CredentialReader {
    private final ConfigReader reader;

    CredentialReader(ConfigReader reader) {
        this.reader = reader;
    }

    /** Origins that the operator vouches for, though they are on a private network or plain. */
    List<Origin> trusted(Value.Fields top) {
        Value.Fields outgoing = reader.fields(top, "", "outgoing");
        reader.only(outgoing, "/outgoing", List.of("allow"));
        List<Origin> trusted = new ArrayList<>();
        for (Value one : outgoing.items("allow")) {
            try {
                trusted.add(Origin.of(URI.create(reader.scalar(one, "/outgoing/allow"))));
            } catch (IllegalArgumentException e) {
                throw reader.refused(
                        "/outgoing/allow", "an origin is https://host or https://host:port");
            }
            if (!trusted.getLast().isPrivate()) {
                throw reader.refused(
                        "/outgoing/allow", "http is only for this machine; write https://…");
            }
        }
        return trusted;
    }
}
