package dev.remit.bench;

import dev.remit.call.Digest;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Jwk;
import dev.remit.identity.Page;
import dev.remit.identity.Revocation;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;
import dev.remit.main.Crypto;
import dev.remit.main.Names;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Fills a store with agents and instances through the ledger, and measures what finding them costs:
 * {@code Fleet FOLDER [AGENTS [INSTANCES-OF-EACH]]}.
 */
final class Fleet {
    private static final int TEAMS = 100;
    private static final int WRITERS = 4_000;
    private static final int LOOKUPS = 20_000;
    private static final int PAGES = 200;
    private static final String ISSUER = "https://issuer.example";
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final Path data;
    private final KeyPair logKey;
    private final Jwk[] keys;
    private final int agents;
    private final int each;

    private Fleet(Path data, int agents, int each) throws Exception {
        this.data = data;
        this.agents = agents;
        this.each = each;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        this.logKey = generator.generateKeyPair();
        this.keys = new Jwk[1_000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Jwk.of(generator.generateKeyPair().getPublic());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Crypto.preferFast();
        int most = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        int each = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        for (int agents : new int[] {most / 1_000, most / 10, most}) {
            Path data = Files.createTempDirectory(Path.of(arguments[0]), "fleet");
            new Fleet(data, Math.max(agents, 1), each).measure();
        }
    }

    private void measure() throws Exception {
        System.out.printf("%n%,d agents, %,d instances%n", agents, agents * each);
        long start = System.nanoTime();
        try (EmbeddedStore store = open()) {
            fill(agents, i -> agent(store, i));
            fill(agents * each, i -> instance(store, i));
            append(store, new Event.Revoked(new Revocation.Of.Key(Digest.of()), "bench", "x"));
            say("filled in", System.nanoTime() - start, 1, "s");
            System.out.printf("  on disk              %,9d MB%n", size() >> 20);
            System.out.printf("  heap, collected      %,9d MB%n", heap() >> 20);
            find(store);
        }
        start = System.nanoTime();
        try (EmbeddedStore store = open()) {
            say("started again in", System.nanoTime() - start, 1, "ms");
            System.out.printf("  heap, collected      %,9d MB%n", heap() >> 20);
            Random dice = new Random(1);
            time(
                    "instance, cold",
                    LOOKUPS / 10,
                    _ -> store.instance(id(dice.nextInt(agents * each))));
        }
    }

    private void find(EmbeddedStore store) {
        Random dice = new Random(7);
        int hot = Math.min(1_000, agents * each);
        time("instance, cached", LOOKUPS, _ -> store.instance(id(dice.nextInt(hot))));
        time("instance, scattered", LOOKUPS, _ -> store.instance(id(dice.nextInt(agents * each))));
        time(
                "key revoked? no",
                LOOKUPS,
                i -> store.revocation(new Revocation.Of.Key(keys[i % keys.length].thumbprint())));
        time("page of 100, start", PAGES, _ -> page(store, Page.START));
        time("page of 100, middle", PAGES, _ -> page(store, name(agents / 2)));
        time("page of 100, end", PAGES, _ -> page(store, name(Math.max(0, agents - 101))));
        time("by prefix", PAGES, i -> search(store, prefix(name(i * 31 % agents))));
        time("by text, rare", PAGES / 10, i -> search(store, text("-" + i * 7919 % agents + ".")));
        time("by text, common", PAGES, _ -> search(store, text("worker")));
        time("by tag", PAGES, i -> search(store, tag(i % TEAMS)));
        time("count by tag", PAGES / 10, i -> store.count(tag(i % TEAMS)));
        time(
                "an agent's instances",
                PAGES,
                _ ->
                        store.instances(
                                InstanceQuery.of(agentId(dice.nextInt(agents))), Page.START, 100));
        time(
                "a key's instances",
                PAGES,
                i ->
                        store.instances(
                                new InstanceQuery(
                                        Optional.empty(),
                                        Optional.of(keys[i % keys.length].thumbprint()),
                                        Optional.empty()),
                                Page.START,
                                100));
        time(
                "an issuer's instances",
                PAGES,
                _ ->
                        store.instances(
                                new InstanceQuery(
                                        Optional.empty(), Optional.empty(), Optional.of(ISSUER)),
                                Page.START,
                                100));
    }

    private static Page<Agent> page(EmbeddedStore store, String from) {
        return store.agents(AgentQuery.ALL, from, 100);
    }

    private static Page<Agent> search(EmbeddedStore store, AgentQuery query) {
        return store.agents(query, Page.START, 100);
    }

    private static AgentQuery prefix(String prefix) {
        return query(Optional.of(prefix), Optional.empty(), Map.of());
    }

    private static AgentQuery text(String text) {
        return query(Optional.empty(), Optional.of(text), Map.of());
    }

    private static AgentQuery tag(int team) {
        return query(Optional.empty(), Optional.empty(), Map.of("team", "team-" + team));
    }

    private static AgentQuery query(
            Optional<String> prefix, Optional<String> text, Map<String, String> tags) {
        return new AgentQuery(
                prefix, text, tags, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void time(String what, int times, IntFunction<Object> doing) {
        long[] took = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            Object found = doing.apply(i);
            took[i] = System.nanoTime() - start;
            if (found == null) {
                throw new IllegalStateException(what);
            }
        }
        Arrays.sort(took);
        System.out.printf(
                "  %-20s %,9.1f µs   (99 of 100 below %,.1f)%n",
                what, took[times / 2] / 1e3, took[(int) (times * 0.99)] / 1e3);
    }

    private static void say(String what, long nanos, int times, String unit) {
        double divisor = unit.equals("s") ? 1e9 : 1e6;
        System.out.printf("  %-20s %,9.1f %s%n", what, nanos / divisor / times, unit);
    }

    private static void fill(int number, IntConsumer doing) throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            for (int i = 0; i < number; i++) {
                int at = i;
                threads.execute(() -> doing.accept(at));
            }
        }
    }

    private void agent(LedgerStore store, int i) {
        append(
                store,
                new Event.AgentAdded(
                        new Agent(agentId(i), name(i), NOW, new Agent.Standing.Good()), "x"));
        append(
                store,
                new Event.AgentTagged(
                        agentId(i), Map.of("team", "team-" + i % TEAMS), Set.of(), "x"));
    }

    private void instance(LedgerStore store, int i) {
        Instance instance = Instance.enrolled(id(i), agentId(i / each), keys[i % keys.length], NOW);
        Admission admission =
                new Admission(
                        instance.id(),
                        ISSUER,
                        Optional.empty(),
                        ISSUER + "/" + i % 100,
                        i,
                        NOW.plusSeconds(3_600));
        append(store, new Event.InstanceAdmitted(instance, admission));
    }

    private static AgentId agentId(int i) {
        return new AgentId("agt_" + i);
    }

    private static String name(int i) {
        return "worker-%07d-%d.".formatted(i, i);
    }

    private InstanceId id(int i) {
        return Admission.instance(
                agentId(i / each), Digest.of(Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
    }

    private static void append(LedgerStore store, Event event) {
        if (!(store.append(new Draft(NOW, event, Names.random(16)))
                instanceof LedgerStore.Stored.At)) {
            throw new IllegalStateException("the ledger objects to " + event);
        }
    }

    private EmbeddedStore open() {
        return EmbeddedStore.open(
                data, new LogKeys(logKey), "bench/fleet", InstantSource.system(), "bench");
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
