package dev.remit.authority;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.identity.DpopSigner;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

/**
 * Spring Security's OAuth client goes the whole way: a code with PKCE and {@code private_key_jwt},
 * a call, a renewal. It neither proves a key with its requests (DPoP) nor pushes them (PAR), so it
 * gets the capped bearer tokens of the documented mode {@code bearer: capped}.
 */
final class SpringSecurityTest {
    private static final String REDIRECT = "http://127.0.0.1:4711/callback";

    @TempDir Path data;
    private final KeyPair keys = Forgeries.p256();
    private final JWK key =
            new ECKey.Builder(Curve.P_256, (ECPublicKey) keys.getPublic())
                    .privateKey(keys.getPrivate())
                    .keyID(new DpopSigner(keys).publicKey().thumbprint().base64Url())
                    .build();
    private final FakeHttpServer upstream = new FakeHttpServer();
    private final Authentication ada = new TestingAuthenticationToken("ada", "none");
    private ConsentRig rig;
    private ClientRegistration registration;

    @BeforeEach
    void open() throws Exception {
        rig = McpOauthTest.open(data, upstream);
        McpOauthTest.see(rig);
        String id =
                rig.client()
                        .alsoAt(
                                "/spring.json",
                                Map.of(
                                        "token_endpoint_auth_method",
                                        Value.of("private_key_jwt"),
                                        "jwks",
                                        PublishedClient.jwks(new DpopSigner(keys))));
        registration =
                ClientRegistrations.fromIssuerLocation(rig.gateway().issuer())
                        .registrationId("remit")
                        .clientId(id)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri(REDIRECT)
                        .build();
    }

    @AfterEach
    void close() {
        rig.close();
        upstream.close();
    }

    @Test
    @DisplayName("without a key of its own for requests: a code, a call that reads, and a renewal")
    void theWholeWay() {
        OAuth2AuthorizedClient client = authorized(List.of(rig.gateway().issuer()));
        assertThat(client.getAccessToken().getTokenType())
                .isEqualTo(OAuth2AccessToken.TokenType.BEARER);
        String before = client.getAccessToken().getTokenValue();
        assertThat(call(before, "desk__echo")).contains("\"result\"").doesNotContain("isError");
        assertThat(call(before, "desk__there")).contains("key-needed");

        OAuth2AuthorizedClient renewed = renewed(client);
        assertThat(renewed.getAccessToken().getTokenValue()).isNotEqualTo(before);
        assertThat(requireNonNull(renewed.getRefreshToken()).getTokenValue())
                .isNotEqualTo(requireNonNull(client.getRefreshToken()).getTokenValue());
        assertThat(call(renewed.getAccessToken().getTokenValue(), "desk__echo"))
                .contains("\"result\"");
    }

    @Test
    @DisplayName("its assertions name the token endpoint unless it is told the issuer: refused")
    void anAssertionForTheTokenEndpoint() {
        List<String> usual = List.of(registration.getProviderDetails().getTokenUri());
        assertThatThrownBy(() -> authorized(usual))
                .isInstanceOf(OAuth2AuthorizationException.class)
                .hasMessageContaining("invalid_client");
    }

    private OAuth2AuthorizedClient authorized(List<String> audience) {
        OAuth2AuthorizationRequest.Builder asking =
                OAuth2AuthorizationRequest.authorizationCode()
                        .authorizationUri(
                                requireNonNull(
                                        registration.getProviderDetails().getAuthorizationUri()))
                        .clientId(registration.getClientId())
                        .redirectUri(REDIRECT)
                        .state("a-state-of-its-own")
                        .additionalParameters(Map.of("resource", rig.gateway().issuer() + "/mcp"));
        OAuth2AuthorizationRequestCustomizers.withPkce().accept(asking);
        OAuth2AuthorizationRequest request = asking.build();
        HttpResponse<String> page =
                rig.client().page(URI.create(request.getAuthorizationRequestUri()));
        Map<String, String> back = PublishedClient.back(McpOauthTest.choose(rig.client(), page));
        OAuth2AuthorizationResponse response =
                OAuth2AuthorizationResponse.success(back.getOrDefault("code", ""))
                        .redirectUri(REDIRECT)
                        .state(back.getOrDefault("state", ""))
                        .build();
        RestClientAuthorizationCodeTokenResponseClient codes =
                new RestClientAuthorizationCodeTokenResponseClient();
        NimbusJwtClientAuthenticationParametersConverter<OAuth2AuthorizationCodeGrantRequest>
                assertions = assertions(audience);
        codes.addParametersConverter(grant -> requireNonNull(assertions.convert(grant)));
        var token =
                (OAuth2AuthorizationCodeAuthenticationToken)
                        new OAuth2AuthorizationCodeAuthenticationProvider(codes)
                                .authenticate(
                                        new OAuth2AuthorizationCodeAuthenticationToken(
                                                registration,
                                                new OAuth2AuthorizationExchange(
                                                        request, response)));
        return new OAuth2AuthorizedClient(
                registration,
                ada.getName(),
                requireNonNull(token.getAccessToken()),
                token.getRefreshToken());
    }

    /** As its manager of authorized clients renews, here long before it would have to. */
    private OAuth2AuthorizedClient renewed(OAuth2AuthorizedClient client) {
        RestClientRefreshTokenTokenResponseClient refreshing =
                new RestClientRefreshTokenTokenResponseClient();
        NimbusJwtClientAuthenticationParametersConverter<OAuth2RefreshTokenGrantRequest>
                assertions = assertions(List.of(rig.gateway().issuer()));
        refreshing.addParametersConverter(grant -> requireNonNull(assertions.convert(grant)));
        InMemoryClientRegistrationRepository registrations =
                new InMemoryClientRegistrationRepository(registration);
        InMemoryOAuth2AuthorizedClientService clients =
                new InMemoryOAuth2AuthorizedClientService(registrations);
        clients.saveAuthorizedClient(client, ada);
        AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
                new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients);
        manager.setAuthorizedClientProvider(
                OAuth2AuthorizedClientProviderBuilder.builder()
                        .refreshToken(
                                how ->
                                        how.accessTokenResponseClient(refreshing)
                                                .clockSkew(Duration.ofMinutes(10)))
                        .build());
        return requireNonNull(
                manager.authorize(
                        OAuth2AuthorizeRequest.withClientRegistrationId("remit")
                                .principal(ada)
                                .build()));
    }

    private <T extends AbstractOAuth2AuthorizationGrantRequest>
            NimbusJwtClientAuthenticationParametersConverter<T> assertions(List<String> audience) {
        NimbusJwtClientAuthenticationParametersConverter<T> assertions =
                new NimbusJwtClientAuthenticationParametersConverter<>(_ -> key);
        assertions.setJwtClientAssertionCustomizer(
                context -> context.getClaims().audience(audience));
        return assertions;
    }

    private String call(String token, String tool) {
        return BearerTest.send(rig, "/mcp", "Bearer " + token, List.of(), "tools/call", tool)
                .body();
    }
}
