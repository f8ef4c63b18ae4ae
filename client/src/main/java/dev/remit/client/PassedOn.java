package dev.remit.client;

import dev.remit.identity.DelegationChain;
import dev.remit.identity.DelegationStep;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.InstanceId;
import java.time.Instant;
import java.util.Map;

/** Authority that another instance passed on by its signature, as the helper shows it. */
final class PassedOn {
    private PassedOn() {}

    /**
     * Reads a chain for this key.
     *
     * @throws GatewayFailed if it is none, is for another key or has ended
     */
    static DelegationChain read(String text, AgentKey key, Instant now) {
        DelegationChain chain =
                DelegationChain.read(text)
                        .orElseThrow(
                                () ->
                                        new GatewayFailed(
                                                "this is no chain of delegations; `remit mandate"
                                                        + " delegate` makes one"));
        DelegationStep last = chain.last().step();
        if (!last.key().equals(new DpopSigner(key.pair()).publicKey())) {
            throw new GatewayFailed(
                    "the chain was signed for another key; have it signed for the one that `remit"
                            + " connect --prepare` prints");
        }
        if (!now.isBefore(last.expiresAt())) {
            throw new GatewayFailed(
                    "the chain ended at "
                            + last.expiresAt()
                            + "; whoever passed it on has to sign another");
        }
        return chain;
    }

    /** The gateway's name for the last child of a chain; it follows from what was signed. */
    static String client(DelegationChain chain) {
        InstanceId at = new InstanceId(chain.steps().getFirst().step().issuer());
        for (DelegationStep.Signed one : chain.steps()) {
            at = one.child(at);
        }
        return at.text();
    }

    /** How a token request shows the chain (RFC 8693). */
    static Map<String, String> form(DelegationChain chain) {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token_type",
                DelegationChain.TYPE,
                "subject_token",
                chain.text());
    }
}
