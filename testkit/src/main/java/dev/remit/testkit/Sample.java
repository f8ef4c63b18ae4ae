package dev.remit.testkit;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Binding;
import dev.remit.identity.Credential;
import dev.remit.identity.CredentialId;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import dev.remit.identity.Origin;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import dev.remit.mandate.Unanswered;
import dev.remit.mandate.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Agents, mandates, tools and calls by short names, the same for the same name. */
public final class Sample {
    public static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    public static final Mandate.Status ENDED = new Mandate.Status.Completed(START);

    /** How often the permission {@code few} of {@link #mandate} may be used. */
    public static final long FEW = 3;

    /** How often {@link #mandate} may be used in all. */
    public static final long USES = 7;

    /** A public key from RFC 8032, section 7.1. */
    private static final Value.Fields KEY =
            Value.object()
                    .put("kty", "OKP")
                    .put("crv", "Ed25519")
                    .put("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
                    .build();

    private final LedgerStore store;
    private final AtomicLong millis = new AtomicLong();

    public Sample(LedgerStore store) {
        this.store = store;
    }

    /** Appends, a millisecond after the last one. */
    public Stored append(Event event) {
        return store.append(draft(event));
    }

    public Draft draft(Event event) {
        return new Draft(START.plusMillis(millis.incrementAndGet()), event, new byte[16]);
    }

    public Agent agent(String name) {
        return new Agent(new AgentId("agt_" + name), name, START, new Agent.Standing.Good());
    }

    public Instance instance(String agent, String id) {
        return Instance.enrolled(
                new InstanceId("ins_" + agent + id),
                agent(agent).id(),
                Jwk.of(KEY).orElseThrow(),
                START);
    }

    public EnrolmentCode code(String agent, String code) {
        Digest hash = Digest.of((agent + code).getBytes(StandardCharsets.UTF_8));
        return new EnrolmentCode(hash, agent(agent).id(), START.plusSeconds(60));
    }

    /** Enrols an instance of an agent that is there. */
    public Instance enrol(String agent, String id) {
        append(new Event.CodeIssued(code(agent, id), "x"));
        append(new Event.InstanceEnrolled(instance(agent, id), code(agent, id).hash()));
        return instance(agent, id);
    }

    /** Two permissions for {@code up.tool}: {@code free}, and {@code few} for a few calls. */
    public Mandate mandate(String agent, String id) {
        Glob tool = new Glob("up.tool");
        return new Mandate(
                new MandateId("mdt_" + id),
                new Person(new PersonId("per_1"), "Ada"),
                agent(agent).id(),
                new Task("update the agenda"),
                new Permissions(
                        List.of(
                                new Permission("free", tool, Map.of(), OptionalLong.empty()),
                                new Permission("few", tool, Map.of(), OptionalLong.of(FEW)))),
                limits(USES),
                START,
                new Mandate.Status.Active(),
                1);
    }

    public static Limits limits(long uses) {
        return new Limits(START.plusSeconds(3600), Optional.empty(), OptionalLong.of(uses), 5);
    }

    public Pin pin(String tool) {
        Value.Fields definition = Value.object().put("name", tool).build();
        return new Pin(Tool.of(tool), Pin.digest(definition), Optional.empty(), definition);
    }

    /** The same tool after its definition changed. */
    public Pin held(String tool) {
        Value.Fields changed = Value.object().put("name", tool).put("new", true).build();
        Digest held = Pin.digest(changed);
        return new Pin(Tool.of(tool), pin(tool).accepted(), Optional.of(held), changed);
    }

    /** A credential for an upstream, on everybody's behalf or one person's. */
    public Credential credential(String upstream, String id, Optional<PersonId> person) {
        return new Credential(
                new CredentialId("crd_" + id),
                upstream,
                new Origin("https", upstream + ".example", 443),
                person,
                Credential.Kind.STATIC,
                START);
    }

    public static Event.CredentialRemoved removed(Credential credential) {
        return new Event.CredentialRemoved(
                credential.id(), credential.place(), "x", Event.CredentialRemoved.Why.REMOVED);
    }

    /** Adds and enrols an agent, pins {@code up.tool}, and gives the agent a mandate. */
    public Mandate ready(String agent) {
        append(new Event.AgentAdded(agent(agent), "x"));
        enrol(agent, "1");
        append(new Event.ToolPinned(pin("up.tool"), "x"));
        Mandate mandate = mandate(agent, agent);
        append(new Event.MandateGiven(mandate));
        return mandate;
    }

    public Event.Decided allowed(Mandate mandate, String permission, String call) {
        return decided(mandate, call, new Event.Ruling.Allowed(permission, Map.of()));
    }

    /** A further round of the first call, about the same thing. */
    public Event.Decided continued(
            Mandate mandate, String permission, String call, String first, String asked) {
        Event.Decided about =
                decided(
                        mandate,
                        first,
                        new Event.Ruling.Continued(permission, new CallId("call_" + asked)));
        return new Event.Decided(
                new CallId("call_" + call),
                about.instance(),
                about.agent(),
                about.behind(),
                about.binding(),
                about.mandate(),
                about.tool(),
                about.toolDefinition(),
                about.ruling(),
                about.arguments(),
                List.of(),
                Optional.empty());
    }

    /** The call ended with a question. */
    public Event.Asked asked(Mandate mandate, Event.Decided round, String permission, long rounds) {
        return new Event.Asked(
                round.call(),
                mandate.id(),
                new Unanswered(
                        round.instance(),
                        permission,
                        Call.action(round.tool(), new Arguments(round.arguments())),
                        rounds,
                        START),
                Duration.ofMillis(2),
                Digest.of(),
                Optional.empty());
    }

    public Event.Decided refused(Mandate mandate, long weight, String call) {
        return decided(mandate, call, new Event.Ruling.Refused("no", "detail", weight, 1, 0));
    }

    private Event.Decided decided(Mandate mandate, String call, Event.Ruling ruling) {
        return new Event.Decided(
                new CallId("call_" + call),
                new InstanceId("ins_" + mandate.agent().text().substring(4) + "1"),
                mandate.agent(),
                List.of(),
                Binding.KEY,
                Optional.of(new Event.Under(mandate.id(), mandate.giver().id(), mandate.version())),
                Tool.of("up.tool"),
                Optional.of(pin("up.tool").accepted()),
                ruling,
                Value.object().put("path", "/agenda/" + call).build(),
                List.of(),
                Optional.empty());
    }

    public static Event.Concluded concluded(CallId call) {
        return new Event.Concluded(
                call,
                Event.End.ANSWERED,
                Duration.ofMillis(3),
                Digest.of(),
                Optional.of(Value.object().put("text", "done").build()),
                "");
    }

    /** What has been used of a mandate that nobody used. */
    public static Usage unused() {
        return Usage.none(START);
    }

    /** Appends from many threads; how many were stored. */
    public long atOnce(int callers, int each, IntFunction<Event> events) throws Exception {
        AtomicLong stored = new AtomicLong();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                int from = caller * each;
                running.add(
                        threads.submit(
                                () -> {
                                    for (int i = from; i < from + each; i++) {
                                        if (append(events.apply(i)) instanceof Stored.At) {
                                            stored.incrementAndGet();
                                        }
                                    }
                                }));
            }
        }
        for (Future<?> caller : running) {
            caller.get();
        }
        return stored.get();
    }
}
