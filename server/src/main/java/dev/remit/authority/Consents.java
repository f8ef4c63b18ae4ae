package dev.remit.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.call.Digest;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Mandate;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Registrar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What people consented to and has not been fetched yet. The code is an enrolment code like any
 * other, so that the books see to it that it is used once; what else it stands for is kept here.
 */
final class Consents {
    /** How long a code can be used; RFC 6749, section 4.1.2 allows ten times that. */
    static final Duration LIFE = Duration.ofSeconds(60);

    private static final int MOST = 100_000;

    private final Registrar registrar;
    private final Cache<Digest, Consent> given =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();
    private final Cache<Digest, Instance> fetched =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(Duration.ofHours(1)).build();

    Consents(Registrar registrar) {
        this.registrar = registrar;
    }

    /** What one person consented to. */
    record Consent(AuthorizationRequest request, PersonId person, Mandate mandate) {}

    /** A consent and the instance whose key fetched it. */
    record Fetched(Consent consent, Instance instance) {}

    /** Keeps a consent; returns its code. */
    String add(Consent consent) {
        String code = registrar.issueCode(consent.mandate().agent(), LIFE, consent.person().text());
        given.put(hash(code), consent);
        return code;
    }

    /**
     * Exchanges a code, once. A second time ends what the first gave: one of the two was a thief
     * (RFC 6749, section 4.1.2). A code that is sent wrongly is used up too.
     */
    Optional<Fetched> fetch(String code, String client, String redirect, String verifier, Jwk key) {
        Digest hash = hash(code);
        Instance before = fetched.getIfPresent(hash);
        if (before != null) {
            end(before);
            return Optional.empty();
        }
        Consent consent = given.asMap().remove(hash);
        if (consent == null) {
            return Optional.empty();
        }
        AuthorizationRequest request = consent.request();
        boolean fits =
                request.client().toString().equals(client)
                        && request.redirect().toString().equals(redirect)
                        && request.challenge().equals(challenge(verifier))
                        && request.key().stream().allMatch(key.thumbprint()::equals);
        if (!fits) {
            return Optional.empty();
        }
        Optional<Instance> instance = registrar.enrol(code, key);
        instance.ifPresent(one -> fetched.put(hash, one));
        return instance.map(one -> new Fetched(consent, one));
    }

    private void end(Instance instance) {
        try {
            registrar.revoke(instance.id(), "remit");
        } catch (ActRefused e) {
            throw new IllegalStateException("an instance does not go away", e);
        }
    }

    /** RFC 7636, section 4.6. */
    private static String challenge(String verifier) {
        return verifier.matches("[A-Za-z0-9._~-]{43,128}")
                ? Digest.of(verifier.getBytes(StandardCharsets.US_ASCII)).base64Url()
                : "";
    }

    private static Digest hash(String code) {
        return Digest.of(code.getBytes(StandardCharsets.UTF_8));
    }
}
