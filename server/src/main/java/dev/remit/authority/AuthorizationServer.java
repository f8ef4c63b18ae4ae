package dev.remit.authority;

import dev.remit.assent.Assents;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.http.BodyTooLarge;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.ExchangeBroken;
import dev.remit.identity.AccessToken;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Authenticator;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.Doubt;
import dev.remit.identity.Jwk;
import dev.remit.identity.PersonBook;
import dev.remit.identity.Proofs;
import dev.remit.identity.Revocation;
import dev.remit.identity.SigningKeys;
import dev.remit.identity.Unbound;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.ChainRules;
import dev.remit.mandate.MandateBook;
import dev.remit.passport.Documents;
import dev.remit.passport.Enrolment;
import dev.remit.passport.PersonGrants;
import dev.remit.registry.Delegates;
import dev.remit.registry.Delegations;
import dev.remit.registry.Grantor;
import dev.remit.registry.Registrar;
import dev.remit.web.Form;
import dev.remit.web.SignIns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The OAuth 2.1 authorization server for agents: its endpoints, each read and answered here,
 * decided by a desk of its own.
 *
 * <p>A token is bound to a key, and a request for one proves that key (RFC 9449); only a client
 * that has a person's yes gets, if that is allowed, one without, which is good for little. A
 * request that is not granted is answered with the protocol's error and written down once.
 */
public final class AuthorizationServer implements Edge {
    /** The paths of its pages for people, besides {@code /oauth2/authorize}. */
    public static final List<String> PAGES =
            List.of(
                    RequestPages.DEVICE,
                    RequestPages.REQUESTS,
                    RequestPages.CHALLENGE,
                    RequestPages.PASSKEY);

    private static final int LONGEST_BODY = 64 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String issuer;
    private final SigningKeys keys;
    private final Proofs proofs;
    private final Door door;
    private final AgentBook agents;
    private final RegisterDesk register;
    private final InstantSource clock;
    private final Metadata metadata;
    private final TokenDesk tokens;
    private final AuthorizeDesk authorize;
    private final ElsewhereDesk elsewhere;
    private final ConsentDesk consent;
    private final RequestPages pages;
    private final StatusDesk status;

    public AuthorizationServer(Setting setting, Checks checks, Acts acts) {
        this.issuer = setting.issuer();
        this.keys = setting.keys();
        this.clock = setting.clock();
        this.proofs = checks.proofs();
        this.door = checks.door();
        this.agents = acts.books().agents();
        this.register = new RegisterDesk(acts.enrolment());
        this.metadata =
                new Metadata(
                        issuer,
                        checks.people().map(SignIns::origin),
                        TokenDesk.GRANTS,
                        setting.unbound(),
                        setting.acr());
        Clients clients =
                new Clients(
                        checks.assertions(),
                        new ClientDocuments(checks.documents(), setting.plainClients()),
                        acts.books().agents());
        Registrar registrar = acts.registrar();
        Books books = acts.books();
        InForce inForce = new InForce(books.agents(), books.mandates(), books.people());
        Consents consents =
                new Consents(
                        registrar,
                        acts.grantor(),
                        books.agents(),
                        inForce,
                        checks.people().map(SignIns::origin).orElse(""),
                        clock);
        Codes codes = new Codes(consents, registrar);
        Polls polls = new Polls(setting.secrets(), clock);
        WaitingRequests waiting = new WaitingRequests(setting.secrets(), clock);
        Answering answering = new Answering(issuer, consents, codes, polls, clock);
        this.consent =
                new ConsentDesk(
                        issuer,
                        checks.people()
                                .map(
                                        signIns ->
                                                new SigningDesk(
                                                        signIns,
                                                        new Assents(
                                                                signIns.origin(),
                                                                setting.secrets(),
                                                                clock),
                                                        waiting,
                                                        consents,
                                                        answering,
                                                        books.tools(),
                                                        clock)),
                        waiting,
                        consents,
                        answering,
                        polls,
                        new ConsentDesk.Offer(books.tools(), acts.upstreams()),
                        setting.acr());
        this.tokens =
                new TokenDesk(
                        issuer,
                        keys,
                        clients,
                        consents,
                        codes,
                        polls,
                        new Exchanges(
                                checks.authenticator(),
                                new Delegations(books.agents(), books.mandates(), books.people())),
                        new JwtBearer(issuer, acts.enrolment(), acts.persons()),
                        new Chains(issuer, delegates(issuer, books, acts.ledger()), inForce),
                        inForce,
                        registrar,
                        books.agents(),
                        acts.ledger(),
                        setting.names(),
                        setting.unbound());
        Wishes wishes = new Wishes(acts.grantor().templates());
        this.authorize =
                new AuthorizeDesk(
                        issuer, clients, waiting, consent, wishes, setting.acr(), door, clock);
        this.elsewhere =
                new ElsewhereDesk(
                        issuer,
                        checks.people().map(SignIns::origin),
                        books.people(),
                        clients,
                        waiting,
                        polls,
                        wishes,
                        setting.acr(),
                        clock);
        this.pages = new RequestPages(consent, books.mandates(), waiting, door, clock);
        this.status =
                new StatusDesk(
                        issuer,
                        keys,
                        clients,
                        checks.authenticator(),
                        books.agents(),
                        inForce,
                        registrar);
    }

