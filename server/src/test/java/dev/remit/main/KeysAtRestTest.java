package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Secret;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import dev.remit.vault.FileKeys;
import dev.remit.vault.OwnKeys;
import dev.remit.vault.Sealer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own keys as they lie on the disk, and what becomes of a start without them. */
final class KeysAtRestTest {
    @TempDir Path data;

    @BeforeEach
    void firstStart() throws IOException {
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            gateway.code("worker");
            assertThat(gateway.operatorList("keys/list")).hasSize(3);
        }
    }

    private void starts() throws IOException {
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            assertThat(gateway.operatorList("agents/list")).hasSize(1);
        }
    }

    /** The start is refused with these words, and not a byte of the folder is another one. */
    private void refused(Config config, String... words) throws IOException {
        Map<String, String> before = contents();
        assertThatThrownBy(() -> new KnockedGateway(data, config))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContainingAll(words);
        assertThat(contents()).isEqualTo(before);
    }

    private void refused(String... words) throws IOException {
        refused(Config.usual().on(Ports.free()), words);
    }

    /** The same, once the ledger has said which key is missing; it then says that it was opened. */
    private void refusedByTheLedger(String... words) throws IOException {
        Map<String, String> before = contents();
        assertThatThrownBy(() -> new KnockedGateway(data))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContainingAll(words);
        Map<String, String> after = contents();
        after.keySet().removeIf(name -> name.startsWith("ledger/"));
        assertThat(before).containsAllEntriesOf(after);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Path file : files(data)) {
            String name = data.relativize(file).toString();
            boolean changing = name.equals("lock") || name.startsWith("books.db");
            if (!changing) {
                all.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return all;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private List<Path> sealed() throws IOException {
        return files(data.resolve("keys")).stream()
                .filter(file -> !file.endsWith("sealing.key"))
                .toList();
    }

    private Path sealed(String start) throws IOException {
        return sealed().stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @AttackCase("KEYS-001")
    void noSecretLiesOpen() throws IOException {
        Path keys = data.resolve("keys");
        Sealer sealer = new Sealer(FileKeys.at(keys.resolve("sealing.key"), false));
        OwnKeys own = new OwnKeys(keys, sealer);
        List<byte[]> secrets = new ArrayList<>(List.of(own.secret("state", false)));
        for (KeyUse use : KeyUse.values()) {
            List<KeyPair> pairs = own.all(use);
            assertThat(pairs).as(use.text()).hasSize(1);
            byte[] whole = pairs.getFirst().getPrivate().getEncoded();
            secrets.add(Arrays.copyOfRange(whole, whole.length - 32, whole.length));
        }
        for (Path file : files(data)) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (byte[] secret : secrets) {
                assertThat(content)
                        .as(file.toString())
                        .doesNotContain(
                                new String(secret, StandardCharsets.ISO_8859_1),
                                HexFormat.of().formatHex(secret),
                                Base64.getEncoder().encodeToString(secret).substring(3, 40),
                                Base64.getUrlEncoder().encodeToString(secret).substring(3, 40));
            }
            if (file.startsWith(keys)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    @AttackCase({"KEYS-002", "KEYS-009"})
    void noSealedKeyOpensInAnothersPlace() throws IOException {
        int tried = 0;
        for (Path place : sealed()) {
            byte[] right = Files.readAllBytes(place);
            for (Path other : sealed()) {
                if (!other.equals(place)) {
                    Files.write(place, Files.readAllBytes(other));
                    refused("does not open", place.toString());
                    tried++;
                }
            }
            Files.write(place, right);
        }
        assertThat(tried).isEqualTo(12);
        starts();
    }

    @Test
    @AttackCase("KEYS-003")
    void anOlderKeyPutBackDoesNotSign() throws IOException {
        Path first = sealed("tokens-1-");
        byte[] old = Files.readAllBytes(first);
        try (KnockedGateway gateway = new KnockedGateway(data)) {
            gateway.operator("keys/rotate", Value.object().put("use", "tokens").build());
        }
        Path second = sealed("tokens-2-");
        byte[] right = Files.readAllBytes(second);
        assertThat(first).doesNotExist();

        Files.write(second, old);
        refused("does not open");
        Files.delete(second);
        Files.write(first, old);
        refusedByTheLedger("by the ledger", second.toString());
        Files.write(second, right);
        starts();
        assertThat(first).as("replaced, and erased").doesNotExist();
    }

    @Test
    @AttackCase("KEYS-004")
    void withoutTheRightSealingKeyNothingStarts() throws IOException {
        Path file = data.resolve("keys/sealing.key");
        String right = Files.readString(file);
        Files.delete(file);
        refused("is gone", "sealing_key", file.toString());

        Files.writeString(file, Base64.getEncoder().encodeToString(Names.random(32)));
        refused("does not open", "sealing key");
        String wrong = Base64.getEncoder().encodeToString(Names.random(32));
        Config config = Config.usual().on(Ports.free());
        refused(config.sealedWith(new Secret(wrong)), "does not open");

        Files.delete(file);
        Config elsewhere = config.sealedWith(new Secret(right.strip()));
        try (KnockedGateway gateway = new KnockedGateway(data, elsewhere)) {
            assertThat(gateway.operatorList("agents/list")).hasSize(1);
        }
        assertThat(file).as("a key from elsewhere is not written down").doesNotExist();
    }

    @Test
    @AttackCase("KEYS-004")
    void aLedgerWithoutItsKeysDoesNotStart() throws IOException {
        for (Path one : sealed()) {
            byte[] right = Files.readAllBytes(one);
            Files.delete(one);
            refusedByTheLedger("put back the folder `keys`", data.resolve("keys").toString());
            Files.write(one, right);
        }
        starts();
    }
}
