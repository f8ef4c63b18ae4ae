package dev.remit.authority;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.identity.AccessToken;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import dev.remit.identity.Proofs;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Receipt;
import dev.remit.passport.Enrolment;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The OAuth authorization server for agents, first form: enrolment with a one-time code (RFC 7591,
 * where the code is the initial access token), and key-bound access tokens by client credentials
 * ({@code private_key_jwt}, RFC 9449).
 *
 * <p>Every request proves possession of the key it is about; there is no token without one.
 */
public final class AuthorizationServer implements Edge {
    private static final int LONGEST_BODY = 16 * 1024;
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final String issuer;
    private final TokenKey key;
    private final Proofs proofs;
    private final ClientAssertions assertions;
    private final Enrolment enrolment;
    private final Ledger ledger;
    private final Door door;
    private final Supplier<String> names;
    private final InstantSource clock;

    public AuthorizationServer(
            String issuer,
            TokenKey key,
            Checks checks,
            Enrolment enrolment,
            Ledger ledger,
            Supplier<String> names,
            InstantSource clock) {
        this.issuer = issuer;
        this.key = key;
        this.proofs = checks.proofs();
        this.assertions = checks.assertions();
        this.door = checks.door();
        this.enrolment = enrolment;
        this.ledger = ledger;
        this.names = names;
        this.clock = clock;
    }

    /** The checks that every endpoint shares with every other door. */
    public record Checks(Door door, Proofs proofs, ClientAssertions assertions) {}

    @Override
    public void answer(Exchange exchange) {
        try {
            switch (exchange.method() + " " + exchange.path()) {
                case "POST /oauth2/register" -> register(exchange);
                case "POST /oauth2/token" -> token(exchange);
                case "GET /oauth2/jwks" -> exchange.answer(200, keys());
                case "GET /.well-known/oauth-authorization-server" ->
                        exchange.answer(200, metadata());
                default -> wellKnownResource(exchange);
            }
        } catch (LedgerUnavailable e) {
            error(
                    exchange,
                    503,
                    "temporarily_unavailable",
                    "nothing can be written down now; try again later");
        }
    }

    /** RFC 9728: every path below names a resource of this server. */
    private void wellKnownResource(Exchange exchange) {
        String prefix = "/.well-known/oauth-protected-resource";
        if (!exchange.method().equals("GET") || !exchange.path().startsWith(prefix)) {
            error(exchange, 404, "invalid_request", "there is no such endpoint");
            return;
        }
        String resource = issuer + exchange.path().substring(prefix.length());
        exchange.answer(
                200,
                Value.object()
                        .put("resource", resource)
                        .put("authorization_servers", Value.ofTexts(List.of(issuer)))
                        .put("bearer_methods_supported", Value.ofTexts(List.of("header")))
                        .put("dpop_bound_access_tokens_required", true)
                        .put("dpop_signing_alg_values_supported", algorithms())
                        .build());
    }

    private void register(Exchange exchange) {
        Optional<String> code =
                exchange.header("Authorization")
                        .filter(header -> header.startsWith("Bearer "))
                        .map(header -> header.substring(7).strip());
        if (code.isEmpty()) {
            stranger(exchange, Doubt.CODE_REFUSED);
            return;
        }
        switch (proofs.check(Door.request(exchange), clock.instant())) {
            case Proofs.Checked.Doubtful(Doubt doubt) -> stranger(exchange, doubt);
            case Proofs.Checked.Proven(Jwk proven) -> enrol(exchange, code.get(), proven);
        }
    }

    private void enrol(Exchange exchange, String code, Jwk proven) {
        Optional<Jwk> offered;
        try {
            Value.Fields asked = JsonReader.readFields(exchange.body(LONGEST_BODY));
            List<Value> jwks = asked.fields("jwks").orElse(Value.Fields.EMPTY).items("keys");
            offered =
                    jwks.size() == 1 && jwks.getFirst() instanceof Value.Fields jwk
                            ? Jwk.of(jwk)
                            : Optional.empty();
        } catch (MalformedJson e) {
            error(
                    exchange,
                    400,
                    "invalid_client_metadata",
                    "the body cannot be read: " + e.getMessage());
            return;
        }
        if (!offered.equals(Optional.of(proven))) {
            error(
                    exchange,
                    400,
                    "invalid_client_metadata",
                    "`jwks` must hold the one key that made the proof");
            return;
        }
        switch (enrolment.enrol(code, proven)) {
            case Enrolment.Answer.Refused(Doubt doubt) -> stranger(exchange, doubt);
            case Enrolment.Answer.Enrolled(Instance instance) -> enrolled(exchange, instance);
        }
    }

