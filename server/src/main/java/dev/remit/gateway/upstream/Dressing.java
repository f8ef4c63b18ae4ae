package dev.remit.gateway.upstream;

import dev.remit.gate.Credentials;
import dev.remit.http.BearerChallenge;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one guest's requests to one upstream are sent with: the configured headers, and over them
 * the credential that is kept for the upstream's origin.
 */
final class Dressing {
    private final UpstreamSettings.Http settings;
    private final Credentials credentials;
    private final Optional<PersonId> person;
    private final Origin origin;
    private volatile Worn last;

    Dressing(UpstreamSettings.Http settings, Credentials credentials, Optional<PersonId> person) {
        this.settings = settings;
        this.credentials = credentials;
        this.person = person;
        this.origin = Origin.of(settings.url());
        this.last = worn(Credentials.Attached.NOTHING);
    }

    /** What one request is sent with, and what its answer must not say. */
    record Worn(Credentials.Attached attached, Mask mask) {}

    /**
     * What the next request is sent with.
     *
     * @throws dev.remit.gate.UpstreamUnavailable if there is a credential that cannot be used now
     */
    @SuppressWarnings("ReferenceEquality") // the same object means that nothing has changed
    Worn next() {
        Credentials.Attached attached = credentials.attach(settings.name(), origin, person);
        Worn known = last;
        if (attached == known.attached()) {
            return known;
        }
        Worn fresh = worn(attached);
        last = fresh;
        return fresh;
    }

    private Worn worn(Credentials.Attached attached) {
        List<Secret> secrets = new ArrayList<>(settings.hidden());
        secrets.addAll(attached.secrets());
        return new Worn(attached, Mask.of(secrets));
    }

    /** Whether a request that was answered with 401 is worth another try. */
    boolean renew(Worn refused) {
        return credentials.renewable(settings.name(), person, refused.attached());
    }

    /**
     * Notes what a request that was answered with 403 lacked; whether the person can agree to it. A
     * challenge that says anything of what was sent is not one.
     */
    boolean lacks(Worn refused, BearerChallenge challenge) {
        return challenge
                .lacking()
                .filter(scope -> refused.mask().text(scope).equals(scope))
                .map(scope -> credentials.lacks(settings.name(), person, refused.attached(), scope))
                .orElse(false);
    }

    /** Puts the configured headers on; what the protocol needs comes over them. */
    void configured(RequestOptions options) {
        settings.headers().forEach(options::putHeader);
    }

    /** Puts the credential on, over whatever has its names. */
    static void credential(RequestOptions options, Worn worn) {
        worn.attached()
                .headers()
                .forEach((name, secret) -> options.putHeader(name, secret.reveal()));
    }
}
