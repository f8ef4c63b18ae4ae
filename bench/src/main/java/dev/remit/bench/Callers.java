package dev.remit.bench;

import dev.remit.call.Digest;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Caller;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.EnrolmentCode;
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
import dev.remit.ledger.Event;
import dev.remit.main.Names;
import dev.remit.testkit.OneKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Agents, enrolled and introduced the way the gateway does it: nobody else makes a {@link Caller}.
 */
public final class Callers {
    private static final String ISSUER = "http://127.0.0.1:1";

    private final KeyPair tokenKeys = keys();
    private final KeyPair agentKeys = keys();
    private final Instant now;
    private final Authenticator authenticator;

    public Callers(AgentBook book, Instant now) {
        this.now = now;
        this.authenticator =
                new Authenticator(
                        ISSUER,
                        OneKey.of(KeyUse.TOKENS, tokenKeys),
                        new Proofs(
                                Set.of(ISSUER),
                                new MemoryReplayGuard(1_000_000),
                                new Nonces(Names.random(32), Nonces.Demand.WHEN_NEEDED)),
                        book,
                        Unbound.REFUSED);
    }

    /** Adds and enrols an agent. */
    public Instance enrol(String name, Consumer<Event> ledger) {
        AgentId agent = new AgentId("agt_" + name);
        Digest code = Digest.of(Names.random(16));
        Instance instance =
                Instance.enrolled(
                        new InstanceId("ins_" + name), agent, Jwk.of(agentKeys.getPublic()), now);
        ledger.accept(
                new Event.AgentAdded(new Agent(agent, name, now, new Agent.Standing.Good()), "x"));
        Instant end = now.plus(Duration.ofDays(1));
        ledger.accept(new Event.CodeIssued(new EnrolmentCode(code, agent, end), "x"));
        ledger.accept(new Event.InstanceEnrolled(instance, code));
        return instance;
    }

    /** The caller that a request of this instance comes from. */
    public Caller caller(Instance instance, Optional<MandateId> mandate) {
        AccessToken token =
                AccessToken.ofAgent(
                        ISSUER,
                        instance.agent(),
                        instance.id(),
                        mandate,
                        instance.key().orElseThrow().thumbprint(),
                        Names.fresh(),
                        now,
                        now.plus(AccessToken.LONGEST));
        String compact = token.sign(tokenKeys.getPrivate(), Jwk.of(tokenKeys.getPublic()));
        String proof =
                new DpopSigner(agentKeys)
                        .proof("POST", ISSUER + "/mcp", Optional.of(compact), Names.fresh(), now);
        Proofs.Request request = new Proofs.Request("POST", "/mcp", List.of(proof));
        return switch (authenticator.introduce(List.of("DPoP " + compact), request, now)) {
            case Introduction.Known(Caller caller) -> caller;
            case Introduction.Stranger(var doubt) -> throw new IllegalStateException(doubt.code());
        };
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
