package dev.remit.gateway.rig;

import dev.remit.access.AccessEdge;
import dev.remit.access.Point;
import dev.remit.authority.Door;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.decision.Judge;
import dev.remit.decision.Rules;
import dev.remit.gate.Clerk;
import dev.remit.gate.Credentials;
import dev.remit.gate.Demands;
import dev.remit.gate.Foresight;
import dev.remit.gate.Gate;
import dev.remit.gate.Overseer;
import dev.remit.gate.Recall;
import dev.remit.gate.StopSwitch;
import dev.remit.gateway.mcp.McpEdge;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.http.StateSeal;
import dev.remit.http.WebServer;
import dev.remit.identity.Actor;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Descent;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Lineage;
import dev.remit.identity.MandateId;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Nonces;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Proofs;
import dev.remit.identity.ReplayGuard;
import dev.remit.identity.Unbound;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.Receipt;
import dev.remit.main.CallPatrol;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Share;
import dev.remit.mandate.Task;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.OneKey;
import dev.remit.testkit.Ports;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Everything that a gateway is made of, over a store in memory, on a port of its own. */
public final class TestGateway implements AutoCloseable {
    public static final String ISSUER = "https://gateway.test";

    /** The token of each enforcement point, {@code TOKEN + name}. */
    public static final String TOKEN = "a-token-of-the-point-that-is-called-";

    private static final List<Point> POINTS =
            List.of(
                    new Point("bridge", Point.hash(TOKEN + "bridge"), Set.of("desk")),
                    new Point("other", Point.hash(TOKEN + "other"), Set.of("elsewhere")));

    private final Vertx vertx = Vertx.vertx();
    private final MemoryStore store = new MemoryStore();
    private final SecureRandom dice = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final Breakable disk = new Breakable();
    private final Ledger ledger = new Ledger(disk.of(LedgerStore.class, store), () -> random(16));
    private final KeyPair tokenKeys = keys();
    private final AtomicInteger names = new AtomicInteger();
    private final Breakable checks = new Breakable();
    private final int port = Ports.free();
    private final Upstreams upstreams;
    private final CallPatrol patrol;
    private final Clerk clerk;
    private final McpEdge edge;
    private final WebServer web;

    public TestGateway(UpstreamSettings... settings) {
        this(List.of(), McpEdge.USUAL_BODY, settings);
    }

    /**
     * @param moreOrigins origins of whatever stands in front of this gateway
     */
    public TestGateway(List<String> moreOrigins, int mostBody, UpstreamSettings... settings) {
        this(moreOrigins, mostBody, (_, _) -> Credentials.none(), settings);
    }

    /**
     * @param credentials makes what the upstreams' credentials come from
     */
    public TestGateway(
            List<String> moreOrigins,
            int mostBody,
            BiFunction<MemoryStore, Ledger, Credentials> credentials,
            UpstreamSettings... settings) {
        List<String> origins = new ArrayList<>(moreOrigins);
        origins.add(origin());
        origins.add("http://localhost:" + port);
        Proofs proofs =
                new Proofs(
                        Set.copyOf(origins),
                        checks.of(ReplayGuard.class, new MemoryReplayGuard(1_000_000)),
                        new Nonces(random(32), Nonces.Demand.WHEN_NEEDED));
        Authenticator authenticator =
                new Authenticator(
                        ISSUER,
                        OneKey.of(KeyUse.TOKENS, tokenKeys),
                        proofs,
                        checks.of(AgentBook.class, store),
                        Unbound.CAPPED);
        this.upstreams =
                new Upstreams(
                        List.of(settings),
                        vertx,
                        store,
                        ledger,
                        credentials.apply(store, ledger),
                        clock,
                        System.getenv());
        this.clerk =
                new Clerk(
                        store,
                        store,
                        upstreams.tools(),
                        store,
                        store.questions(),
                        Demands.NONE,
                        Recall.none(),
                        Rules::none,
                        clock);
        Judge judge = new Judge();
        Gate gate =
                new Gate(
                        clerk,
                        judge,
                        ledger,
                        upstreams,
                        new Overseer(store.conduct(), store, List.of(), ledger, clock));
        this.patrol = new CallPatrol(gate.underWay());
        Door door = new Door(authenticator, ledger, clock);
        McpEdge.Parts parts =
                new McpEdge.Parts(
                        door::introduce,
                        gate,
                        clerk,
                        ledger,
                        upstreams,
                        clock,
                        () -> new CallId("call_" + names.incrementAndGet()),
                        dice,
                        new StateSeal(random(32), dice),
                        Optional.of(origin()));
        this.edge = new McpEdge(parts, origin(), mostBody);
        AccessEdge access =
                new AccessEdge(
                        new AccessEdge.Parts(
                                door::introduce,
                                door::record,
                                authenticator,
                                gate,
                                new Foresight(clerk, judge),
                                clerk,
                                ledger,
                                store,
                                upstreams.tools(),
                                upstreams.names(),
                                parts.seal(),
                                parts.ids(),
                                clock),
                        POINTS,
                        origin());
        this.web =
                new WebServer(
                        vertx,
                        Set.copyOf(origins),
                        Map.of("/mcp", edge, "/access", access, AccessEdge.METADATA, access));
        web.listen("127.0.0.1", port);
    }

