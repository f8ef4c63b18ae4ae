package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.remit.cedar.Policies.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoliciesTest {
    private static final Uid ALICE = new Uid("User", "alice");
    private static final Uid READ = new Uid("Action", "read");
    private static final Uid PLAN = new Uid("Doc", "plan");
    private static final Uid STAFF = new Uid("Group", "staff");
    private static final Request REQUEST = new Request(ALICE, READ, PLAN, Value.Fields.none());

    @Test
    void nothingIsAllowedByNoPolicies() {
        assertThat(Policies.none().decide(REQUEST, Entities.none()))
                .isEqualTo(new Answer(false, List.of(), List.of()));
    }

    @Test
    void whatForbidsWinsAndIsNamed() {
        Policies policies =
                read(
                        """
                        @id("all") permit(principal, action, resource);
                        forbid(principal == User::"alice", action, resource);
                        forbid(principal, action == Action::"write", resource);
                        """);
        assertThat(policies.decide(REQUEST, Entities.none()))
                .isEqualTo(new Answer(false, List.of("policy1"), List.of()));
        assertThat(policies.find("all").orElseThrow().line()).isEqualTo(1);
        assertThat(policies.find("policy2").orElseThrow().line()).isEqualTo(3);
    }

    /** Cedar skips it: so whoever asks looks at the errors. */
    @Test
    void aFailingForbidIsNamedAmongTheErrors() {
        Policies policies =
                read(
                        """
                        permit(principal, action, resource);
                        forbid(principal, action, resource) when { context.secret > 3 };
                        """);
        Answer answer =
                policies.decide(
                        new Request(
                                ALICE,
                                READ,
                                PLAN,
                                Value.fields(Map.of("secret", new Value.Text("hunter2")))),
                        Entities.none());
        assertThat(answer.allowed()).isTrue();
        assertThat(answer.errors()).hasSize(1);
        assertThat(answer.errors().getFirst().policy()).isEqualTo("policy1");
        assertThat(answer.toString()).doesNotContain("hunter2");
    }

    @Test
    void aTemplateAppliesOnceItIsLinked() {
        Policies policies =
                read(
                        """
                        @id("share")
                        permit(principal in ?principal, action, resource == ?resource);
                        """);
        assertThat(policies.decide(REQUEST, staff()).allowed()).isFalse();
        Policy template = policies.find("share").orElseThrow();
        assertThat(template.isTemplate()).isTrue();
        Policy linked = template.link("shared", Optional.of(STAFF), Optional.of(PLAN));
        Answer answer = policies.and(List.of(linked)).decide(REQUEST, staff());
        assertThat(answer.policies()).containsExactly("shared");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.link("half", Optional.of(STAFF), Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> policies.and(List.of(template)));
    }

    @Test
    void whatARequestBringsHangsBelowWhatIsKnown() {
        Policies policies = read("permit(principal in Group::\"all\", action, resource);");
        Entities known = Entities.of(List.of(entity(STAFF, new Uid("Group", "all")), entity(PLAN)));
        Entities with = known.and(List.of(entity(ALICE, STAFF)));
        assertThat(policies.decide(REQUEST, with).allowed()).isTrue();
        assertThat(policies.decide(REQUEST, known).allowed()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> known.and(List.of(entity(PLAN))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> known.and(List.of(entity(new Uid("Group", "all"), PLAN))));
    }

    /** What the index leaves out could not have applied. */
    @Test
    void theIndexLeavesNothingOutThatApplies() {
        for (long seed = 0; seed < 300; seed++) {
            World world = new World(seed);
            Entities entities = Json.entities(Json.read(world.entities()));
            Policies together = read(String.join("\n", world.policies(40)));
            for (int one = 0; one < 10; one++) {
                List<Uid> uids = world.request().stream().map(PoliciesTest::uid).toList();
                Request request =
                        new Request(
                                uids.get(0),
                                uids.get(1),
                                uids.get(2),
                                Json.fields(Json.read(world.fields(1))));
                List<String> deciding = new ArrayList<>();
                for (Policy policy : together.all()) {
                    Answer alone =
                            Policies.none().and(List.of(always(policy))).decide(request, entities);
                    deciding.addAll(alone.policies());
                }
                List<String> fitting = new ArrayList<>();
                for (Policy policy : together.all()) {
                    if (policy.head()
                            .fits(
                                    request,
                                    entities.above(request.principal()),
                                    entities.above(request.action()),
                                    entities.above(request.resource()))) {
                        fitting.add(policy.id());
                    }
                }
                assertThat(deciding).as("seed %d", seed).isEqualTo(fitting);
                Answer all = Policies.none().and(permitting(together)).decide(request, entities);
                assertThat(all.policies()).as("seed %d", seed).isEqualTo(fitting);
            }
        }
    }

    private static List<Policy> permitting(Policies policies) {
        return policies.all().stream().map(PoliciesTest::always).toList();
    }

    private static Policy always(Policy policy) {
        return new Policy(policy.id(), Policy.Effect.PERMIT, Map.of(), policy.head(), List.of(), 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "1:1 | allow(principal, action, resource); | `permit` or `forbid`",
                "1:8 | permit(action, principal, resource); | (principal, action, resource)",
                "1:43 | permit(principal, action, resource) when {}; | a value is needed",
                "1:26 | permit(principal,action==Act::\"a\",resource); | Action::\"view\"",
                "1:44 | permit(principal, action, resource) when { x }; | means nothing here",
                "1:51 | permit(principal, action, resource) when { 1 == 2 == 3 }; | parentheses",
                "1:46 | permit(principal, action, resource) when { 4 / 2 == 2 }; | no division",
                "1:44 | permit(principal, action, resource) when { \"a }; | close it with a quote",
                "1:46 | permit(principal, action, resource) when { 1 = 1 }; | `==`",
                "1:36 | permit(principal, action, resource) | `;` that ends the policy",
                "1:44 | permit(principal, action, resource) when { ?principal }; | head only",
                "1:43 | permit(principal, action, resource) when {ip.is() }; | means nothing"
            })
    void aProblemSaysWhereAndWhatToDo(String place, String text, String advice) {
        assertThat(Policies.read(text))
                .isInstanceOfSatisfying(
                        Reading.Unread.class,
                        unread -> {
                            Problem problem = unread.problem();
                            assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
                            assertThat(problem.sentence()).contains(advice);
                        });
    }

    @Test
    void twoPoliciesOfOneNameAreNotRead() {
        assertThat(
                        Policies.read(
                                """
                                permit(principal, action, resource);
                                @id("policy0") forbid(principal, action, resource);
                                """))
                .isInstanceOfSatisfying(
                        Reading.Unread.class,
                        unread -> assertThat(unread.problem().line()).isEqualTo(2));
    }

    private static Entities staff() {
        return Entities.of(List.of(entity(ALICE, STAFF)));
    }

    private static Entity entity(Uid uid, Uid... above) {
        return Entity.of(uid, Value.Fields.none(), Set.of(above));
    }

    private static Uid uid(String text) {
        int id = text.indexOf("::\"");
        return new Uid(text.substring(0, id), text.substring(id + 3, text.length() - 1));
    }

    private static Policies read(String text) {
        return switch (Policies.read(text)) {
            case Reading.Read(Policies policies) -> policies;
            case Reading.Unread(Problem problem) -> throw new AssertionError(problem.toString());
        };
    }
}
