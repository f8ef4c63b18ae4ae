package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.Passkey;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.testkit.Sample;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a third party learns of a mandate from a copy of the log, with no gateway. */
final class MandateVerifyTest {
    private static final SoftPasskey.Telling PAGE =
            new SoftPasskey.Telling("https://remit.example", "remit.example", true);

    @TempDir Path home = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void write() throws Exception {
        Path data = home.resolve("data");
        LogKeys keys = new LogKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        try (EmbeddedStore store =
                EmbeddedStore.open(data, keys, "remit.test/log", InstantSource.system(), "test")) {
            Sample sample = new Sample(store);
            Person ada = new Person(new PersonId("per_1"), "Ada");
            SoftPasskey passkey = new SoftPasskey();
            sample.append(
                    new Event.PersonAdded(ada, EnumSet.of(Role.PERSON), Optional.empty(), "x"));
            sample.append(
                    new Event.PasskeyAdded(
                            ada.id(),
                            new Passkey(passkey.id(), passkey.key(), 0, "laptop", Sample.START),
                            Optional.empty()));
            sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
            Mandate signed = sample.mandate("a", "signed");
            sample.append(new Event.MandateGiven(signed, Optional.of(by(passkey, signed))));
            sample.append(new Event.MandateGiven(sample.mandate("a", "plain")));
            List<Permission> more = new ArrayList<>(signed.permissions().all());
            more.add(new Permission("w1-3", new Glob("up.more"), Map.of(), OptionalLong.empty()));
            sample.append(
                    new Event.MandateChanged(
                            signed.with(new Permissions(more), signed.limits()), "per_1"));
            Mandate altered = sample.mandate("a", "altered");
            sample.append(
                    new Event.MandateGiven(
                            with(altered, permissions(altered)),
                            Optional.of(by(passkey, altered))));
            Mandate other = sample.mandate("a", "other");
            sample.append(new Event.MandateGiven(other, Optional.of(by(passkey, signed))));
        }
        log = home.resolve("copy");
        copy(data.resolve("ledger"), log);
    }

    /** The same mandate, but for one argument of one permission. */
    private static Permissions permissions(Mandate mandate) {
        List<Permission> all = new ArrayList<>(mandate.permissions().all());
        Permission first = all.removeFirst();
        all.addFirst(
                new Permission(
                        first.name(),
                        first.tools(),
                        Map.of("amount", new Constraint.Exact(Value.of("201"))),
                        first.uses(),
                        first.when()));
        return new Permissions(all);
    }

    private static Mandate with(Mandate mandate, Permissions changed) {
        return new Mandate(
                mandate.id(),
                mandate.giver(),
                mandate.agent(),
                mandate.task(),
                changed,
                mandate.limits(),
                mandate.givenAt(),
                mandate.status(),
                mandate.version());
    }

    private static MandateSignature by(SoftPasskey passkey, Mandate mandate) {
        return new MandateSignature(
                passkey.id(),
                passkey.key(),
                "A".repeat(43),
                passkey.approving(MandateSignature.challenge(new byte[32], mandate), PAGE));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private Commands.Ran verify(String mandate, String... more) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("mandate", "verify", mandate, "--log", log.toString()));
        all.addAll(List.of(more));
        return new Commands(home).run(all.toArray(String[]::new));
    }

    @Test
    void itSaysWhoSignedWhatAndHowFarThatReaches() throws Exception {
        Commands.Ran good = verify("mdt_signed", "--origin", "https://remit.example");
        assertThat(good.status()).as(good.out() + good.err()).isEqualTo(Exit.DONE);
        assertThat(good.out())
                .contains(
                        "by passkey “laptop”",
                        "on https://remit.example",
                        "version 2",
                        "beyond what was given at first: permission w1-3 for up.more",
                        "holds    this person's passkey approved exactly this mandate");
        assertThat(verify("mdt_signed", "--json").out())
                .contains("\"holds\":true", "\"approval\":\"signed\"");
    }

    @Test
    void itSaysNoAndWhy() throws Exception {
        Commands.Ran other = verify("mdt_other");
        assertThat(other.status()).isEqualTo(Exit.FOUND_WRONG);
        assertThat(other.out()).contains("the passkey approved something else", "DOES NOT HOLD");
        Commands.Ran altered = verify("mdt_altered");
        assertThat(altered.status()).isEqualTo(Exit.FOUND_WRONG);
        assertThat(altered.out()).contains("approved something else", "DOES NOT HOLD");
        Commands.Ran plain = verify("mdt_plain");
        assertThat(plain.status()).isEqualTo(Exit.FOUND_WRONG);
        assertThat(plain.out()).contains("nobody signed it", "NOT SIGNED");
        Commands.Ran page = verify("mdt_signed", "--origin", "https://other.example");
        assertThat(page.status()).isEqualTo(Exit.FOUND_WRONG);
        assertThat(page.out()).contains("the passkey was used on another page");
        assertThat(verify("mdt_nobody").status()).isEqualTo(Exit.REFUSED);
        assertThat(verify("nobody").err()).contains("begins with mdt_");
    }

    @Test
    void aLogThatWasChangedAroundItDoesNotHold() throws Exception {
        Path segment = log.resolve("00000000000000000000.seg");
        byte[] bytes = Files.readAllBytes(segment);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int words = text.lastIndexOf("update the agenda");
        bytes[words] ^= 1;
        Files.write(segment, bytes);
        Commands.Ran changed = verify("mdt_signed");
        assertThat(changed.status()).isNotEqualTo(Exit.DONE);
        assertThat(changed.out() + changed.err()).doesNotContain("holds  ", "Exception");
    }
}
