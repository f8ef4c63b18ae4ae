package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema is one that the language's own implementation reads, and holds rules against. */
final class RuleSchemaTest {
    private final Office office = new Office();
    private final String schema =
            RuleSchema.of(Known.of(List.of("bank", "mail"), office.store::pins, _ -> true));

    private List<String> faults(String condition) throws Exception {
        PolicySet rules =
                PolicySet.parsePolicies(
                        "forbid(principal, action == Action::\"bank.pay\", resource) when { "
                                + condition
                                + " };");
        return new BasicAuthorizationEngine()
                        .validate(
                                new ValidationRequest(
                                        Schema.parse(Schema.JsonOrCedar.Cedar, schema), rules))
                        .success
                        .orElseThrow()
                        .validationErrors
                        .stream()
                        .map(one -> one.getError().message)
                        .toList();
    }

    @Test
    void itTellsRulesThatFitTheToolsFromThoseThatDoNot() throws Exception {
        assertThat(
                        faults(
                                "context.input has amount &&"
                                        + " context.input.amount.lessThan(decimal(\"3.0\")) &&"
                                        + " context.mandate.age > duration(\"8h\") && context.person in"
                                        + " Role::\"approver\" && principal.hasTag(\"team\")"))
                .isEmpty();
        assertThat(faults("context.input has amount && context.input.amount > 3")).isNotEmpty();
        assertThat(faults("context.input.sum == 3")).isNotEmpty();
        assertThat(faults("context.amount > 3")).isNotEmpty();
    }

    @Test
    void namesAreNoPartOfTheText() throws Exception {
        office.pin("mail.open", "a\"};action\"x\n");
        String hostile = RuleSchema.of(Known.of(List.of("mail"), office.store::pins, _ -> true));
        assertThat(hostile).contains("\"a\\\"};action\\\"x\\u{a}\"?: ");
        assertThat(Schema.parse(Schema.JsonOrCedar.Cedar, hostile)).isNotNull();
    }
}
