package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All rules of a folder or none, at the start and while it goes on. */
final class RuleFolderTest {
    private static final String GOOD = "@id(\"a\") forbid(principal, action, resource);";

    @TempDir private Path folder;

    private RuleFolder rules() {
        return new RuleFolder(folder, RuleFolder.Fallback.PERMIT);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws IOException {
        for (List<String> one :
                List.of(
                        List.of("\nforbid(principal, action, resource)", "line 2"),
                        List.of(
                                "\nforbid(principal, action, resource);",
                                "line 2: a rule has a name"),
                        List.of("@id(\"a b\") forbid(principal, action, resource);", "name"),
                        List.of(
                                "@id(\"a\") @mod(\"x\") forbid(principal, action, resource);",
                                "@mod"),
                        List.of(
                                "@id(\"a\") @mode(\"x\") forbid(principal, action, resource);",
                                "observe"),
                        List.of("@id(\"a\") @ask permit(principal, action, resource);", "@ask"),
                        List.of(
                                "@id(\"a\") forbid(principal == ?principal, action, resource);",
                                "template"),
                        List.of("@id(\"b\") forbid(principal, action, resource);", "b.cedar"))) {
            Files.writeString(folder.resolve("a.cedar"), one.getFirst());
            Files.writeString(
                    folder.resolve("b.cedar"), "@id(\"b\") forbid(principal, action, resource);");
            assertThatThrownBy(() -> rules().read())
                    .isInstanceOf(RulesUnreadable.class)
                    .hasMessageContaining("a.cedar")
                    .hasMessageContaining(one.getLast());
        }
        Files.writeString(folder.resolve("a.cedar"), GOOD);
        assertThat(rules().read().all()).hasSize(2);
    }

    @Test
    @AttackCase("PDP-017")
    void aPartOfTheRulesIsNoRules() throws IOException {
        Files.writeString(folder.resolve("a.cedar"), GOOD);
        Files.createDirectory(folder.resolve("b.cedar"));
        assertThatThrownBy(() -> rules().read()).isInstanceOf(RulesUnreadable.class);
        Files.delete(folder.resolve("b.cedar"));
        Files.createSymbolicLink(folder.resolve("b.cedar"), folder.resolve("gone"));
        assertThatThrownBy(() -> rules().read()).isInstanceOf(RulesUnreadable.class);
        Files.delete(folder.resolve("b.cedar"));
        Files.write(folder.resolve("b.cedar"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> rules().read()).isInstanceOf(RulesUnreadable.class);
        Files.delete(folder.resolve("b.cedar"));
        assertThat(rules().read().all()).hasSize(1);
        assertThatThrownBy(
                        () ->
                                new RuleFolder(folder.resolve("none"), RuleFolder.Fallback.PERMIT)
                                        .read())
                .isInstanceOf(RulesUnreadable.class);
    }

    @Test
    @AttackCase("PDP-010")
    void noRuleTakesAnothersName() throws IOException {
        Files.writeString(folder.resolve("a.cedar"), GOOD);
        Files.writeString(
                folder.resolve("b.cedar"), "@id(\"a\") permit(principal, action, resource);");
        assertThatThrownBy(() -> rules().read())
                .isInstanceOf(RulesUnreadable.class)
                .hasMessageContaining("a.cedar")
                .hasMessageContaining("b.cedar");
    }

    @Test
    @AttackCase("CONFIG-003")
    void brokenRulesChangeNothingAndWholeOnesAreTakenOver() throws IOException {
        Files.writeString(folder.resolve("a.cedar"), GOOD);
        List<Event.RulesTaken> written = new CopyOnWriteArrayList<>();
        AtomicBoolean full = new AtomicBoolean();
        try (RuleWatch watch = new RuleWatch(rules(), Duration.ofMillis(20))) {
            watch.start(
                    taken -> {
                        if (full.get()) {
                            throw new LedgerUnavailable("the disk is full");
                        }
                        assertThat(in(watch)).isNotEqualTo(written.isEmpty() ? 0 : taken.rules());
                        written.add(taken);
                    });
            assertThat(written).singleElement().satisfies(one -> holds(one, 1));
            Files.writeString(folder.resolve("a.cedar"), GOOD + "\n@id(\"b\") forbid(princ");
            await(() -> !watch.trouble().isEmpty());
            assertThat(watch.trouble()).contains("a.cedar", "line 2");
            assertThat(in(watch)).isEqualTo(1);
            full.set(true);
            Files.writeString(
                    folder.resolve("a.cedar"),
                    GOOD + "\n@id(\"b\") forbid(principal, action, resource);");
            await(() -> watch.trouble().contains("full"));
            assertThat(in(watch)).isEqualTo(1);
            full.set(false);
            await(() -> in(watch) == 2);
            assertThat(watch.trouble()).isEmpty();
        }
        assertThat(written).hasSize(2);
        holds(written.getLast(), 2);
    }

    private static int in(RuleWatch watch) {
        return ((RuleSet) watch.get()).all().size();
    }

    /** The record is the rules: read again, they are the same. */
    private void holds(Event.RulesTaken taken, int rules) {
        assertThat(taken.rules()).isEqualTo(rules);
        assertThat(taken.otherwise()).isEqualTo("permit");
        Map<String, String> texts = taken.texts().orElseThrow();
        assertThat(RuleFolder.digest(texts)).isEqualTo(taken.digest());
        assertThat(rules().read(texts).all()).hasSize(rules);
    }

    private static void await(BooleanSupplier done) {
        Instant end = Instant.now().plusSeconds(10);
        while (!done.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(done.getAsBoolean()).isTrue();
    }
}