    private static Delegates delegates(String issuer, Books books, Ledger ledger) {
        return new Delegates(
                new ChainRules(issuer), books.agents(), books.mandates(), books.people(), ledger);
    }

    /**
     * What it is.
     *
     * @param plainClients whether clients' published documents may be at http addresses; for a
     *     gateway on this machine alone
     * @param keys for tokens
     * @param unbound what is done with clients that prove no key
     * @param acr the ways of signing in that can be asked for
     * @param names gives fresh unique names
     * @param secrets gives fresh words of 256 random bits, base64url
     */
    public record Setting(
            String issuer,
            SigningKeys keys,
            boolean plainClients,
            Unbound unbound,
            AcrValues acr,
            Supplier<String> names,
            Supplier<String> secrets,
            InstantSource clock) {}

    /**
     * The checks that every endpoint shares with every other door.
     *
     * @param people who has signed in; empty if nobody can
     * @param documents what clients publish, from addresses that they named
     */
    public record Checks(
            Door door,
            Authenticator authenticator,
            Proofs proofs,
            ClientAssertions assertions,
            Optional<SignIns> people,
            Documents documents) {}

    /** What it can change, and what it reads for that. */
    public record Acts(
            Registrar registrar,
            Enrolment enrolment,
            Grantor grantor,
            PersonGrants persons,
            Books books,
            Set<String> upstreams,
            Ledger ledger) {
        public Acts {
            upstreams = Set.copyOf(upstreams);
        }
    }

    /** What it reads. */
    public record Books(
            AgentBook agents, MandateBook mandates, PersonBook people, ToolBook tools) {}

    @Override
    public void answer(Exchange exchange) {
        if (PAGES.contains(exchange.path())) {
            pages.answer(exchange);
            return;
        }
        try {
            serve(exchange);
        } catch (OauthRefused refused) {
            refused.doubt().ifPresent(doubt -> door.record(doubt, exchange.path()));
            refuse(exchange, refused);
        } catch (BodyTooLarge e) {
            door.record(Doubt.REQUEST_REFUSED, exchange.path());
            error(exchange, 413, "invalid_request", String.valueOf(e.getMessage()));
        } catch (LedgerUnavailable e) {
            error(
                    exchange,
                    503,
                    "temporarily_unavailable",
                    "nothing can be written down now; try again later");
        } catch (ExchangeBroken e) {
            throw e; // nobody is there any longer
        } catch (RuntimeException | Error e) {
            Doubt doubt = Door.unchecked(e);
            door.record(doubt, exchange.path());
            refuse(
                    exchange,
                    new OauthRefused(503, "temporarily_unavailable", doubt, doubt.sentence()));
        }
    }