    public String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** What the ledger writes to. */
    public Breakable disk() {
        return disk;
    }

    /** What stops every agent. */
    public StopSwitch stop() {
        return clerk.stop();
    }

    /** What the checks at the door stand on. */
    public Breakable checks() {
        return checks;
    }

    public Vertx vertx() {
        return vertx;
    }

    public Upstreams upstreams() {
        return upstreams;
    }

    public MemoryStore store() {
        return store;
    }

    /** Everything of one kind that is written in the ledger. */
    public <E extends Event> List<E> written(Class<E> kind) {
        return store.entries().stream()
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    public void write(Event event) {
        if (!(ledger.append(event, clock.instant()) instanceof Receipt)) {
            throw new IllegalStateException("the ledger objects to " + event);
        }
    }

    /** An agent with one enrolled instance and no mandate. */
    public TestAgent agent() {
        int number = names.incrementAndGet();
        Instant now = clock.instant();
        AgentId id = new AgentId("agt_" + number);
        KeyPair keys = keys();
        Digest code = Digest.of(random(16));
        Instance instance =
                Instance.enrolled(
                        new InstanceId("ins_" + number), id, Jwk.of(keys.getPublic()), now);
        write(
                new Event.AgentAdded(
                        new Agent(id, "agent " + number, now, new Agent.Standing.Good()), "test"));
        write(
                new Event.CodeIssued(
                        new EnrolmentCode(code, id, now.plus(Duration.ofMinutes(5))), "test"));
        write(new Event.InstanceEnrolled(instance, code));
        return new TestAgent(this, instance, keys);
    }

    /** Another running copy of the agent. */
    public TestAgent secondOf(TestAgent first) {
        Instant now = clock.instant();
        KeyPair keys = keys();
        Digest code = Digest.of(random(16));
        AgentId id = first.instance().agent();
        Instance instance =
                Instance.enrolled(
                        new InstanceId("ins_" + names.incrementAndGet()),
                        id,
                        Jwk.of(keys.getPublic()),
                        now);
        write(
                new Event.CodeIssued(
                        new EnrolmentCode(code, id, now.plus(Duration.ofMinutes(5))), "test"));
        write(new Event.InstanceEnrolled(instance, code));
        return new TestAgent(this, instance, keys);
    }

    /** An agent under a mandate with these permissions. */
    public TestAgent agent(Permission... permissions) {
        TestAgent agent = agent();
        give(agent, permissions);
        return agent;
    }

    /** A child by signature that has this part of its parent's mandate. */
    public TestAgent child(TestAgent parent, MandateId mandate, Permission... parts) {
        return child(parent, mandate, Duration.ofMinutes(30), parts);
    }

    public TestAgent child(
            TestAgent parent, MandateId mandate, Duration life, Permission... parts) {
        KeyPair keys = keys();
        Instant now = clock.instant();
        Value.Items share = new Share(List.of(parts)).write();
        Instance child =
                Instance.enrolled(
                                new InstanceId("ins_" + names.incrementAndGet()),
                                parent.instance().agent(),
                                Jwk.of(keys.getPublic()),
                                now)
                        .hangingFrom(
                                new Descent(
                                        parent.instance().id(),
                                        mandate,
                                        share,
                                        0,
                                        OptionalLong.empty(),
                                        now.plus(life)));
        write(new Event.DelegateEnrolled(child, "as it was signed"));
        Lineage lineage = new Lineage(List.of(Actor.of(parent.instance())), share);
        return new TestAgent(this, child, keys, Optional.of(mandate), Optional.of(lineage));
    }

    public MandateId give(TestAgent agent, Permission... permissions) {
        return give(agent, limits -> limits, permissions);
    }

    /** A mandate with these limits, changed from the usual ones. */
    public MandateId give(
            TestAgent agent, UnaryOperator<Limits> limits, Permission... permissions) {
        Instant now = clock.instant();
        MandateId id = new MandateId("mdt_" + names.incrementAndGet());
        write(
                new Event.MandateGiven(
                        new Mandate(
                                id,
                                new Person(new PersonId("per_1"), "Ada"),
                                agent.instance().agent(),
                                new Task("do what the test says"),
                                new Permissions(List.of(permissions)),
                                limits.apply(
                                        new Limits(
                                                now.plus(Duration.ofHours(1)),
                                                Optional.empty(),
                                                OptionalLong.empty(),
                                                1_000)),
                                now,
                                new Mandate.Status.Active(),
                                1)));
        return id;
    }

    KeyPair tokenKeys() {
        return tokenKeys;
    }

    byte[] random(int length) {
        byte[] bytes = new byte[length];
        dice.nextBytes(bytes);
        return bytes;
    }

    static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        edge.close();
        patrol.close();
        web.close();
        upstreams.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
