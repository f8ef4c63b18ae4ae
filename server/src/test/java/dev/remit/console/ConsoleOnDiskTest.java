package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.InclusionProof;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a whole gateway with its ledger on disk. */
final class ConsoleOnDiskTest {
    @Test
    void eachPageIsThereAndEachEntryIsProven(@TempDir Path data) throws Exception {
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            Visitor root = person(gateway, "root", "auditor");
            for (String path :
                    List.of("/", "/approvals", "/mandates", "/agents", "/tools", "/rules")) {
                assertThat(root.get(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(root.get("/settings").body())
                    .contains("in order", "root (per_", "remit key rotate");
            assertThat(root.get("/ledger").body()).contains("signed in", "a new key for");
            Visitor ada = person(gateway, "ada", "person");
            int entries = gateway.events().size();
            String key = Files.readString(data.resolve("ledger/key.pub"));
            for (int entry = 0; entry < entries; entry++) {
                HttpResponse<String> proof = root.get("/ledger/proofs/" + entry);
                assertThat(proof.statusCode()).isEqualTo(200);
                assertThat(proof.headers().firstValue("Content-Disposition"))
                        .hasValue("attachment");
                assertProves(proof.body(), entry, key);
                assertThat(ada.get("/ledger/proofs/" + entry).statusCode()).isEqualTo(404);
            }
            assertThat(root.get("/ledger/proofs/99999").statusCode()).isEqualTo(404);
            assertThat(root.get("/ledger/entries/x").statusCode()).isEqualTo(404);
            assertThat(root.get("/actuator").statusCode()).isEqualTo(404);
        }
    }

    private static Visitor person(KnockedGateway gateway, String name, String role) {
        String link =
                gateway.operator(
                                "people/add",
                                Value.object()
                                        .put("name", name)
                                        .put("roles", Value.ofTexts(List.of(role)))
                                        .build())
                        .text("link")
                        .orElseThrow();
        Visitor visitor = new Visitor(gateway);
        assertThat(visitor.welcome(link, new SoftPasskey()).statusCode()).isEqualTo(200);
        return visitor;
    }

    /** Reads the proof as anybody's tool would, and checks it with the log's public key. */
    private static void assertProves(String text, int entry, String key) {
        List<String> lines = text.lines().toList();
        int end = lines.indexOf("");
        Base64.Decoder decoder = Base64.getDecoder();
        assertThat(lines.getFirst()).isEqualTo("c2sp.org/tlog-proof@v1");
        assertThat(lines.get(2)).isEqualTo("index " + entry);
        byte[] leaf = decoder.decode(lines.get(1).substring("extra ".length()));
        List<Digest> path =
                lines.subList(3, end).stream()
                        .map(line -> Digest.ofBytes(decoder.decode(line)))
                        .toList();
        String note = text.substring(text.indexOf("\n\n") + 2);
        Checkpoint signed = Checkpoint.verified(note, key).orElseThrow();
        assertThat(new InclusionProof(entry, leaf, path, note).root(signed.size()))
                .isEqualTo(Optional.of(signed.root()));
    }
}
