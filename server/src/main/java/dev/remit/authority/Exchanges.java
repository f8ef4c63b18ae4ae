package dev.remit.authority;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.registry.Delegations;
import dev.remit.web.Form;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Token exchange (RFC 8693): an access token of this gateway for another, to the client that asks,
 * which becomes the actor. Only access tokens go in and come out.
 */
final class Exchanges {
    static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final Authenticator authenticator;
    private final Delegations delegations;

    Exchanges(Authenticator authenticator, Delegations delegations) {
        this.authenticator = authenticator;
        this.delegations = delegations;
    }

    /** What the client becomes entitled to, whose key and instance are known. */
    Entitled entitled(Instance actor, Form form, Instant now) {
        AccessToken subject = token(form, "subject_token", now);
        if (form.get("requested_token_type").filter(type -> !type.equals(ACCESS_TOKEN)).isPresent()
                || form.get("scope").isPresent()) {
            throw OauthRefused.request(
                    "only an access token can be asked for, and `scope` is not known here");
        }
        String audience = audience(form, subject);
        return switch (delegations.pass(subject, actor, wanted(form), now)) {
            case Delegations.Answer.Refused(String why) -> throw OauthRefused.exchange(why);
            case Delegations.Answer.TooMuch() -> throw details();
            case Delegations.Answer.Passed(var mandate, var lineage) -> {
                Entitled passed =
                        Entitled.of(actor, Optional.of(mandate.id()), audience)
                                .passedOn(lineage)
                                .until(subject.expiresAt())
                                .until(mandate.limits().expiresAt());
                Entitled forPerson = subject.person().map(passed::forPerson).orElse(passed);
                yield actorsOwn(actor, form, now)
                        .map(own -> forPerson.until(own.expiresAt()))
                        .orElse(forPerson);
            }
        };
    }

    /** A token that is sent must be there, of the one type, and good. */
    private AccessToken token(Form form, String name, Instant now) {
        String compact = form.get(name).orElse("");
        if (compact.isBlank() || !form.get(name + "_type").equals(Optional.of(ACCESS_TOKEN))) {
            throw OauthRefused.request(
                    "`" + name + "` is an access token, and `" + name + "_type` says so");
        }
        return authenticator
                .good(compact, now)
                .orElseThrow(
                        () ->
                                OauthRefused.exchange(
                                        "`" + name + "` is no good access token of this gateway"));
    }

    /** The actor is who asks; a token that says so too must be its own. */
    private Optional<AccessToken> actorsOwn(Instance actor, Form form, Instant now) {
        if (form.get("actor_token").isEmpty() && form.get("actor_token_type").isEmpty()) {
            return Optional.empty();
        }
        AccessToken own = token(form, "actor_token", now);
        if (!own.instance().equals(actor.id())) {
            throw OauthRefused.exchange("`actor_token` is not the client's own");
        }
        return Optional.of(own);
    }

    private static String audience(Form form, AccessToken subject) {
        Optional<String> resource = form.get("resource");
        Optional<String> audience = form.get("audience");
        String target = resource.or(() -> audience).orElse(subject.audience());
        boolean one = audience.filter(other -> !other.equals(target)).isEmpty();
        if (!one || !AccessToken.isBelow(target, subject.audience())) {
            throw OauthRefused.target();
        }
        return target;
    }

    private static Optional<Value> wanted(Form form) {
        return form.get("authorization_details")
                .map(
                        json -> {
                            try {
                                return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
                            } catch (MalformedJson e) {
                                throw details();
                            }
                        });
    }

    private static OauthRefused details() {
        return new OauthRefused(
                400,
                "invalid_authorization_details",
                Doubt.REQUEST_REFUSED,
                "`authorization_details` is one object of the type `mandate` whose `permissions` are"
                        + " plainly a part of those that the token stands for, without `uses`");
    }
}
