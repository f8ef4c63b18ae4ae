package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.SigningKeys;
import dev.remit.identity.Unbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the server says of itself, for clients to read (RFC 8414, RFC 9728, RFC 7517). */
final class Metadata {
    private static final Value ALGORITHMS = Value.ofTexts(List.of("ES256", "EdDSA", "Ed25519"));

    private final String issuer;
    private final Optional<String> peoplesOrigin;
    private final Set<String> grants;
    private final Unbound unbound;
    private final AcrValues acr;

    /**
     * @param peoplesOrigin where people sign in; without it there is no authorization endpoint
     */
    Metadata(
            String issuer,
            Optional<String> peoplesOrigin,
            Set<String> grants,
            Unbound unbound,
            AcrValues acr) {
        this.issuer = issuer;
        this.peoplesOrigin = peoplesOrigin;
        this.grants = Set.copyOf(grants);
        this.unbound = unbound;
        this.acr = acr;
    }

    Value.Fields server() {
        return Value.object()
                .put("issuer", issuer)
                .putIf(
                        "authorization_endpoint",
                        peoplesOrigin.map(origin -> Value.of(origin + "/oauth2/authorize")))
                .put("token_endpoint", issuer + "/oauth2/token")
                .putIf(
                        "device_authorization_endpoint",
                        peoplesOrigin.map(_ -> Value.of(issuer + "/oauth2/device_authorization")))
                .putIf(
                        "backchannel_authentication_endpoint",
                        peoplesOrigin.map(_ -> Value.of(issuer + "/oauth2/bc-authorize")))
                .put("backchannel_token_delivery_modes_supported", Value.ofTexts(List.of("poll")))
                .put("backchannel_user_code_parameter_supported", false)
                .put("pushed_authorization_request_endpoint", issuer + "/oauth2/par")
                .put("introspection_endpoint", issuer + "/oauth2/introspect")
                .put("revocation_endpoint", issuer + "/oauth2/revoke")
                .put("registration_endpoint", issuer + "/oauth2/register")
                .put("jwks_uri", issuer + "/oauth2/jwks")
                .put("response_types_supported", Value.ofTexts(List.of("code")))
                .put("response_modes_supported", Value.ofTexts(List.of("query")))
                .put("grant_types_supported", Value.ofTexts(grants.stream().sorted().toList()))
                .put(
                        "authorization_grant_profiles_supported",
                        Value.ofTexts(List.of("urn:ietf:params:oauth:grant-profile:id-jag")))
                .put("code_challenge_methods_supported", Value.ofTexts(List.of("S256")))
                .put("authorization_details_types_supported", Value.ofTexts(List.of("mandate")))
                .put(
                        "token_endpoint_auth_methods_supported",
                        Value.ofTexts(List.of("private_key_jwt", "none")))
                .put("token_endpoint_auth_signing_alg_values_supported", ALGORITHMS)
                .put(
                        "introspection_endpoint_auth_methods_supported",
                        Value.ofTexts(List.of("private_key_jwt")))
                .put("introspection_endpoint_auth_signing_alg_values_supported", ALGORITHMS)
                .put(
                        "revocation_endpoint_auth_methods_supported",
                        Value.ofTexts(List.of("private_key_jwt", "none")))
                .put("revocation_endpoint_auth_signing_alg_values_supported", ALGORITHMS)
                .put("dpop_signing_alg_values_supported", ALGORITHMS)
                .putIf(
                        "acr_values_supported",
                        peoplesOrigin.map(_ -> Value.ofTexts(acr.supported())))
                .put("authorization_response_iss_parameter_supported", true)
                .put("client_id_metadata_document_supported", true)
                .build();
    }

    Value.Fields resource(String resource) {
        return Value.object()
                .put("resource", resource)
                .put("authorization_servers", Value.ofTexts(List.of(issuer)))
                .put("bearer_methods_supported", Value.ofTexts(List.of("header")))
                .put("dpop_bound_access_tokens_required", unbound == Unbound.REFUSED)
                .put("dpop_signing_alg_values_supported", ALGORITHMS)
                .build();
    }

    static Value.Fields keys(List<Jwk> keys) {
        List<Value> all = new ArrayList<>();
        for (Jwk key : keys) {
            all.add(
                    key.members()
                            .with("kid", Value.of(SigningKeys.kid(key)))
                            .with("use", Value.of("sig"))
                            .with("alg", Value.of("EdDSA")));
        }
        return Value.object().put("keys", new Value.Items(all)).build();
    }
}
