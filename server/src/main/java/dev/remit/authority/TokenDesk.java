package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.identity.RefreshToken;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.mandate.Mandate;
import dev.remit.registry.Registrar;
import dev.remit.web.Form;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The token endpoint (RFC 6749, section 3.2). Each type of grant says only what it entitles to;
 * client, key, instance and target are checked here, the same for all, so that no type can forget
 * one.
 */
final class TokenDesk {
    /** The types of grant that are taken. */
    static final Set<String> GRANTS =
            Set.of(
                    "client_credentials",
                    "authorization_code",
                    "refresh_token",
                    ElsewhereDesk.DEVICE,
                    ElsewhereDesk.CIBA);

    private final String issuer;
    private final TokenKey key;
    private final Clients clients;
    private final Consents consents;
    private final Codes codes;
    private final Polls polls;
    private final InForce inForce;
    private final Registrar registrar;
    private final AgentBook agents;
    private final Ledger ledger;
    private final Supplier<String> names;

    TokenDesk(
            String issuer,
            TokenKey key,
            Clients clients,
            Consents consents,
            Codes codes,
            Polls polls,
            InForce inForce,
            Registrar registrar,
            AgentBook agents,
            Ledger ledger,
            Supplier<String> names) {
        this.issuer = issuer;
        this.key = key;
        this.clients = clients;
        this.consents = consents;
        this.codes = codes;
        this.polls = polls;
        this.inForce = inForce;
        this.registrar = registrar;
        this.agents = agents;
        this.ledger = ledger;
        this.names = names;
    }

    /**
     * What a grant entitles to.
     *
     * @param audience the widest resource that the tokens may be for
     * @param renewal the refresh token that goes with it
     */
    private record Entitled(
            Instance instance,
            Optional<PersonId> person,
            Optional<MandateId> mandate,
            String audience,
            Optional<RefreshToken> renewal) {}

    /** Whether a request is for a type of grant that is known; asked before anything else. */
    static void checkType(Form form) {
        if (!GRANTS.contains(form.get("grant_type").orElse(""))) {
            throw new OauthRefused(
                    400,
                    "unsupported_grant_type",
                    Doubt.REQUEST_REFUSED,
                    "`grant_type` must be one of those in the server's metadata");
        }
    }

    /** Answers a request whose sender has proven this key. */
    Value.Fields answer(Form form, Jwk proven, Instant now) {
        Clients.Client client = clients.of(form, Optional.of(proven), now);
        Entitled entitled =
                switch (client) {
                    case Clients.Client.Enrolled enrolled ->
                            switch (form.get("grant_type").orElse("")) {
                                case "client_credentials" ->
                                        byCredentials(enrolled.instance(), form);
                                case ElsewhereDesk.DEVICE, ElsewhereDesk.CIBA ->
                                        byAnswer(enrolled, form, proven);
                                default -> throw unauthorized();
                            };
                    case Clients.Client.Published published ->
                            switch (form.get("grant_type").orElse("")) {
                                case "authorization_code" -> byCode(published, form, proven);
                                case "refresh_token" -> byRefresh(published, form, proven, now);
                                case ElsewhereDesk.DEVICE -> byAnswer(published, form, proven);
                                default -> throw unauthorized();
                            };
                };
        return issue(entitled, form, proven, now);
    }

    private static OauthRefused unauthorized() {
        return new OauthRefused(
                400,
                "unauthorized_client",
                Doubt.GRANT_REFUSED,
                "this type of grant is not for this client");
    }

