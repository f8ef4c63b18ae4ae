package dev.remit.testkit.simulation;

import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Caller;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Instance;
import dev.remit.identity.Introduction;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MandateId;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Nonces;
import dev.remit.identity.Proofs;
import dev.remit.identity.Unbound;
import dev.remit.ledger.Ledger;
import dev.remit.registry.Registrar;
import dev.remit.testkit.OneKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The agents: enrolled and authenticated by the real parts, some with a token that names a mandate,
 * their own or not.
 */
final class Crowd {
    private static final String ISSUER = "http://127.0.0.1:1";
    private static final int AGENTS = 3;
    private static final int MOST_CALLERS = 12;

    private final SimulatedStore store;
    private final Supplier<String> names;
    private final KeyPair tokenKeys = keys();
    private final List<Instance> instances = new ArrayList<>();
    private final List<DpopSigner> signers = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();

    Crowd(SimulatedStore store, Supplier<String> names, Instant now) {
        this.store = store;
        this.names = names;
        for (int i = 0; i < AGENTS; i++) {
            enrol("agent " + i, now);
        }
    }

    private void enrol(String name, Instant now) {
        Registrar registrar = registrar(now);
        AgentId agent = registrar.add(name, "x").id();
        DpopSigner signer = new DpopSigner(keys());
        String code = registrar.issueCode(agent, "x");
        instances.add(registrar.enrol(code, signer.publicKey()).orElseThrow());
        signers.add(signer);
        callers.add(introduced(instances.size() - 1, Optional.empty(), now));
    }

    private Registrar registrar(Instant now) {
        Ledger ledger = new Ledger(store, () -> new byte[16]);
        return new Registrar(store.memory(), ledger, names, names, () -> now);
    }

    /** The caller that the real authenticator makes of the agent's token and proof. */
    private Caller introduced(int agent, Optional<MandateId> mandate, Instant now) {
        Instance instance = instances.get(agent);
        DpopSigner signer = signers.get(agent);
        AccessToken token =
                AccessToken.ofAgent(
                        ISSUER,
                        instance.agent(),
                        instance.id(),
                        mandate,
                        signer.publicKey().thumbprint(),
                        names.get(),
                        now,
                        now.plus(AccessToken.LONGEST));
        String signed = token.sign(tokenKeys.getPrivate(), Jwk.of(tokenKeys.getPublic()));
        String proof = signer.proof("POST", ISSUER + "/mcp", Optional.of(signed), names.get(), now);
        Proofs proofs =
                new Proofs(
                        Set.of(ISSUER),
                        new MemoryReplayGuard(10),
                        new Nonces(new byte[32], Nonces.Demand.WHEN_NEEDED));
        Introduction introduction =
                new Authenticator(
                                ISSUER,
                                OneKey.of(KeyUse.TOKENS, tokenKeys),
                                proofs,
                                store.memory(),
                                Unbound.REFUSED)
                        .introduce(
                                List.of("DPoP " + signed),
                                new Proofs.Request("POST", "/mcp", List.of(proof)),
                                now);
        if (introduction instanceof Introduction.Known(Caller caller)) {
            return caller;
        }
        throw new IllegalStateException("an enrolled agent is not known: " + introduction);
    }

    /** Some agent, not always the mandate's, asks for a token that names it. */
    void nameMandate(SplittableRandom dice, MandateId mandate, Instant now) {
        if (callers.size() < MOST_CALLERS && dice.nextInt(4) == 0) {
            callers.add(introduced(dice.nextInt(AGENTS), Optional.of(mandate), now));
        }
    }

    Caller someCaller(SplittableRandom dice) {
        return callers.get(dice.nextInt(callers.size()));
    }

    AgentId someAgent(SplittableRandom dice) {
        return instances.get(dice.nextInt(AGENTS)).agent();
    }

    void changeStanding(SplittableRandom dice, Instant now) {
        AgentId agent = someAgent(dice);
        if (dice.nextInt(3) == 0) {
            registrar(now).suspend(agent, "a look at it", "x");
        } else {
            registrar(now).restore(agent, "x");
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }
}
