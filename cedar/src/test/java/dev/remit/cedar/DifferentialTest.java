package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cedar.Original.Said;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random policies and requests: the language's own implementation answers the same. */
final class DifferentialTest {
    private static final int WORLDS = Integer.getInteger("remit.cedar.worlds", 150);
    private static final int REQUESTS = 20;

    @Test
    void theDecisionThePoliciesAndTheFailuresAreTheSame() throws Exception {
        long first = Long.getLong("remit.cedar.seed", 1);
        int allowed = 0;
        int failed = 0;
        for (long seed = first; seed < first + WORLDS; seed++) {
            World world = new World(seed);
            String entities = world.entities();
            List<String> policies = world.policies(6);
            Original original = new Original(policies, entities);
            Policies ours = read(String.join("\n", policies));
            Entities known = Json.entities(Json.read(entities));
            for (int one = 0; one < REQUESTS; one++) {
                List<String> request = world.request();
                String context = world.fields(2);
                Said said = original.decide(request, context);
                Said answer = said(ours.decide(request(request, context), known));
                assertThat(answer)
                        .as("seed %d, %s, %s, %s", seed, request, context, policies)
                        .isEqualTo(said);
                allowed += said.allowed() ? 1 : 0;
                failed += said.errors().isEmpty() ? 0 : 1;
            }
        }
        int all = WORLDS * REQUESTS;
        System.out.printf("%d requests, %d allowed, %d with errors%n", all, allowed, failed);
        assertThat(allowed).as("allowed").isBetween(all / 10, all * 9 / 10);
        assertThat(failed).as("with errors").isBetween(all / 10, all * 9 / 10);
    }

    private static Policies read(String text) {
        return switch (Policies.read(text)) {
            case Policies.Reading.Read(Policies policies) -> policies;
            case Policies.Reading.Unread(Problem problem) ->
                    throw new AssertionError(problem + " in " + text);
        };
    }

    private static Request request(List<String> uids, String context) {
        return new Request(
                uid(uids.get(0)),
                uid(uids.get(1)),
                uid(uids.get(2)),
                Json.fields(Json.read(context)));
    }

    private static Uid uid(String text) {
        int id = text.indexOf("::\"");
        return new Uid(text.substring(0, id), text.substring(id + 3, text.length() - 1));
    }

    private static Said said(Answer answer) {
        Set<String> errors = new HashSet<>();
        answer.errors().forEach(one -> errors.add(one.policy()));
        return new Said(answer.allowed(), new HashSet<>(answer.policies()), errors);
    }
}
