package dev.remit.bench.tokens;

import dev.remit.call.Digest;
import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Introduction;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Nonces;
import dev.remit.identity.Proofs;
import dev.remit.identity.ReplayGuard;
import dev.remit.identity.SigningKeys;
import dev.remit.identity.Unbound;
import dev.remit.main.Crypto;
import dev.remit.main.Names;
import dev.remit.store.UsedProofs;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.OneKey;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What it costs to know who sent a request, with few and with many proofs remembered and tokens
 * alive: {@code Flat FOLDER fast|jdk COUNT…}. One thread, its own CPU time, no HTTP.
 */
final class Flat {
    private static final String ISSUER = "http://127.0.0.1:8420";
    private static final String TARGET = ISSUER + "/mcp/docs";
    private static final int AGENTS = 64;
    private static final int MOST_PROOFS = 2_000_000;

    private final SigningKeys keys =
            OneKey.of(KeyUse.TOKENS, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    private final MemoryStore store = new MemoryStore();
    private final List<Client> clients = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();
    private final int requests;

    private Flat(int requests) throws Exception {
        this.requests = requests;
        for (int i = 0; i < AGENTS; i++) {
            Client client = Client.fresh("ins_" + i);
            Instance instance =
                    Instance.enrolled(
                            new InstanceId(client.id()),
                            new AgentId("agt_" + i),
                            Jwk.of(client.keys().getPublic()),
                            Instant.now().minusSeconds(60));
            store.put(instance);
            clients.add(client);
            instances.add(instance);
        }
    }

    public static void main(String[] arguments) throws Exception {
        boolean fast = arguments[1].equals("fast");
        if (fast && !Crypto.preferFast()) {
            System.err.println("bench: the fast signatures cannot be loaded here");
            System.exit(1);
        }
        Flat flat = new Flat(fast ? 20_000 : 5_000);
        System.out.printf(
                "%n%s signatures: µs CPU for one authenticated request (token, proof, replay), for the replay%n"
                        + "alone, and for saying whether a token is good; so many proofs remembered and tokens alive%n",
                arguments[1]);
        System.out.printf("%10s %9s %9s %9s%n", "", "request", "replay", "token");
        flat.line(Path.of(arguments[0], arguments[1] + "-warm-up"), 1_000, false);
        for (int i = 2; i < arguments.length; i++) {
            int count = Integer.parseInt(arguments[i]);
            flat.line(Path.of(arguments[0], arguments[1] + "-" + count), count, true);
        }
    }

    private void line(Path folder, int count, boolean shown) {
        Instant now = Instant.now();
        try (UsedProofs used = UsedProofs.open(folder, true, now)) {
            ReplayGuard guard = used.guard(MOST_PROOFS, now);
            for (Digest one : digests(count)) {
                first(guard, one, now);
            }
            Authenticator authenticator =
                    new Authenticator(
                            ISSUER,
                            keys,
                            new Proofs(
                                    Set.of(ISSUER),
                                    guard,
                                    new Nonces(Names.random(32), Nonces.Demand.WHEN_NEEDED)),
                            store,
                            Unbound.REFUSED);
            double request = authenticated(authenticator);
            List<Digest> fresh = digests(requests);
            double replay = each(fresh.size(), i -> first(guard, fresh.get(i), now));
            double token = asked(authenticator, count);
            if (shown) {
                System.out.printf("%,10d %9.1f %9.2f %9.1f%n", count, request, replay, token);
            }
        }
    }

    private static void first(ReplayGuard guard, Digest one, Instant now) {
        if (guard.use(one, now) != ReplayGuard.Use.FIRST) {
            throw new IllegalStateException("a fresh proof is the first");
        }
    }

    private static List<Digest> digests(int count) {
        List<Digest> digests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            digests.add(Digest.of(Names.random(16)));
        }
        return digests;
    }

    /** Every request is another one, and each must be known. */
    private double authenticated(Authenticator authenticator) {
        Instant now = Instant.now();
        List<String> tokens = tokens(AGENTS, now);
        List<Proofs.Request> asked = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            String token = tokens.get(i % AGENTS);
            String proof =
                    new DpopSigner(clients.get(i % AGENTS).keys())
                            .proof("POST", TARGET, Optional.of(token), Names.fresh(), now);
            asked.add(new Proofs.Request("POST", "/mcp/docs", List.of(proof)));
        }
        return each(
                requests,
                i -> {
                    Introduction who =
                            authenticator.introduce(
                                    List.of("DPoP " + tokens.get(i % AGENTS)),
                                    asked.get(i),
                                    Instant.now());
                    if (!(who instanceof Introduction.Known)) {
                        throw new IllegalStateException("not known: " + who);
                    }
                });
    }

    /** Any of so many tokens, each of which must be good. */
    private double asked(Authenticator authenticator, int count) {
        Instant now = Instant.now();
        List<String> tokens = tokens(count, now);
        Random random = new Random(1);
        return each(
                requests,
                _ -> {
                    String token = tokens.get(random.nextInt(tokens.size()));
                    if (authenticator.good(token, now).isEmpty()) {
                        throw new IllegalStateException("no good token");
                    }
                });
    }

    private List<String> tokens(int count, Instant now) {
        List<String> tokens = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instance instance = instances.get(i % AGENTS);
            AccessToken token =
                    AccessToken.ofAgent(
                            ISSUER,
                            instance.agent(),
                            instance.id(),
                            Optional.empty(),
                            instance.key().orElseThrow().thumbprint(),
                            Names.fresh(),
                            now,
                            now.plus(AccessToken.LONGEST));
            tokens.add(token.sign(keys.signer()));
        }
        return tokens;
    }

    private interface Work {
        void one(int i);
    }

    private static double each(int count, Work work) {
        var thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            work.one(i);
        }
        return (thread.getCurrentThreadCpuTime() - start) / 1e3 / count;
    }
}
