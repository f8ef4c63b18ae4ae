package dev.remit.operator;

import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Page;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Registrar;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One act on a page of many agents: a record for each, written together. */
final class BulkActs {
    private final Registrar registrar;
    private final AgentBook agents;
    private final String by;

    BulkActs(Registrar registrar, AgentBook agents, String by) {
        this.registrar = registrar;
        this.agents = agents;
        this.by = by;
    }

    /**
     * What is done to each.
     *
     * @param changes whether it would change anything
     */
    private record Act(Predicate<Agent> changes, Consumer<AgentId> doing) {}

    Value act(Value.Fields asked, AgentQuery meant, String from, int most) {
        if (meant.equals(AgentQuery.ALL) && !asked.flag("all")) {
            throw new ActRefused("say which agents are meant, or that all are");
        }
        Act act = read(asked);
        Page<Agent> page = agents.agents(meant, from, most);
        List<Agent> changed = page.items().stream().filter(act.changes()).toList();
        int done = together(changed, act);
        return Value.object()
                .put("done", done)
                .put("unchanged", page.items().size() - done)
                .putIf("next", page.next().map(Value::of))
                .build();
    }

    private Act read(Value.Fields asked) {
        String word = asked.text("act").orElse("");
        String why = asked.text("why").orElse("the operator, of many at once");
        return switch (word) {
            case "suspend" -> new Act(Agent::isGood, id -> registrar.suspend(id, why, by));
            case "restore" ->
                    new Act(
                            one -> one.standing() instanceof Agent.Standing.Suspended,
                            id -> registrar.restore(id, by));
            case "revoke" -> new Act(one -> !one.isRevoked(), id -> registrar.revoke(id, why, by));
            case "tag" -> {
                var set = Selection.tags(asked);
                var gone = Selection.gone(asked);
                yield new Act(
                        one -> !one.isRevoked() && !one.tagged(set, gone).equals(one),
                        id -> registrar.tag(id, set, gone, by));
            }
            default ->
                    throw new IllegalArgumentException(
                            "`" + word + "` is nothing that is done to many agents");
        };
    }

    /** How many it was done to; one that ended meanwhile is none of them. */
    private static int together(List<Agent> changed, Act act) {
        int done = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> acts = new ArrayList<>();
            for (Agent one : changed) {
                acts.add(threads.submit(() -> act.doing().accept(one.id())));
            }
            for (Future<?> each : acts) {
                try {
                    each.get();
                    done++;
                } catch (ExecutionException e) {
                    rethrowUnlessRefused(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return done;
    }

    private static void rethrowUnlessRefused(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
            if (!(cause instanceof ActRefused)) {
                throw cause;
            }
        } else {
            throw new IllegalStateException(e);
        }
    }
}
