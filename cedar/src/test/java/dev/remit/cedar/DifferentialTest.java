package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cedar.Original.Said;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random policies and requests: the language's own implementation answers the same. */
final class DifferentialTest {
    private static final int WORLDS = Integer.getInteger("remit.cedar.worlds", 100);
    private static final int REQUESTS = 20;

    @Test
    @DisplayName("PDP-016: the decision, the policies and the failures are the same")
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

    /** All pairs of constants, most of them at an edge, in one request with a policy for each. */
    @Test
    void everyFunctionDoesTheSameToEveryConstant() throws Exception {
        List<String> conditions = new ArrayList<>();
        for (String one : all(Words.IPS)) {
            String ip = "ip(" + one + ")";
            for (String method : List.of("isIpv4", "isIpv6", "isLoopback", "isMulticast")) {
                conditions.add(ip + "." + method + "()");
            }
            for (String other : Words.IPS) {
                conditions.add(ip + ".isInRange(ip(" + other + "))");
                conditions.add(ip + " == ip(" + other + ")");
            }
        }
        for (String one : all(Words.DECIMALS)) {
            for (String other : Words.DECIMALS) {
                for (String method : List.of("lessThan", "lessThanOrEqual", "greaterThan")) {
                    conditions.add("decimal(%s).%s(decimal(%s))".formatted(one, method, other));
                }
            }
        }
        for (String one : all(Words.DATETIMES)) {
            String time = "datetime(" + one + ")";
            for (String other : Words.DATETIMES) {
                conditions.add(time + ".toDate() == datetime(" + other + ")");
                conditions.add(time + " < datetime(" + other + ")");
                conditions.add(
                        "%s.durationSince(datetime(%s)).toDays() > 19".formatted(time, other));
            }
            for (String other : Words.DURATIONS) {
                conditions.add(time + ".toTime() <= duration(" + other + ")");
                conditions.add(
                        "%s.offset(duration(%s)) > datetime(\"1970-01-01\")"
                                .formatted(time, other));
            }
        }
        for (String one : all(Words.DURATIONS)) {
            for (String method : List.of("Milliseconds", "Seconds", "Minutes", "Hours", "Days")) {
                for (int than : List.of(-2, -1, 0, 1, 90)) {
                    conditions.add("duration(%s).to%s() > %d".formatted(one, method, than));
                }
            }
        }
        String rule = "permit(principal, action, resource) when { %s };";
        List<String> policies = conditions.stream().map(rule::formatted).toList();
        List<String> request = List.of("A::\"a\"", "Action::\"a\"", "A::\"b\"");
        Said said = new Original(policies, "[]").decide(request, "{}");
        Answer answer =
                read(String.join("\n", policies)).decide(request(request, "{}"), Entities.none());
        assertThat(said(answer)).isEqualTo(said);
        assertThat(said.policies()).hasSizeGreaterThan(conditions.size() / 20);
        assertThat(said.errors()).hasSizeGreaterThan(conditions.size() / 10);
        System.out.printf("%d conditions on constants%n", conditions.size());
    }

    private static List<String> all(String... good) {
        List<String> all = new ArrayList<>(List.of(good));
        all.addAll(List.of(Words.NEITHER));
        return all;
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