    private Entitled byCredentials(Instance instance, Form form) {
        try {
            return new Entitled(
                    instance,
                    Optional.empty(),
                    form.get("mandate").map(MandateId::new),
                    issuer,
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw OauthRefused.request("`mandate` is not a mandate's id");
        }
    }

    private Entitled byCode(Clients.Client client, Form form, Jwk proven) {
        Consents.Fetched fetched =
                codes.fetch(
                                form.get("code").orElse(""),
                                client.id(),
                                form.get("redirect_uri").orElse(""),
                                form.get("code_verifier").orElse(""),
                                proven)
                        .orElseThrow(OauthRefused::grant);
        return consented(client, fetched);
    }

    /** A request that was answered elsewhere. */
    private Entitled byAnswer(Clients.Client client, Form form, Jwk proven) {
        String grant = form.get("grant_type").orElse("");
        String word = grant.equals(ElsewhereDesk.DEVICE) ? "device_code" : "auth_req_id";
        Consents.Consent consent = polls.collect(grant, form.get(word).orElse(""), client, proven);
        return consented(client, consents.fetch(consent, proven).orElseThrow(OauthRefused::grant));
    }

    /** An enrolled agent renews with its own key; another client gets something to renew with. */
    private Entitled consented(Clients.Client client, Consents.Fetched fetched) {
        Mandate mandate = fetched.consent().mandate();
        if (client instanceof Clients.Client.Enrolled) {
            return new Entitled(
                    fetched.instance(),
                    Optional.of(fetched.consent().person()),
                    Optional.of(mandate.id()),
                    fetched.consent().request().audience(),
                    Optional.empty());
        }
        RefreshToken renewal =
                new RefreshToken(
                        issuer,
                        client.id(),
                        fetched.instance().id(),
                        fetched.consent().person(),
                        mandate.id(),
                        fetched.consent().request().audience(),
                        0,
                        earlier(
                                mandate.limits().expiresAt(),
                                fetched.instance().since().plus(RefreshToken.LONGEST)));
        return entitled(renewal, fetched.instance(), renewal);
    }

    /** A refresh token that comes twice was stolen from somebody: both lose what it gave. */
    private Entitled byRefresh(Clients.Client client, Form form, Jwk proven, Instant now) {
        RefreshToken token =
                RefreshToken.read(form.get("refresh_token").orElse(""), issuer, key.jwk(), now)
                        .filter(one -> one.client().equals(client.id()))
                        .orElseThrow(OauthRefused::grant);
        Instance instance =
                agents.instance(token.instance())
                        .filter(one -> !one.revoked() && one.key().equals(proven))
                        .filter(
                                one ->
                                        inForce.isGood(
                                                one.agent(), Optional.of(token.mandate()), now))
                        .orElseThrow(OauthRefused::grant);
        if (!registrar.renew(instance, token.number())) {
            registrar.revoke(instance.id(), "remit");
            throw OauthRefused.grant();
        }
        return entitled(token, instance, token.next());
    }

    private static Entitled entitled(RefreshToken by, Instance instance, RefreshToken next) {
        return new Entitled(
                instance,
                Optional.of(by.person()),
                Optional.of(by.mandate()),
                by.audience(),
                Optional.of(next));
    }

    private Value.Fields issue(Entitled entitled, Form form, Jwk proven, Instant now) {
        Instance instance = entitled.instance();
        Optional<MandateId> consented = entitled.person().flatMap(_ -> entitled.mandate());
        if (instance.revoked()
                || !instance.key().equals(proven)
                || !inForce.isGood(instance.agent(), consented, now)) {
            throw OauthRefused.grant();
        }
        String audience = form.get("resource").orElse(entitled.audience());
        if (!AccessToken.isBelow(audience, entitled.audience())) {
            throw OauthRefused.target();
        }
        Instant issuedAt =
                later(now, instance.tokensFrom().plusMillis(999)).truncatedTo(ChronoUnit.SECONDS);
        AccessToken token =
                new AccessToken(
                        issuer,
                        audience,
                        entitled.person(),
                        instance.agent(),
                        instance.id(),
                        entitled.mandate(),
                        instance.key().thumbprint(),
                        names.get(),
                        issuedAt,
                        now.plus(AccessToken.LONGEST));
        Event issued =
                new Event.TokenIssued(
                        instance.id(), instance.agent(), entitled.mandate(), token.id());
        if (!(ledger.append(issued, now) instanceof Receipt)) {
            throw new IllegalStateException("nothing objects to a token being noted");
        }
        return Value.object()
                .put("access_token", token.sign(key.keys().getPrivate(), key.jwk()))
                .put("token_type", "DPoP")
                .put("expires_in", AccessToken.LONGEST.toSeconds())
                .putIf("mandate", entitled.mandate().map(id -> Value.of(id.text())))
                .putIf(
                        "refresh_token",
                        entitled.renewal()
                                .map(
                                        next ->
                                                Value.of(
                                                        next.sign(
                                                                key.keys().getPrivate(),
                                                                key.jwk()))))
                .build();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
