package dev.remit.authority;

import dev.remit.identity.DelegationChain;
import dev.remit.identity.Descent;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import dev.remit.registry.Delegates;
import dev.remit.web.Form;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens for whoever has authority by its parent's signature: by a chain of delegations (RFC 8693),
 * and afterwards by the key alone. They are frozen.
 */
final class Chains {
    private final String issuer;
    private final Delegates delegates;
    private final InForce inForce;

    Chains(String issuer, Delegates delegates, InForce inForce) {
        this.issuer = issuer;
        this.delegates = delegates;
        this.inForce = inForce;
    }

    /** Whether the chain itself says who the client is: there is no other word of it. */
    static boolean isOf(Form form) {
        return form.get("grant_type").equals(Optional.of(Exchanges.GRANT))
                && form.get("subject_token_type").equals(Optional.of(DelegationChain.TYPE))
                && form.get("client_assertion").isEmpty()
                && form.get("client_assertion_type").isEmpty();
    }

    /** What the last child of a chain becomes entitled to. */
    Entitled entitled(Form form, Jwk proven, Instant now) {
        Optional<String> wanted = form.get("requested_token_type");
        boolean plain =
                wanted.stream().allMatch(Exchanges.ACCESS_TOKEN::equals)
                        && form.get("scope").isEmpty()
                        && form.get("audience").isEmpty()
                        && form.get("actor_token").isEmpty()
                        && form.get("actor_token_type").isEmpty()
                        && form.get("authorization_details").isEmpty();
        if (!plain) {
            throw OauthRefused.request(
                    "a chain is exchanged for an access token to all that it passes on");
        }
        return switch (delegates.enrol(form.get("subject_token").orElse(""), proven, now)) {
            case Delegates.Answer.Refused(var fault) ->
                    throw OauthRefused.exchange(
                            "the chain is refused, `" + fault.code() + "`: " + fault.sentence());
            case Delegates.Answer.Enrolled(Instance instance) -> again(instance, form, now);
        };
    }

    /** What such an instance is entitled to as long as the chain is good, and never to more. */
    Entitled again(Instance instance, Form form, Instant now) {
        Descent from = instance.from().orElseThrow();
        String mandate = from.mandate().text();
        if (form.get("client_id").stream().anyMatch(id -> !id.equals(instance.id().text()))
                || form.get("mandate").stream().anyMatch(id -> !id.equals(mandate))
                || !now.isBefore(from.until())
                || !inForce.isGood(instance.agent(), Optional.of(from.mandate()), now)) {
            throw OauthRefused.grant();
        }
        MandateId only = from.mandate();
        return Entitled.of(instance, Optional.of(only), issuer)
                .passedOn(delegates.lineage(instance))
                .until(from.until());
    }
}
