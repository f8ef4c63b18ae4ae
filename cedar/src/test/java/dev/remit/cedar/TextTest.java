package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import dev.remit.cedar.Policies.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context.__cedar",
                "context[\"__cedar\"]",
                "context has __cedar",
                "{__cedar: 1} == 1",
                "__cedar::\"x\" == 1",
                "A::__cedar::\"x\" == 1",
                "principal is __cedar",
                "context.if",
                "context has if",
                "{if: 1} == 1",
                "{\"if\": 1} == 1",
                "context.is",
                "context.permit",
                "context.principal",
                "context has principal.action",
                "context has a.b",
                "context has \"a\".b",
                "context has a[\"b\"]",
                "context has (a)",
                "\"\\x7F\" == 1",
                "\"\\x80\" == 1",
                "\"\\x7\" == 1",
                "\"\\u{10FFFF}\" == 1",
                "\"\\u{110000}\" == 1",
                "\"\\u{d800}\" == 1",
                "\"\\u{_1}\" == 1",
                "\"\\u{1_}\" == 1",
                "\"\\u{}\" == 1",
                "\"\\u{0000001}\" == 1",
                "\"\\q\" == 1",
                "\"\\*\" == 1",
                "context.a like \"\\*\"",
                "context.a like context.b",
                "context.a like \"\\x2a\"",
                "\"a\rb\" == 1",
                "\"a\nb\" == 1",
                "\"a\\\nb\" == 1",
                "1 == 2 == 3",
                "1 < 2 < 3",
                "1 in 2 in 3",
                "context has a has b",
                "(1 == 2) == 3",
                "context has a == true",
                "principal is A is B",
                "principal is A in B::\"b\" in 1",
                "principal in A::\"a\" is B",
                "principal is A::\"a\"",
                "principal is (A)",
                "principal is principal",
                "principal is A + 1",
                "if true then true else true && false",
                "true && if true then true else false",
                "(if true then true else false)",
                "if true then true",
                "!if true then true else true",
                "!!!!true",
                "!!!!!true",
                "----1 == 1",
                "-----1 == 1",
                "!-1",
                "-!true",
                "- -1 == 1",
                "-9223372036854775808 == 1",
                "--9223372036854775808 == 1",
                "9223372036854775808 == 1",
                "-9223372036854775809 == 1",
                "-(9223372036854775808) == 1",
                "18446744073709551616 == 1",
                "007 == 7",
                "-1.a",
                "1.a",
                "-1[\"a\"]",
                "1 * 2 * 3 == 6",
                "2 * -3 == 1",
                "1 / 2",
                "1 % 2",
                "1 = 1",
                "1 + + 2",
                "true || false && true",
                "[1, 2,] == []",
                "[,] == []",
                "{,} == {}",
                "{a: 1,} == {}",
                "{a: 1, a: 2} == {}",
                "{\"a\": 1, a: 2} == {}",
                "{1: 2} == {}",
                "{a::b: 1} == {}",
                "{principal: 1} == {}",
                "ip() == 1",
                "ip(\"a\", \"b\") == 1",
                "ip == 1",
                "A::ip(\"a\") == 1",
                "ip::ip(\"a\") == 1",
                "isIpv4(1)",
                "contains(1)",
                "1.ip()",
                "1.contains()",
                "1.contains(1, 2)",
                "1.isEmpty(1)",
                "1.isIpv4(1, 2)",
                "1.foo()",
                "1.\"a\"",
                "1[a]",
                "1[1]",
                "1()",
                "principal()",
                "principal.a()",
                "foo",
                "foo.a",
                "foo::bar",
                "A::\"a\".b",
                "A :: \"a\" == 1",
                "A::B::\"a\" == 1",
                "principal::\"a\" == 1",
                "if::\"a\" == 1",
                "A::{a: 1} == 1",
                "?principal == 1",
                "?x == 1",
                "",
                "true;",
                "// x",
                "true // x",
                "/* x */ true",
                "\u00a0true",
                "\u200btrue",
                "\ufefftrue",
                "t\u00e9 == 1"
            })
    void aConditionIsReadIfTheOriginalReadsIt(String condition) {
        String text = "permit(principal, action, resource) when { " + condition + " };";
        assertThat(Policies.read(text) instanceof Reading.Read).isEqualTo(originalReads(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit(principal,action,resource);",
                "permit(principal,action,resource,);",
                "permit(principal,action);",
                "permit(principal,resource,action);",
                "permit();",
                "permit(principal: User, action, resource);",
                "permit(principal, action, resource)",
                "@a permit(principal, action, resource);",
                "@a() permit(principal, action, resource);",
                "@a(\"\") @a(\"\") permit(principal, action, resource);",
                "@if(\"x\") permit(principal, action, resource);",
                "@a(x) permit(principal, action, resource);",
                "permit(principal == ?principal, action, resource);",
                "permit(principal == ?resource, action, resource);",
                "permit(principal in ?principal, action, resource in ?resource);",
                "permit(principal is A in ?principal, action, resource);",
                "permit(principal is A == A::\"a\", action, resource);",
                "permit(principal is A::\"a\", action, resource);",
                "permit(principal in [A::\"a\"], action, resource);",
                "permit(principal in A::\"a\" is A, action, resource);",
                "permit(principal != A::\"a\", action, resource);",
                "permit(principal = A::\"a\", action, resource);",
                "permit(principal, action == ?action, resource);",
                "permit(principal, action == A::\"a\", resource);",
                "permit(principal, action == A::Action::\"a\", resource);",
                "permit(principal, action == [Action::\"a\"], resource);",
                "permit(principal, action in [Action::\"a\", A::\"b\"], resource);",
                "permit(principal, action in [], resource);",
                "permit(principal, action is Action, resource);",
                "permit(principal, action, resource) when;",
                "permit(principal, action, resource) when {};",
                "permit(principal, action, resource) if { true };",
                "permit(principal, action, resource) when { true } unless { false } when { 1 };"
            })
    void aHeadIsReadIfTheOriginalReadsIt(String text) {
        assertThat(Policies.read(text) instanceof Reading.Read).isEqualTo(originalReads(text));
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