    private static void enrolled(Exchange exchange, Instance instance) {
        exchange.answer(
                201,
                noStore(),
                Value.object()
                        .put("client_id", instance.id().text())
                        .put("client_id_issued_at", instance.since().getEpochSecond())
                        .put("token_endpoint_auth_method", "private_key_jwt")
                        .put("grant_types", Value.ofTexts(List.of("client_credentials")))
                        .put("software_id", instance.agent().text())
                        .build()
                        .json()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void token(Exchange exchange) {
        Instant now = clock.instant();
        Optional<Map<String, String>> form = form(exchange);
        if (form.isEmpty()) {
            error(
                    exchange,
                    400,
                    "invalid_request",
                    "send a form in which no parameter occurs twice");
            return;
        }
        Map<String, String> asked = form.get();
        if (!"client_credentials".equals(asked.get("grant_type"))) {
            error(exchange, 400, "unsupported_grant_type", "only client_credentials is supported");
            return;
        }
        switch (proofs.check(Door.request(exchange), now)) {
            case Proofs.Checked.Doubtful(Doubt doubt) -> stranger(exchange, doubt);
            case Proofs.Checked.Proven(Jwk proven) -> {
                Optional<Instance> instance =
                        ASSERTION_TYPE.equals(asked.get("client_assertion_type"))
                                ? assertions.instance(
                                        asked.getOrDefault("client_assertion", ""), now)
                                : Optional.empty();
                if (instance.filter(known -> known.key().equals(proven)).isEmpty()) {
                    stranger(exchange, Doubt.ASSERTION_REFUSED);
                    return;
                }
                issue(exchange, instance.get(), Optional.ofNullable(asked.get("mandate")), now);
            }
        }
    }

    private void issue(Exchange exchange, Instance instance, Optional<String> named, Instant now) {
        Optional<MandateId> mandate;
        try {
            mandate = named.map(MandateId::new);
        } catch (IllegalArgumentException e) {
            error(exchange, 400, "invalid_request", "`mandate` is not a mandate's id");
            return;
        }
        AccessToken token =
                new AccessToken(
                        issuer,
                        instance.agent(),
                        instance.id(),
                        mandate,
                        instance.key().thumbprint(),
                        names.get(),
                        now,
                        now.plus(AccessToken.LONGEST));
        Event issued = new Event.TokenIssued(instance.id(), instance.agent(), mandate, token.id());
        if (!(ledger.append(issued, now) instanceof Receipt)) {
            throw new IllegalStateException("nothing objects to a token being noted");
        }
        exchange.answer(
                200,
                noStore(),
                Value.object()
                        .put("access_token", token.sign(key.keys().getPrivate(), key.jwk()))
                        .put("token_type", "DPoP")
                        .put("expires_in", AccessToken.LONGEST.toSeconds())
                        .build()
                        .json()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void stranger(Exchange exchange, Doubt doubt) {
        door.record(doubt, exchange.path());
        boolean proof = doubt.oauthError().equals("invalid_dpop_proof");
        error(
                exchange,
                proof ? 400 : 401,
                proof ? "invalid_dpop_proof" : "invalid_client",
                doubt.sentence());
    }

    private static void error(Exchange exchange, int status, String error, String description) {
        exchange.answer(
                status,
                noStore(),
                Value.object()
                        .put("error", error)
                        .put("error_description", description)
                        .build()
                        .json()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> noStore() {
        return Map.of("Content-Type", "application/json", "Cache-Control", "no-store");
    }

    private static Optional<Map<String, String>> form(Exchange exchange) {
        Map<String, String> form = new HashMap<>();
        String body = new String(exchange.body(LONGEST_BODY), StandardCharsets.UTF_8);
        try {
            for (String pair : body.split("&", -1)) {
                int is = pair.indexOf('=');
                String name =
                        URLDecoder.decode(
                                is < 0 ? pair : pair.substring(0, is), StandardCharsets.UTF_8);
                String value =
                        is < 0
                                ? ""
                                : URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8);
                if (form.put(name, value) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(form);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Value keys() {
        Value.Fields jwk =
                key.jwk()
                        .members()
                        .with("kid", Value.of(key.jwk().thumbprint().base64Url()))
                        .with("use", Value.of("sig"))
                        .with("alg", Value.of("EdDSA"));
        return Value.object().put("keys", new Value.Items(List.of(jwk))).build();
    }

    /** RFC 8414. */
    private Value metadata() {
        return Value.object()
                .put("issuer", issuer)
                .put("token_endpoint", issuer + "/oauth2/token")
                .put("registration_endpoint", issuer + "/oauth2/register")
                .put("jwks_uri", issuer + "/oauth2/jwks")
                .put("response_types_supported", new Value.Items(List.of()))
                .put("grant_types_supported", Value.ofTexts(List.of("client_credentials")))
                .put(
                        "token_endpoint_auth_methods_supported",
                        Value.ofTexts(List.of("private_key_jwt")))
                .put("token_endpoint_auth_signing_alg_values_supported", algorithms())
                .put("dpop_signing_alg_values_supported", algorithms())
                .build();
    }

    private static Value algorithms() {
        return Value.ofTexts(List.of("ES256", "EdDSA", "Ed25519"));
    }
}
