package dev.remit.cli;

import dev.remit.call.Arguments;
import dev.remit.call.CallId;
import dev.remit.call.Tool;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.learn.Run;
import dev.remit.store.Archive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What was done under mandates, told from the ledger. */
final class Runs {
    private final Map<MandateId, Mandate> mandates = new LinkedHashMap<>();
    private final Map<CallId, Run.Done> open = new HashMap<>();
    private final Map<CallId, MandateId> under = new HashMap<>();
    private final Map<MandateId, List<Run.Done>> done = new HashMap<>();
    private final Map<MandateId, Long> approved = new HashMap<>();
    private final Set<Tool> tools = new TreeSet<>(Comparator.comparing(Tool::toString));

    Runs() {}

    static Runs of(Archive archive) {
        Runs runs = new Runs();
        archive.read(
                0,
                entry -> {
                    runs.take(entry.event(), entry.at());
                    return true;
                });
        return runs;
    }

    /** Those of these mandates, in the order in which they were given. */
    List<Run> of(Predicate<Mandate> which) {
        return mandates.values().stream()
                .filter(which)
                .map(
                        one ->
                                new Run(
                                        one,
                                        done.getOrDefault(one.id(), List.of()),
                                        approved.getOrDefault(one.id(), 0L)))
                .toList();
    }

    /** All tools that were seen. */
    Set<Tool> tools() {
        return tools;
    }

    static boolean isFrom(Mandate mandate, String template) {
        return mandate.basis().orElse(null) instanceof Basis.OfTemplate(String name, var _)
                && name.equals(template);
    }

    void take(Event event, Instant at) {
        if (event instanceof Event.MandateGiven given) {
            mandates.put(given.mandate().id(), given.mandate());
        } else if (event instanceof Event.MandateChanged changed) {
            mandates.put(changed.mandate().id(), changed.mandate());
        } else if (event instanceof Event.QuestionAnswered answered) {
            answered.widened().ifPresent(one -> mandates.put(one.id(), one));
        } else if (event instanceof Event.ToolPinned pinned) {
            tools.add(pinned.pin().tool());
        } else if (event instanceof Event.Decided decided) {
            decide(decided, at);
        } else if (event instanceof Event.Concluded ended && ended.end() == Event.End.ANSWERED) {
            answered(ended.call());
        }
    }

    private void decide(Event.Decided decided, Instant at) {
        if (decided.mandate().isEmpty()) {
            return;
        }
        MandateId mandate = decided.mandate().get().mandate();
        switch (decided.ruling()) {
            case Event.Ruling.Approved _ -> approved.merge(mandate, 1L, Long::sum);
            case Event.Ruling.Allowed(String permission, _) ->
                    allow(decided, mandate, permission, at);
            case Event.Ruling.Continued(String permission, _) ->
                    allow(decided, mandate, permission, at); // of its rounds the last is answered
            case Event.Ruling.Drawn _, Event.Ruling.Asked _, Event.Ruling.Refused _ -> {}
        }
    }

    private void allow(Event.Decided decided, MandateId id, String permission, Instant at) {
        Mandate mandate = mandates.get(id);
        if (mandate == null) {
            return;
        }
        mandate.permissions().all().stream()
                .filter(one -> one.name().equals(permission))
                .findFirst()
                .ifPresent(
                        by -> {
                            under.put(decided.call(), id);
                            open.put(
                                    decided.call(),
                                    new Run.Done(
                                            decided.tool(),
                                            new Arguments(decided.arguments()),
                                            by,
                                            at));
                        });
    }

    private void answered(CallId call) {
        Run.Done one = open.remove(call);
        MandateId mandate = under.remove(call);
        if (one != null && mandate != null) {
            done.computeIfAbsent(mandate, _ -> new ArrayList<>()).add(one);
        }
    }
}
