package dev.remit.testkit;

import dev.remit.identity.AccessToken;
import dev.remit.identity.Actor;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Binding;
import dev.remit.identity.Caller;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Introduction;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MandateId;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Nonces;
import dev.remit.identity.Proofs;
import dev.remit.identity.Unbound;
import dev.remit.registry.Registrar;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** An agent that was enrolled, and is introduced, by the real parts. */
public final class SomeAgent {
    private static final String ISSUER = "http://127.0.0.1:1";
    private static final KeyPair TOKEN_KEYS = keys();

    private final Supplier<String> names;
    private final DpopSigner signer = new DpopSigner(keys());
    private final Instance instance;

    /** Adds and enrols it. */
    public SomeAgent(String name, Registrar registrar, Supplier<String> names) {
        this(registrar.add(name, "x").id(), registrar, names, Binding.KEY);
    }

    private SomeAgent(AgentId agent, Registrar registrar, Supplier<String> names, Binding binding) {
        this.names = names;
        String code = registrar.issueCode(agent, "x");
        instance =
                registrar
                        .enrol(
                                code,
                                binding == Binding.KEY
                                        ? Optional.of(signer.publicKey())
                                        : Optional.empty())
                        .orElseThrow();
    }

    /** One more instance of the same agent. */
    public SomeAgent another(Registrar registrar) {
        return new SomeAgent(id(), registrar, names, Binding.KEY);
    }

    /** One more, that has no key. */
    public SomeAgent keyless(Registrar registrar) {
        return new SomeAgent(id(), registrar, names, Binding.NONE);
    }

    public InstanceId instance() {
        return instance.id();
    }

    public AgentId id() {
        return instance.agent();
    }

    /** The caller that the real authenticator makes of the agent's token, and proof if it can. */
    public Caller caller(AgentBook agents, Optional<MandateId> mandate, Instant now) {
        String signed = token(mandate, now);
        if (instance.key().isEmpty()) {
            return introduced(agents, "Bearer " + signed, List.of(), now);
        }
        String proof = signer.proof("POST", ISSUER + "/mcp", Optional.of(signed), names.get(), now);
        return introduced(agents, "DPoP " + signed, List.of(proof), now);
    }

    private String token(Optional<MandateId> mandate, Instant now) {
        return new AccessToken(
                        ISSUER,
                        ISSUER,
                        Optional.empty(),
                        Optional.empty(),
                        new Actor(instance.agent(), instance.id()),
                        Optional.empty(),
                        mandate,
                        Optional.empty(),
                        instance.key().map(Jwk::thumbprint),
                        names.get(),
                        now,
                        now.plus(AccessToken.LONGEST))
                .sign(TOKEN_KEYS.getPrivate(), Jwk.of(TOKEN_KEYS.getPublic()));
    }

    private static Caller introduced(
            AgentBook agents, String authorization, List<String> proofs, Instant now) {
        Proofs checks =
                new Proofs(
                        Set.of(ISSUER),
                        new MemoryReplayGuard(10),
                        new Nonces(new byte[32], Nonces.Demand.WHEN_NEEDED));
        Introduction introduction =
                new Authenticator(
                                ISSUER,
                                OneKey.of(KeyUse.TOKENS, TOKEN_KEYS),
                                checks,
                                agents,
                                Unbound.CAPPED)
                        .introduce(
                                List.of(authorization),
                                new Proofs.Request("POST", "/mcp", proofs),
                                now);
        if (introduction instanceof Introduction.Known(Caller caller)) {
            return caller;
        }
        throw new IllegalStateException("an enrolled agent is not known: " + introduction);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }
}
