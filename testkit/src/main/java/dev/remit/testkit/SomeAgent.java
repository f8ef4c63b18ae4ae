package dev.remit.testkit;

import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
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
        this(registrar.add(name, "x").id(), registrar, names);
    }

    private SomeAgent(AgentId agent, Registrar registrar, Supplier<String> names) {
        this.names = names;
        String code = registrar.issueCode(agent, "x");
        instance = registrar.enrol(code, signer.publicKey()).orElseThrow();
    }

    /** One more instance of the same agent. */
    public SomeAgent another(Registrar registrar) {
        return new SomeAgent(id(), registrar, names);
    }

    public InstanceId instance() {
        return instance.id();
    }

    public AgentId id() {
        return instance.agent();
    }

    /** The caller that the real authenticator makes of the agent's token and proof. */
    public Caller caller(AgentBook agents, Optional<MandateId> mandate, Instant now) {
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
        String signed = token.sign(TOKEN_KEYS.getPrivate(), Jwk.of(TOKEN_KEYS.getPublic()));
        String proof = signer.proof("POST", ISSUER + "/mcp", Optional.of(signed), names.get(), now);
        Proofs proofs =
                new Proofs(
                        Set.of(ISSUER),
                        new MemoryReplayGuard(10),
                        new Nonces(new byte[32], Nonces.Demand.WHEN_NEEDED));
        Introduction introduction =
                new Authenticator(
                                ISSUER,
                                OneKey.of(KeyUse.TOKENS, TOKEN_KEYS),
                                proofs,
                                agents,
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

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }
}
