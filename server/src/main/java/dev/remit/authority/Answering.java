package dev.remit.authority;

import dev.remit.authority.AuthorizationRequest.Way;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.registry.ActRefused;
import dev.remit.session.SignedIn;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What becomes of a person's answer: the mandate, and what the client is told. */
final class Answering {
    private final String issuer;
    private final Consents consents;
    private final Codes codes;
    private final Polls polls;
    private final InstantSource clock;

    Answering(String issuer, Consents consents, Codes codes, Polls polls, InstantSource clock) {
        this.issuer = issuer;
        this.consents = consents;
        this.codes = codes;
        this.polls = polls;
        this.clock = clock;
    }

    /**
     * Gives this mandate, and has the client told.
     *
     * @return where the person's browser takes the answer; empty if the client asks for it
     * @throws ActRefused if it cannot be given; the client is not told
     */
    Optional<String> yes(
            WaitingRequests.Waiting asked,
            Mandate mandate,
            Optional<MandateSignature> signed,
            SignedIn who) {
        Duration life =
                switch (asked.request().way()) {
                    case Way.ByRedirect _ -> Codes.LIFE;
                    case Way.ByCode _, Way.ByInbox _ ->
                            Duration.between(clock.instant(), asked.until());
                };
        return told(asked, Optional.of(consents.give(asked.request(), mandate, signed, who, life)));
    }

    /** Has the client told that the person refused. */
    Optional<String> no(WaitingRequests.Waiting asked) {
        return told(asked, Optional.empty());
    }

    private Optional<String> told(
            WaitingRequests.Waiting asked, Optional<Consents.Consent> consent) {
        return switch (asked.request().way()) {
            case Way.ByRedirect(URI to, Optional<String> state, _) ->
                    Optional.of(
                            back(
                                    to,
                                    state,
                                    consent.map(one -> Map.of("code", codes.add(one)))
                                            .orElse(Map.of("error", "access_denied"))));
            case Way.ByCode _, Way.ByInbox _ -> {
                polls.answer(asked, consent);
                yield Optional.empty();
            }
        };
    }

    /**
     * The client's address with an answer: RFC 6749, section 4.1.2, with {@code iss} (RFC 9207).
     */
    String back(URI redirect, Optional<String> state, Map<String, String> answer) {
        Map<String, String> all = new LinkedHashMap<>(answer);
        state.ifPresent(one -> all.put("state", one));
        all.put("iss", issuer);
        StringBuilder to = new StringBuilder(redirect.toString());
        char next = redirect.getRawQuery() == null ? '?' : '&';
        for (Map.Entry<String, String> one : all.entrySet()) {
            to.append(next).append(one.getKey()).append('=');
            to.append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
            next = '&';
        }
        return to.toString();
    }
}
