package dev.remit.bench;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import dev.remit.cedar.Answer;
import dev.remit.cedar.Entities;
import dev.remit.cedar.Entity;
import dev.remit.cedar.Ip;
import dev.remit.cedar.Policies;
import dev.remit.cedar.Request;
import dev.remit.cedar.Uid;
import dev.remit.cedar.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision by the same rules: our evaluator, and the language's own behind JNI. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class CedarBench {
    @Param({"2", "50", "500", "10000"})
    int policies;

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final Entities entities = known();
    private final Request request =
            new Request(
                    new Uid("Agent", "a7"),
                    new Uid("Action", "call"),
                    new Uid("Tool", "pay"),
                    Value.fields(
                            Map.of(
                                    "amount", new Value.Whole(50),
                                    "to", new Value.Text("DE02"),
                                    "hour", new Value.Whole(10),
                                    "from", Ip.read("10.1.2.3").orElseThrow())));

    private Policies ours = Policies.none();
    private Policies flat = Policies.none();
    private PolicySet theirs = new PolicySet();
    private com.cedarpolicy.model.entity.Entities theirEntities =
            new com.cedarpolicy.model.entity.Entities();
    private Map<String, com.cedarpolicy.value.Value> theirContext = Map.of();

    /** Reads the rules, which neither side does again. */
    @Setup
    public void read() throws Exception {
        String text = Rules.of(policies);
        ours = ours(text);
        flat = ours(Rules.flat(policies));
        theirs = PolicySet.parsePolicies(text);
        theirs.cache();
        theirEntities = com.cedarpolicy.model.entity.Entities.parse(Rules.ENTITIES);
        theirContext = com.cedarpolicy.model.entity.Entity.parse(Rules.CONTEXT).attrs;
    }

    private static Policies ours(String text) {
        return switch (Policies.read(text)) {
            case Policies.Reading.Read(Policies read) -> read;
            case Policies.Reading.Unread(var problem) ->
                    throw new IllegalStateException(problem.toString());
        };
    }

    /** Ours: the index, two heads that fit, one condition to its end. */
    @Benchmark
    public Answer here() {
        return allowed(ours);
    }

    /** Ours, where the index helps nothing: every policy is evaluated. */
    @Benchmark
    public Answer hereOneByOne() {
        return allowed(flat);
    }

    private Answer allowed(Policies policies) {
        Answer answer = policies.decide(request, entities);
        if (!answer.allowed() || !answer.errors().isEmpty()) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }

    /** Theirs: the same through JSON and JNI, with the policies kept on the other side. */
    @Benchmark
    public AuthorizationResponse behindJni() throws Exception {
        AuthorizationResponse answer =
                engine.isAuthorized(
                        new AuthorizationRequest(
                                uid("Agent", "a7"),
                                uid("Action", "call"),
                                uid("Tool", "pay"),
                                theirContext),
                        theirs,
                        theirEntities);
        if (!answer.success.orElseThrow().isAllowed()) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }

    private static EntityUID uid(String type, String id) {
        return EntityTypeName.parse(type).orElseThrow().of(id);
    }

    private static Entities known() {
        Uid team = new Uid("Team", "t7");
        Uid bank = new Uid("Upstream", "bank");
        return Entities.of(
                List.of(
                        Entity.of(
                                new Uid("Agent", "a7"),
                                Value.fields(
                                        Map.of(
                                                "level", new Value.Whole(3),
                                                "owner", new Uid("Person", "ann"))),
                                Set.of(team)),
                        Entity.of(team, Value.Fields.none(), Set.of()),
                        Entity.of(
                                new Uid("Tool", "pay"),
                                Value.fields(
                                        Map.of(
                                                "effect",
                                                new Value.Text("pay"),
                                                "external",
                                                Value.Bool.TRUE)),
                                Set.of(bank)),
                        Entity.of(bank, Value.Fields.none(), Set.of())));
    }
}
