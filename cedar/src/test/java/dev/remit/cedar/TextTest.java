package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import dev.remit.cedar.Policies.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts that are almost policies: what is read, what is not, and that nothing else happens. */
final class TextTest {
    private static final int TEXTS = Integer.getInteger("remit.cedar.texts", 6_000);

    private static final String[] WORDS = {
        "permit",
        "forbid",
        "when",
        "unless",
        "principal",
        "action",
        "resource",
        "context",
        "if",
        "then",
        "else",
        "in",
        "is",
        "has",
        "like",
        "true",
        "false",
        "==",
        "!=",
        "<",
        ">=",
        "&&",
        "||",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ",",
        ";",
        ".",
        "::",
        ":",
        "@id",
        "@a(\"b\")",
        "\"a\"",
        "\"\\u{41}\"",
        "\"*\\*\"",
        "1",
        "-",
        "--",
        "-9223372036854775808",
        "9223372036854775808",
        "!",
        "!!",
        "+",
        "*",
        "/",
        "=",
        "?principal",
        "?other",
        "User::\"a\"",
        "A::B",
        "A::",
        "__cedar",
        "ip(\"::1\")",
        ".contains(1)",
        ".isEmpty()",
        ".lessThan()",
        "// x\n",
        "x",
        "_",
        "\u00a0",
        "é",
        "{a: 1}",
        "{\"a\": 1, a: 2}",
        "[1, 2,]",
        ".if",
        "[\"a\"]",
        "has a.b.c",
        "is A::B in C::\"d\"",
        "\\",
        "'",
        "\"",
        "\r\n",
        "context.a"
    };

    @Test
    void whatIsReadIsWhatTheOriginalReads() throws Exception {
        Random random = new Random(7);
        int read = 0;
        List<String> apart = new ArrayList<>();
        for (int one = 0; one < TEXTS; one++) {
            String text = changed(new World(one).policies(1).getFirst(), random, 1);
            boolean ours = Policies.read(text) instanceof Reading.Read;
            boolean theirs = originalReads(text);
            read += theirs ? 1 : 0;
            if (ours != theirs) {
                apart.add((ours ? "only we read " : "only they read ") + text);
            }
        }
        System.out.printf("%d texts, %d are policies%n", TEXTS, read);
        assertThat(apart).isEmpty();
        assertThat(read).isBetween(TEXTS / 10, TEXTS * 9 / 10);
    }

    private static boolean originalReads(String text) {
        try {
            Policy.parseStaticPolicy(text);
            return true;
        } catch (InternalException refused) {
            return isTemplate(text);
        }
    }

    private static boolean isTemplate(String text) {
        try {
            Policy.parsePolicyTemplate(text);
            return true;
        } catch (InternalException refused) {
            return false;
        }
    }

    @Test
    void noTextDoesAnythingButBeReadOrNot() {
        Random random = new Random(11);
        for (int one = 0; one < 10 * TEXTS; one++) {
            String text = changed(new World(one % 500).policies(2).getLast(), random, 6);
            switch (Policies.read(text)) {
                case Reading.Read(Policies policies) -> assertThat(policies.all()).isNotNull();
                case Reading.Unread(Problem problem) -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                    assertThat(problem.sentence()).isNotBlank();
                }
            }
        }
    }

    private static String changed(String text, Random random, int most) {
        StringBuilder changed = new StringBuilder(text);
        for (int count = 1 + random.nextInt(most); count > 0 && !changed.isEmpty(); count--) {
            int at = random.nextInt(changed.length());
            int to = Math.min(changed.length(), at + 1 + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> changed.delete(at, at + 1);
                case 1 -> changed.delete(at, to);
                case 2 -> changed.insert(at, " " + WORDS[random.nextInt(WORDS.length)] + " ");
                case 3 -> changed.insert(at, changed.substring(at, to));
                default -> changed.replace(at, to, WORDS[random.nextInt(WORDS.length)]);
            }
        }
        return changed.toString();
    }
}