    private void serve(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "POST /oauth2/register" -> {
                String code = RegisterDesk.code(exchange);
                say(
                        exchange,
                        201,
                        register.enrol(exchange, code, proven(exchange, clock.instant())));
            }
            case "POST /oauth2/token" -> {
                Form form = form(exchange);
                TokenDesk.checkType(form);
                Instant now = clock.instant();
                say(exchange, 200, tokens.answer(form, ifProven(exchange), now));
            }
            case "POST /oauth2/par" ->
                    say(exchange, 201, authorize.push(form(exchange), ifProven(exchange)));
            case "POST /oauth2/device_authorization" ->
                    say(
                            exchange,
                            200,
                            elsewhere.device(form(exchange), ifProven(exchange), exchange.from()));
            case "POST /oauth2/bc-authorize" ->
                    say(exchange, 200, elsewhere.backchannel(form(exchange), ifProven(exchange)));
            case "POST /oauth2/introspect" ->
                    say(
                            exchange,
                            200,
                            status.introspect(form(exchange), ifProven(exchange), clock.instant()));
            case "POST /oauth2/revoke" -> {
                status.revoke(form(exchange), ifProven(exchange), clock.instant());
                exchange.answer(200, Map.of("Cache-Control", "no-store"), new byte[0]);
            }
            case "GET /oauth2/authorize" -> authorize.page(exchange);
            case "POST /oauth2/authorize" -> consent.decide(exchange);
            case "GET /oauth2/jwks" ->
                    exchange.answer(
                            200, Metadata.keys(keys.good(AccessToken.OVERLAP, clock.instant())));
            case "GET /.well-known/oauth-authorization-server" ->
                    exchange.answer(200, metadata.server());
            default -> wellKnownResource(exchange);
        }
    }

    /** RFC 9728: every path below names a resource of this server. */
    private void wellKnownResource(Exchange exchange) {
        String prefix = "/.well-known/oauth-protected-resource";
        if (!exchange.method().equals("GET") || !exchange.path().startsWith(prefix)) {
            error(exchange, 404, "invalid_request", "there is no such endpoint");
            return;
        }
        exchange.answer(
                200, metadata.resource(issuer + exchange.path().substring(prefix.length())));
    }

    /** The key that a request proves that need not prove one; a bad proof is refused. */
    private Optional<Jwk> ifProven(Exchange exchange) {
        return exchange.headers("DPoP").isEmpty()
                ? Optional.empty()
                : Optional.of(proven(exchange, clock.instant()));
    }

    private Jwk proven(Exchange exchange, Instant now) {
        return switch (proofs.check(Door.request(exchange), now)) {
            case Proofs.Checked.Doubtful(Doubt doubt) -> throw OauthRefused.of(doubt);
            case Proofs.Checked.Proven(Jwk key) -> {
                if (agents.revocation(new Revocation.Of.Key(key.thumbprint())).isPresent()) {
                    throw OauthRefused.of(Doubt.INSTANCE_REVOKED); // it proves nothing any more
                }
                yield key;
            }
        };
    }

    private static Form form(Exchange exchange) {
        boolean isForm =
                exchange.header("Content-Type").filter(type -> type.startsWith(FORM)).isPresent();
        String body = new String(exchange.body(LONGEST_BODY), StandardCharsets.UTF_8);
        return (isForm ? Form.read(body) : Optional.<Form>empty())
                .orElseThrow(
                        () ->
                                OauthRefused.request(
                                        "send a form in which no parameter occurs twice"));
    }

    /** At the authorization endpoint a person reads it, everywhere else a program. */
    private static void refuse(Exchange exchange, OauthRefused refused) {
        if (exchange.path().equals("/oauth2/authorize")) {
            RequestPages.refuse(exchange, refused);
            return;
        }
        error(exchange, refused.status(), refused.error(), refused.description());
    }

    private static void error(Exchange exchange, int status, String error, String description) {
        say(
                exchange,
                status,
                Value.object().put("error", error).put("error_description", description).build());
    }

    private static void say(Exchange exchange, int status, Value.Fields answer) {
        exchange.answer(
                status,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                answer.json().getBytes(StandardCharsets.UTF_8));
    }
}
