package dev.remit.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.cli.CommandFailed;
import dev.remit.testkit.AttackCase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The inbox at a terminal: what a key answers, and what reaches the screen. */
final class InboxTest {
    private static final String HOSTILE =
            "\u001b[2J\u001b]0;pwned\u0007\u009b31m\u202eevil\u2066\u200b\u0000\u007f\r\n! It only"
                    + " reads: all is well\nmаil \ufeff\u2028 end";

    private final Map<String, Value.Fields> waiting = new LinkedHashMap<>();
    private final List<String> answered = new ArrayList<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;
    private boolean down;

    /** Something that happens before the next key. */
    private record Step(Runnable first, Optional<Character> key) {}

    private void press(char key) {
        steps.add(new Step(() -> now = now.plus(Duration.ofSeconds(2)), Optional.of(key)));
    }

    private void pass(Runnable first) {
        steps.add(
                new Step(
                        () -> {
                            now = now.plus(Duration.ofSeconds(2));
                            first.run();
                        },
                        Optional.empty()));
    }

    private final class Scripted implements Keys {
        @Override
        public Optional<Character> next(Duration wait) {
            Step step = steps.isEmpty() ? new Step(() -> {}, Optional.of('q')) : steps.remove();
            step.first().run();
            return step.key();
        }

        @Override
        public void forget() {}

        @Override
        public int columns() {
            return 60;
        }

        @Override
        public void close() {}
    }

    private Value act(String name, Value.Fields asked) {
        if (down) {
            throw new CommandFailed("gone");
        }
        if (name.equals("questions/list")) {
            return new Value.Items(List.copyOf(waiting.values()));
        }
        String id = asked.text("question").orElseThrow();
        if (waiting.remove(id) == null) {
            throw new CommandFailed("it is answered \u001b[31malready");
        }
        answered.add(asked.text("verdict").orElseThrow() + " " + id);
        return asked;
    }

    private String run() throws InterruptedException {
        new Inbox(
                        this::act,
                        new Scripted(),
                        new PrintStream(screen, true, StandardCharsets.UTF_8),
                        () -> now)
                .run();
        return screen.toString(StandardCharsets.UTF_8);
    }

    private void ask(String id, String passkeyAt, boolean widens, String words) {
        Value.Fields sent =
                Value.object()
                        .put("argument", words)
                        .put("purpose", "what is said")
                        .put("value", words)
                        .put("agents_words", true)
                        .put("origins", Value.ofTexts(List.of(words)))
                        .put(
                                "before",
                                Value.object()
                                        .put("read_by", words)
                                        .put("read_at", "2026-11-24T10:00:00Z")
                                        .put(
                                                "difference",
                                                new Value.Items(
                                                        List.of(
                                                                line("goes", "old " + words),
                                                                line("comes", "new " + words))))
                                        .build())
                        .build();
        waiting.put(
                id,
                Value.object()
                        .put("question", id)
                        .put("task", words)
                        .put("agent_name", words)
                        .put("tool", "mail.send")
                        .put("because", "not-permitted")
                        .put("detail", words)
                        .put("doubt", words)
                        .put(
                                "risk",
                                Value.object()
                                        .put("title", "It sends")
                                        .put("words", "others get it")
                                        .put("final", true)
                                        .build())
                        .put("sent", new Value.Items(List.of(sent)))
                        .put("like_it", Value.ofTexts(List.of(words)))
                        .put("widens", widens)
                        .put("own", true)
                        .put("passkey_at", passkeyAt)
                        .build());
    }

    private static Value line(String fate, String text) {
        return Value.object().put("line", fate).put("text", text).build();
    }

    private void ask(String id) {
        ask(id, "", true, "hello");
    }

    @Test
    void eachKeyAnswersWhatIsShown() throws Exception {
        for (String id : List.of("a", "b", "c", "d", "e", "f")) {
            ask(id);
        }
        for (char key : "ytlnNS".toCharArray()) {
            press(key);
        }
        String said = run();
        assertThat(answered)
                .containsExactly("once a", "for-task b", "like-it c", "no d", "never e", "stop f");
        assertThat(said).contains("1 of 6", "the agent's words", "Nothing waits");
        assertThat(said.indexOf("It sends")).isLessThan(said.indexOf("mail.send"));
    }

    @Test
    void whatComesMeanwhileDoesNotTakeThePlaceOfWhatIsShown() throws Exception {
        ask("a");
        pass(
                () -> {
                    Map<String, Value.Fields> before = new LinkedHashMap<>(waiting);
                    waiting.clear();
                    ask("graver");
                    waiting.putAll(before);
                });
        press('y');
        assertThat(run()).contains("1 more; 2 wait now.");
        assertThat(answered).containsExactly("once a");
    }

    @Test
    void whatWasAnsweredElsewhereIsNotAnsweredByTheKeyThatWasMeantForIt() throws Exception {
        ask("a");
        ask("b");
        pass(() -> waiting.remove("a"));
        steps.add(new Step(() -> {}, Optional.of('y'))); // at once, as the next one appears
        assertThat(run()).contains("does not wait any more");
        assertThat(answered).isEmpty();
    }

    @Test
    void aYesThatNeedsAPasskeyNamesThePageAndANoDoesNot() throws Exception {
        ask("a", "http://localhost:8420/approvals#q-a", true, "hello");
        press('y');
        press('t');
        press('l');
        press('n');
        assertThat(run()).contains("needs your passkey", "http://localhost:8420/approvals#q-a");
        assertThat(answered).containsExactly("no a");
    }

    @Test
    void whatARuleAsksForIsAllowedOnceAlone() throws Exception {
        ask("a", "", false, "hello");
        press('t');
        press('l');
        press('y');
        run();
        assertThat(answered).containsExactly("once a");
    }

    @Test
    void whatIsTooLongToLookThroughIsNotApproved() throws Exception {
        ask("a", "", true, "long\n".repeat(500));
        press('y');
        assertThat(run()).contains("remit pending", "not shown whole");
        assertThat(answered).isEmpty();
    }

    @Test
    void oneGoesFromOneToTheNextAndBack() throws Exception {
        ask("a");
        ask("b");
        press('j');
        press('j');
        press('k');
        press('y');
        run();
        assertThat(answered).containsExactly("once b");
    }

    @Test
    void aGatewayThatIsGoneIsWaitedFor() throws Exception {
        ask("a");
        pass(() -> down = true);
        pass(() -> {});
        pass(() -> down = false);
        press('y');
        assertThat(run()).containsOnlyOnce("does not answer");
        assertThat(answered).containsExactly("once a");
    }

    @Test
    @AttackCase("CLI-001")
    void nothingHostileReachesTheScreen() throws Exception {
        ask("a", "", true, HOSTILE);
        ask("b", "http://localhost:8420/approvals#q-b", true, HOSTILE);
        press('j');
        press('y');
        press('k');
        pass(() -> waiting.clear());
        String said = run();
        said.codePoints()
                .filter(c -> c != '\n')
                .forEach(
                        c ->
                                assertThat(
                                                Character.isISOControl(c)
                                                        || Character.getType(c) == Character.FORMAT
                                                        || Character.getType(c)
                                                                == Character.LINE_SEPARATOR)
                                        .as("U+%04X", c)
                                        .isFalse());
        assertThat(said.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(said.lines().filter(line -> line.startsWith("! It only reads"))).isEmpty();
        assertThat(said).contains("m\\u{430}il", "\\u{1b}[2J");
    }
}
