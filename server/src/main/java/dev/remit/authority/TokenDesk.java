package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Actor;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Authentication;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.Lineage;
import dev.remit.identity.MandateId;
import dev.remit.identity.RefreshToken;
import dev.remit.identity.SigningKeys;
import dev.remit.identity.Unbound;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.mandate.Mandate;
import dev.remit.registry.Registrar;
import dev.remit.web.Form;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
                    Exchanges.GRANT,
                    JwtBearer.GRANT,
                    ElsewhereDesk.DEVICE,
                    ElsewhereDesk.CIBA);

    /** What a client without a key can have: it goes back to a person's yes, and is capped. */
    private static final Set<String> KEYLESS = Set.of("authorization_code", "refresh_token");

    private static final int LONGEST_TOKEN = 6_000; // so that it can be read, and sent in a header

    private final String issuer;
    private final SigningKeys keys;
    private final Clients clients;
    private final Consents consents;
    private final Codes codes;
    private final Polls polls;
    private final Exchanges exchanges;
    private final JwtBearer bearer;
    private final Chains chains;
    private final InForce inForce;
    private final Registrar registrar;
    private final AgentBook agents;
    private final Ledger ledger;
    private final Supplier<String> names;
    private final Unbound unbound;

    /**
     * @param unbound whether clients that prove no key get anything
     */
    TokenDesk(
            String issuer,
            SigningKeys keys,
            Clients clients,
            Consents consents,
            Codes codes,
            Polls polls,
            Exchanges exchanges,
            JwtBearer bearer,
            Chains chains,
            InForce inForce,
            Registrar registrar,
            AgentBook agents,
            Ledger ledger,
            Supplier<String> names,
            Unbound unbound) {
        this.issuer = issuer;
        this.keys = keys;
        this.clients = clients;
        this.consents = consents;
        this.codes = codes;
        this.polls = polls;
        this.exchanges = exchanges;
        this.bearer = bearer;
        this.chains = chains;
        this.inForce = inForce;
        this.registrar = registrar;
        this.agents = agents;
        this.ledger = ledger;
        this.names = names;
        this.unbound = unbound;
    }

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

    /**
     * Answers a request.
     *
     * @param proven the key that its sender has proven; needed but where a client may have none
     */
    Value.Fields answer(Form form, Optional<Jwk> proven, Instant now) {
        boolean keyless =
                unbound == Unbound.CAPPED && KEYLESS.contains(form.get("grant_type").orElse(""));
        if (proven.isEmpty() && !keyless) {
            throw OauthRefused.of(Doubt.PROOF_MISSING);
        }
        if (JwtBearer.isOfWorkload(form)) {
            return issue(bearer.ofWorkload(form, proven.orElseThrow()), form, proven, now);
        }
        if (Chains.isOf(form)) {
            return issue(chains.entitled(form, proven.orElseThrow(), now), form, proven, now);
        }
        Clients.Client client = clients.of(form, proven, now);
        Supplier<Value.Fields> served =
                () -> issue(byClient(client, form, proven, now), form, proven, now);
        return form.get("code").map(code -> codes.inTurn(code, served)).orElseGet(served);
    }

    private Entitled byClient(Clients.Client client, Form form, Optional<Jwk> proven, Instant now) {
        String type = form.get("grant_type").orElse("");
        return switch (client) {
            case Clients.Client.Enrolled(Instance child) when child.from().isPresent() -> {
                if (!type.equals("client_credentials")) {
                    throw OauthRefused.client();
                }
                yield chains.again(child, form, now);
            }
            case Clients.Client.Enrolled enrolled ->
                    switch (type) {
                        case "client_credentials" -> byCredentials(enrolled.instance(), form);
                        case Exchanges.GRANT -> exchanges.entitled(enrolled.instance(), form, now);
                        case JwtBearer.GRANT -> bearer.ofPerson(enrolled.instance(), form, now);
                        case ElsewhereDesk.DEVICE, ElsewhereDesk.CIBA ->
                                byAnswer(enrolled, form, proven.orElseThrow());
                        default -> throw OauthRefused.client();
                    };
            case Clients.Client.Published published ->
                    switch (type) {
                        case "authorization_code" -> byCode(published, form, proven);
                        case "refresh_token" -> byRefresh(published, form, proven, now);
                        case ElsewhereDesk.DEVICE ->
                                byAnswer(published, form, proven.orElseThrow());
                        default -> throw OauthRefused.client();
                    };
        };
    }

    private Entitled byCredentials(Instance instance, Form form) {
        try {
            return Entitled.of(instance, form.get("mandate").map(MandateId::new), issuer);
        } catch (IllegalArgumentException e) {
            throw OauthRefused.request("`mandate` is not a mandate's id");
        }
    }

    private Entitled byCode(Clients.Client client, Form form, Optional<Jwk> proven) {
        Consents.Fetched fetched =
                codes.fetch(
                                form.get("code").orElse(""),
                                client,
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
        return consented(
                client,
                consents.fetch(consent, Optional.of(proven)).orElseThrow(OauthRefused::grant));
    }

    /** An enrolled agent renews with its own key; another client gets something to renew with. */
    private Entitled consented(Clients.Client client, Consents.Fetched fetched) {
        Mandate mandate = fetched.consent().mandate();
        if (client instanceof Clients.Client.Enrolled) {
            return Entitled.of(
                            fetched.instance(),
                            Optional.of(mandate.id()),
                            fetched.consent().request().audience())
                    .forPerson(fetched.consent().person());
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
    private Entitled byRefresh(
            Clients.Client client, Form form, Optional<Jwk> proven, Instant now) {
        RefreshToken token =
                RefreshToken.read(form.get("refresh_token").orElse(""), issuer, keys, now)
                        .filter(one -> one.client().equals(client.id()))
                        .orElseThrow(OauthRefused::grant);
        Instance instance =
                agents.instance(token.instance())
                        .filter(one -> one.mayAct() && one.key().equals(proven))
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
        return Entitled.of(instance, Optional.of(by.mandate()), by.audience())
                .forPerson(by.person())
                .with(next);
    }

    private Value.Fields issue(Entitled entitled, Form form, Optional<Jwk> proven, Instant now) {
        Instance instance = entitled.instance();
        Optional<MandateId> consented = entitled.person().flatMap(_ -> entitled.mandate());
        boolean whole = instance.from().isPresent() && entitled.lineage().isEmpty();
        if (whole
                || !instance.mayAct()
                || !instance.key().equals(proven)
                || !inForce.isGood(instance.agent(), consented, now)) {
            throw OauthRefused.grant();
        }
        String audience = form.get("resource").orElse(entitled.audience());
        if (!AccessToken.isBelow(audience, entitled.audience())) {
            throw OauthRefused.target();
        }
        AccessToken token = token(entitled, audience, now);
        SigningKeys.Signer signer = keys.signer();
        String signed = token.sign(signer);
        if (signed.length() > LONGEST_TOKEN) {
            throw OauthRefused.request(
                    "the token would be too long; ask for less with `authorization_details`");
        }
        Event issued =
                new Event.TokenIssued(
                        instance.id(),
                        instance.agent(),
                        token.behind(),
                        entitled.mandate(),
                        token.id());
        if (!(ledger.append(issued, now) instanceof Receipt)) {
            throw OauthRefused.grant(); // it ended at this very moment
        }
        return Value.object()
                .put("access_token", signed)
                .putIf("mandate", entitled.mandate().map(id -> Value.of(id.text())))
                .putIf(
                        "issued_token_type",
                        entitled.lineage().map(_ -> Value.of(Exchanges.ACCESS_TOKEN)))
                .put("token_type", type(token))
                .put("expires_in", token.expiresAt().getEpochSecond() - now.getEpochSecond())
                .putIf("authorization_details", entitled.lineage().map(Lineage::share))
                .putIf("refresh_token", entitled.renewal().map(next -> Value.of(next.sign(signer))))
                .build();
    }

    /** The scheme that a token is sent with (RFC 6750; RFC 9449, section 5). */
    static String type(AccessToken token) {
        return switch (token.binding()) {
            case KEY -> "DPoP";
            case NONE -> "Bearer";
        };
    }

    private AccessToken token(Entitled entitled, String audience, Instant now) {
        Instance instance = entitled.instance();
        Instant end = now.plus(AccessToken.LONGEST);
        return new AccessToken(
                issuer,
                audience,
                entitled.person(),
                signIn(entitled),
                Actor.of(instance),
                entitled.lineage(),
                entitled.mandate(),
                Optional.empty(),
                instance.key().map(Jwk::thumbprint),
                names.get(),
                later(now, notBefore(entitled)).truncatedTo(ChronoUnit.SECONDS),
                entitled.until().map(until -> earlier(until, end)).orElse(end));
    }

    /** How the person had signed in who gave the mandate, for a token in that person's name. */
    private Optional<Authentication> signIn(Entitled entitled) {
        return entitled.person()
                .flatMap(_ -> entitled.mandate())
                .flatMap(inForce.mandates()::find)
                .flatMap(sheet -> sheet.mandate().signIn());
    }

    /** The tokens of everybody whose hands it came through, made before then, are revoked. */
    private Instant notBefore(Entitled entitled) {
        Instant latest = entitled.instance().tokensFrom();
        for (Actor one : entitled.lineage().map(Lineage::behind).orElse(List.of())) {
            latest =
                    later(
                            latest,
                            agents.instance(one.instance())
                                    .map(Instance::tokensFrom)
                                    .orElse(latest));
        }
        return latest.plusMillis(999);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
