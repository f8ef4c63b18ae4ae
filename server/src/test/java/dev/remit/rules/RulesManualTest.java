package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.registry.ActRefused;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's examples do what it says. */
final class RulesManualTest {
    private static final Path MANUAL = Path.of("../docs/reference/rules.md");
    private static final Pattern EXAMPLE = Pattern.compile("```cedar\n(.*?)```", Pattern.DOTALL);

    private final Office office = new Office();

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(MANUAL))
                .results()
                .map(MatchResult::group)
                .map(one -> one.substring("```cedar\n".length(), one.length() - 3))
                .toList();
    }

    private static Value.Fields with(String name, String value) {
        return Value.object().put(name, value).build();
    }

    @Test
    void payingAndMailing() throws IOException {
        assertThat(examples()).hasSize(4);
        office.under(examples().getFirst()).give("bank.*", 5);
        Value.Fields little =
                Value.object().put("amount", new Value.Num(new BigDecimal("99.5"))).build();
        assertThat(office.call("bank.pay", little)).isInstanceOf(Answer.Ended.class);
        assertThat(office.call("bank.pay", little.with("amount", Value.of(100))))
                .isInstanceOf(Answer.Refused.class);
        office.give("mail.*", 5);
        assertThat(office.call("mail.send", with("to", "ines@office.example")))
                .isInstanceOf(Answer.Ended.class);
        assertThat(office.call("mail.send", with("to", "x@elsewhere.example")))
                .isInstanceOf(Answer.Asked.class);
    }

    @Test
    void ceilings() throws IOException {
        office.under(examples().get(1));
        assertThatThrownBy(() -> office.give("bank.*", 0)).isInstanceOf(ActRefused.class);
        office.give("mail.*", 0);
        assertThat(office.call("mail.send")).isInstanceOf(Answer.Ended.class);
    }

    @Test
    void everythingWrittenDown() throws IOException {
        office.under(examples().get(2), RuleFolder.Fallback.FORBID).give("bank.*", 0);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Ended.class);
        assertThat(office.call("bank.balance")).isInstanceOf(Answer.Refused.class);
        office.give("mail.*", 0);
        assertThat(office.call("mail.send")).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void yesInsteadOfAPerson() throws IOException {
        office.pin("docs.edit", "path");
        office.under(examples().getLast()).give("mail.*", 1);
        assertThat(office.call("docs.edit", with("path", "/notes/finance/a")))
                .isInstanceOf(Answer.Ended.class);
        assertThat(office.call("docs.edit", with("path", "/notes/hr/a")))
                .isInstanceOf(Answer.Asked.class);
    }
}
