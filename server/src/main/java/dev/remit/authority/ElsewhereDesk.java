package dev.remit.authority;

import dev.remit.authority.AuthorizationRequest.Way;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Account;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.web.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Where a client asks whose person answers somewhere else: on another device (RFC 8628), or where
 * their requests wait for them (OpenID CIBA Core 1.0, poll).
 */
final class ElsewhereDesk {
    /** The type of grant that takes a {@code device_code}. */
    static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

    /** The type of grant that takes an {@code auth_req_id}. */
    static final String CIBA = "urn:openid:params:grant-type:ciba";

    private static final int LONGEST_HINT = 200;
    private static final int LONGEST_MESSAGE = 100;
    private static final List<String> HINTS =
            List.of("login_hint", "login_hint_token", "id_token_hint");

    private final String issuer;
    private final Optional<String> peoplesOrigin;
    private final PersonBook people;
    private final Clients clients;
    private final WaitingRequests waiting;
    private final Polls polls;
    private final Wishes wishes;
    private final AcrValues acr;
    private final InstantSource clock;

    /**
     * @param peoplesOrigin where people sign in; without it nobody can be asked
     */
    ElsewhereDesk(
            String issuer,
            Optional<String> peoplesOrigin,
            PersonBook people,
            Clients clients,
            WaitingRequests waiting,
            Polls polls,
            Wishes wishes,
            AcrValues acr,
            InstantSource clock) {
        this.issuer = issuer;
        this.peoplesOrigin = peoplesOrigin;
        this.people = people;
        this.clients = clients;
        this.waiting = waiting;
        this.polls = polls;
        this.wishes = wishes;
        this.acr = acr;
        this.clock = clock;
    }

    /**
     * RFC 8628, section 3.1.
     *
     * @param from the address that the request came from
     */
    Value.Fields device(Form form, Optional<Jwk> proven, String from) {
        String origin = origin();
        Clients.Client client = clients.of(form, proven, clock.instant());
        AuthorizationRequest request = bound(form, client, new Way.ByCode(from), proven);
        WaitingRequests.Waiting added =
                waiting.addAsked(request, Optional.empty(), WaitingRequests.LIFE);
        String code = added.code().shown();
        return Value.object()
                .put("device_code", polls.open(DEVICE, added))
                .put("user_code", code)
                .put("verification_uri", origin + RequestPages.DEVICE)
                .put(
                        "verification_uri_complete",
                        origin + RequestPages.DEVICE + "?user_code=" + encoded(code))
                .put("expires_in", WaitingRequests.LIFE.toSeconds())
                .put("interval", Polls.INTERVAL.toSeconds())
                .build();
    }

    /**
     * OpenID CIBA Core 1.0, section 7. The answer is the same whether there is such a person or
     * not.
     */
    Value.Fields backchannel(Form form, Optional<Jwk> proven) {
        origin();
        if (!(clients.of(form, proven, clock.instant())
                instanceof Clients.Client.Enrolled client)) {
            throw new OauthRefused(
                    400,
                    "unauthorized_client",
                    Doubt.GRANT_REFUSED,
                    "only an enrolled agent can ask a person who has not come to it");
        }
        String hint = hint(form);
        Optional<PersonId> person = called(hint);
        Optional<String> message = form.get("binding_message");
        if (message.filter(one -> one.length() > LONGEST_MESSAGE || one.isBlank()).isPresent()) {
            throw new OauthRefused(
                    400,
                    "invalid_binding_message",
                    Doubt.REQUEST_REFUSED,
                    "`binding_message` has 1 to " + LONGEST_MESSAGE + " characters");
        }
        Duration life = life(form);
        WaitingRequests.Waiting added =
                waiting.addAsked(
                        bound(form, client, new Way.ByInbox(person, message), proven),
                        Optional.of(person.map(PersonId::text).orElse("? " + hint)),
                        life);
        return Value.object()
                .put("auth_req_id", polls.open(CIBA, added))
                .put("expires_in", life.toSeconds())
                .put("interval", Polls.INTERVAL.toSeconds())
                .put("binding_code", added.code().shown())
                .build();
    }

    private String origin() {
        return peoplesOrigin.orElseThrow(
                () ->
                        OauthRefused.request(
                                "nobody can sign in at this gateway; give it a public https"
                                        + " address"));
    }

    /** What is asked for, for one key alone: an enrolled agent's own, or the one that is named. */
    private AuthorizationRequest bound(
            Form form, Clients.Client client, Way way, Optional<Jwk> proven) {
        AuthorizationRequest request =
                AuthorizationRequest.read(form, client, way, issuer, wishes, acr);
        Optional<Digest> key =
                switch (client) {
                    case Clients.Client.Enrolled(Instance child) when child.from().isPresent() ->
                            throw OauthRefused
                                    .client(); // it has what it was given, and asks nobody
                    case Clients.Client.Enrolled enrolled ->
                            enrolled.instance().key().map(Jwk::thumbprint);
                    case Clients.Client.Published _ -> proven.map(Jwk::thumbprint).or(request::key);
                };
        return request.forKey(
                key.orElseThrow(
                        () ->
                                OauthRefused.request(
                                        "send a DPoP proof, or name its key in `dpop_jkt`")));
    }

    private static String hint(Form form) {
        boolean one = HINTS.stream().filter(name -> form.get(name).isPresent()).count() == 1;
        return form.get("login_hint")
                .filter(hint -> one && !hint.isBlank() && hint.length() <= LONGEST_HINT)
                .orElseThrow(
                        () ->
                                OauthRefused.request(
                                        "`login_hint` alone says whom to ask, by name or id"));
    }

    /** The person of this id, or the only one of this name; a suspended one is nobody. */
    private Optional<PersonId> called(String hint) {
        List<Account> called =
                people.accounts().stream()
                        .filter(
                                one ->
                                        one.person().id().text().equals(hint)
                                                || one.person().name().equals(hint))
                        .toList();
        return called.size() == 1
                ? Optional.of(called.getFirst()).filter(Account::isActive).map(Account::id)
                : Optional.empty();
    }

    private static Duration life(Form form) {
        Optional<String> asked = form.get("requested_expiry");
        if (asked.isPresent() && !asked.get().matches("[1-9][0-9]{0,8}")) {
            throw OauthRefused.request("`requested_expiry` is a whole number of seconds");
        }
        Duration life = asked.map(Long::parseLong).map(Duration::ofSeconds).orElse(Duration.ZERO);
        return life.isZero() || life.compareTo(WaitingRequests.LIFE) > 0
                ? WaitingRequests.LIFE
                : life;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
