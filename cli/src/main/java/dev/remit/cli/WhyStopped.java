package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.conduct.Subject;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.InstanceRestored;
import dev.remit.ledger.InstanceSuspended;
import dev.remit.ledger.Overstepped;
import dev.remit.ledger.why.WhyRefused;
import dev.remit.mandate.Mandate;
import dev.remit.store.Archive;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of why an agent, an instance or a mandate was stopped.
 *
 * @param name what it is called, if it has a name
 * @param stopped the entry that stopped it last
 * @param evidence what it was stopped for, if for overstepping
 * @param restored the entry that restored it afterwards
 */
record WhyStopped(
        Subject subject,
        Optional<String> name,
        Optional<Entry> stopped,
        List<Entry> evidence,
        Optional<Entry> restored) {

    /** By its id, or an agent by its name; empty if the ledger knows none. */
    static Optional<WhyStopped> of(Path data, String named) {
        Archive archive = Archive.of(data);
        Map<String, String> names = new HashMap<>();
        Map<Subject, Entry> stops = new HashMap<>();
        Map<Subject, Entry> restores = new HashMap<>();
        archive.read(
                0,
                entry -> {
                    note(entry, names, stops, restores);
                    return true;
                });
        Optional<Subject> subject = subject(named, names);
        return subject.filter(one -> names.containsKey(one.text()))
                .map(
                        one ->
                                new WhyStopped(
                                        one,
                                        Optional.ofNullable(names.get(one.text()))
                                                .filter(name -> !name.equals(one.text())),
                                        Optional.ofNullable(stops.get(one)),
                                        evidence(archive, stops.get(one)),
                                        Optional.ofNullable(restores.get(one))));
    }

    private static Optional<Subject> subject(String named, Map<String, String> names) {
        Optional<String> byName =
                names.entrySet().stream()
                        .filter(one -> one.getValue().equals(named))
                        .map(Map.Entry::getKey)
                        .findFirst();
        try {
            return Optional.of(Subject.read(byName.orElse(named)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void note(
            Entry entry,
            Map<String, String> names,
            Map<Subject, Entry> stops,
            Map<Subject, Entry> restores) {
        if (entry.event() instanceof Event.AgentAdded(Agent agent, _)) {
            names.put(agent.id().text(), agent.name());
        }
        if (entry.event() instanceof Event.AgentIntroduced introduced) {
            names.put(introduced.agent().id().text(), introduced.agent().name());
        }
        known(entry.event()).ifPresent(id -> names.putIfAbsent(id, id));
        stopped(entry.event())
                .ifPresent(
                        one -> {
                            stops.put(one, entry);
                            restores.remove(one);
                        });
        restored(entry.event()).ifPresent(one -> restores.put(one, entry));
    }

    private static Optional<String> known(Event event) {
        if (event instanceof Event.MandateGiven(Mandate mandate, _)) {
            return Optional.of(mandate.id().text());
        }
        if (event instanceof Event.InstanceEnrolled enrolled) {
            return Optional.of(enrolled.instance().id().text());
        }
        if (event instanceof Event.InstanceAdmitted admitted) {
            return Optional.of(admitted.instance().id().text());
        }
        return event instanceof Event.DelegateEnrolled child
                ? Optional.of(child.instance().id().text())
                : Optional.empty();
    }

    private static Optional<Subject> stopped(Event event) {
        if (event instanceof Overstepped(var excess)) {
            return Optional.of(excess.stopped());
        }
        if (event instanceof Event.AgentChanged(Agent agent, _) && !agent.isGood()) {
            return Optional.of(new Subject.OfAgent(agent.id()));
        }
        if (event instanceof Event.InstanceRevoked revoked) {
            return Optional.of(new Subject.OfInstance(revoked.instance()));
        }
        if (event instanceof InstanceSuspended suspended) {
            return Optional.of(new Subject.OfInstance(suspended.instance()));
        }
        return event instanceof Event.MandateChanged(Mandate mandate, _)
                        && mandate.status() instanceof Mandate.Status.Revoked
                ? Optional.of(new Subject.OfMandate(mandate.id()))
                : Optional.empty();
    }

    private static Optional<Subject> restored(Event event) {
        if (event instanceof InstanceRestored restored) {
            return Optional.of(new Subject.OfInstance(restored.instance()));
        }
        return event instanceof Event.AgentChanged(Agent agent, _) && agent.isGood()
                ? Optional.of(new Subject.OfAgent(agent.id()))
                : Optional.empty();
    }

    private static List<Entry> evidence(Archive archive, @Nullable Entry stop) {
        List<Entry> found = new ArrayList<>();
        if (stop != null && stop.event() instanceof Overstepped(var excess)) {
            excess.evidence().forEach(index -> archive.entry(index).ifPresent(found::add));
        }
        return found;
    }

    /** Who stopped it, and why, as far as it was said. */
    private static String said(Event event) {
        if (event instanceof Overstepped overstepped) {
            return overstepped.why() + "; counted over " + overstepped.excess().counted().text();
        }
        if (event instanceof Event.AgentChanged(Agent agent, String by)) {
            return switch (agent.standing()) {
                case Agent.Standing.Good() -> "by " + by;
                case Agent.Standing.Suspended(String why, _) -> "by " + by + ", because: " + why;
                case Agent.Standing.Revoked(String why, _) -> "by " + by + ", because: " + why;
            };
        }
        if (event instanceof Event.MandateChanged(Mandate mandate, _)
                && mandate.status() instanceof Mandate.Status.Revoked(String by, _, String why)) {
            return "by " + by + ", because: " + why;
        }
        if (event instanceof InstanceRestored restored) {
            return "by " + restored.by();
        }
        if (event instanceof InstanceSuspended suspended) {
            return "by " + suspended.by() + ", because: " + suspended.why();
        }
        return event instanceof Event.InstanceRevoked revoked ? "by " + revoked.by() : "";
    }

    Value.Fields json() {
        return Value.object()
                .put("subject", subject.text())
                .putIf("name", name.map(Value::of))
                .putIf("stopped", stopped.map(WhyStopped::json))
                .put(
                        "evidence",
                        new Value.Items(evidence.stream().map(one -> (Value) strike(one)).toList()))
                .putIf("restored", restored.map(WhyStopped::json))
                .build();
    }

    private static Value json(Entry entry) {
        return Value.object()
                .put("entry", entry.index())
                .put("at", entry.at().toString())
                .put("why", said(entry.event()))
                .build();
    }

    private static Value.Fields strike(Entry entry) {
        Value.Building json =
                Value.object().put("entry", entry.index()).put("at", entry.at().toString());
        if (entry.event() instanceof Event.Decided decided
                && decided.ruling() instanceof Event.Ruling.Refused refused) {
            json.put("call", decided.call().text())
                    .put("instance", decided.instance().text())
                    .put("tool", decided.tool().toString())
                    .put("arguments", decided.arguments())
                    .put("refusal", refused.refusal())
                    .put("weight", refused.weight())
                    .put("times", refused.times())
                    .put("more", refused.more());
        }
        return json.build();
    }

    /** Tells it to a person. */
    void tell(PrintStream out) {
        line(out, "of", name.map(one -> one + ", " + subject.text()).orElse(subject.text()));
        if (stopped.isEmpty()) {
            line(out, "stopped", "no, nothing has stopped it");
            return;
        }
        line(out, "stopped", "at " + stopped.get().at() + " " + said(stopped.get().event()));
        for (Entry one : evidence) {
            line(out, "strike", strikeSaid(one));
        }
        restored.ifPresentOrElse(
                one -> line(out, "restored", "at " + one.at() + " " + said(one.event())),
                () -> line(out, "mend", mend()));
        line(out, "record", "entry " + stopped.get().index() + " of the ledger");
    }

    private static String strikeSaid(Entry entry) {
        if (entry.event() instanceof Event.Decided decided
                && decided.ruling() instanceof Event.Ruling.Refused refused) {
            return "at "
                    + entry.at()
                    + " "
                    + decided.tool()
                    + " "
                    + cut(decided.arguments().json())
                    + ": "
                    + WhyRefused.said(refused)
                    + " ("
                    + decided.call()
                    + ", entry "
                    + entry.index()
                    + ")";
        }
        return "entry " + entry.index();
    }

    private static String cut(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + " …";
    }

    private String mend() {
        boolean revoked = stopped.orElseThrow().event() instanceof Event.InstanceRevoked;
        return switch (subject) {
            case Subject.OfAgent(AgentId id) ->
                    "if it was suspended and is to go on: `remit agent restore " + id + "`";
            case Subject.OfInstance(var id) ->
                    revoked
                            ? "it does not come back; enrol another: `remit agent code`"
                            : "if it is to go on: `remit agent restore --instance " + id + "`";
            case Subject.OfMandate _ ->
                    "it does not come back; if the task is to go on: `remit mandate new`";
        };
    }

    private static void line(PrintStream out, String label, String text) {
        out.printf("%-9s%s%n", label, Shown.plain(text));
    }
}
