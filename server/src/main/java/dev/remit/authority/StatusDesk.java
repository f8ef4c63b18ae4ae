package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.RefreshToken;
import dev.remit.identity.SigningKeys;
import dev.remit.registry.Registrar;
import dev.remit.web.Form;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Says whether a token is good (RFC 7662), and ends it (RFC 7009): each client its own alone. */
final class StatusDesk {
    private final String issuer;
    private final SigningKeys keys;
    private final Clients clients;
    private final Authenticator authenticator;
    private final AgentBook agents;
    private final InForce inForce;
    private final Registrar registrar;

    StatusDesk(
            String issuer,
            SigningKeys keys,
            Clients clients,
            Authenticator authenticator,
            AgentBook agents,
            InForce inForce,
            Registrar registrar) {
        this.issuer = issuer;
        this.keys = keys;
        this.clients = clients;
        this.authenticator = authenticator;
        this.agents = agents;
        this.inForce = inForce;
        this.registrar = registrar;
    }

    /**
     * What is said of a token that is not the asker's is the same as of one that does not exist.
     */
    Value.Fields introspect(Form form, Optional<Jwk> proven, Instant now) {
        Clients.Client client = clients.of(form, proven, now);
        Optional<AccessToken> token =
                client instanceof Clients.Client.Enrolled(Instance asker)
                        ? authenticator
                                .good(text(form), now)
                                .filter(one -> one.agent().equals(asker.agent()))
                                .filter(one -> isInForce(one, now))
                        : Optional.empty();
        return token.map(StatusDesk::described)
                .orElseGet(() -> Value.object().put("active", false).build());
    }

    private boolean isInForce(AccessToken token, Instant now) {
        return Stream.concat(Stream.of(token.actor()), token.behind().stream())
                .allMatch(one -> inForce.isGood(one, token.mandate(), now));
    }

    private static Value.Fields described(AccessToken token) {
        return token.claims()
                .with("active", Value.of(true))
                .with("token_type", Value.of(TokenDesk.type(token)));
    }

    /**
     * Ends a refresh token's whole grant, or the access tokens that the instance has now. A token
     * that is unknown or another client's is left alone, and nobody learns which.
     */
    void revoke(Form form, Optional<Jwk> proven, Instant now) {
        switch (clients.of(form, proven, now)) {
            case Clients.Client.Enrolled(Instance asker) ->
                    authenticator
                            .good(text(form), now)
                            .filter(one -> one.instance().equals(asker.id()))
                            .ifPresent(_ -> registrar.revokeTokens(asker, asker.id().text()));
            case Clients.Client.Published published -> {
                Optional<RefreshToken> token =
                        RefreshToken.read(text(form), issuer, keys, now)
                                .filter(one -> one.client().equals(published.id()));
                token.flatMap(one -> agents.instance(one.instance()))
                        .filter(one -> !one.revoked())
                        .ifPresent(one -> registrar.revoke(one.id(), published.id()));
            }
        }
    }

    private static String text(Form form) {
        return form.get("token").orElseThrow(() -> OauthRefused.request("`token` is missing"));
    }
}
