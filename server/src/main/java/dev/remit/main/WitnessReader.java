package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.identity.Origin;
import dev.remit.ledger.NoteKey;
import dev.remit.tlog.WitnessSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Reads who witnesses the ledger. */
final class WitnessReader {
    private static final String PATH = "/ledger/witnesses";

    private final ConfigReader reader;

    WitnessReader(ConfigReader reader) {
        this.reader = reader;
    }

    List<WitnessSettings> witnesses(Value.Fields top) {
        Value.Fields section = reader.fields(top, "", "ledger");
        reader.only(section, "/ledger", List.of("witnesses"));
        List<WitnessSettings> witnesses = new ArrayList<>();
        for (Value one : section.items("witnesses")) {
            String path = PATH + "/" + witnesses.size();
            if (!(one instanceof Value.Fields written)) {
                throw reader.refused(path, "a witness has `url` and `key`");
            }
            reader.only(written, path, List.of("url", "key"));
            WitnessSettings read = new WitnessSettings(url(written, path), key(written, path));
            boolean twice =
                    witnesses.stream()
                            .anyMatch(other -> other.key().name().equals(read.key().name()));
            if (twice) {
                throw reader.refused(path, "`" + read.key().name() + "` is here twice");
            }
            witnesses.add(read);
        }
        if (section.get("witnesses").isPresent() && witnesses.isEmpty()) {
            throw reader.refused(PATH, "it is a list of witnesses, each with `url` and `key`");
        }
        return witnesses;
    }

    private URI url(Value.Fields written, String path) {
        String url = reader.text(written, path, "url").orElse("");
        if (!url.matches("https?://[a-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?")) {
            throw reader.refused(path + "/url", "it is a URL, as in https://witness.example");
        }
        URI begins = URI.create(url.replaceFirst("/+$", ""));
        if (!Origin.of(begins).isPrivate()) {
            throw reader.refused(path + "/url", "http is only for this machine; write https://…");
        }
        return begins;
    }

    private NoteKey key(Value.Fields written, String path) {
        return NoteKey.read(reader.text(written, path, "key").orElse(""), NoteKey.Kind.WITNESS)
                .orElseThrow(
                        () ->
                                reader.refused(
                                        path + "/key",
                                        "it is the witness's public key, as `remit witness` prints"
                                                + " it: NAME+ID+BASE64"));
    }
}
