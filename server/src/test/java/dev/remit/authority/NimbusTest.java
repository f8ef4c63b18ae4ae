package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An enrolled agent that speaks OAuth with Nimbus's SDK, and nothing of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NimbusTest {
    private final KeyPair keys = Forgeries.p256();
    private final ECKey key =
            new ECKey.Builder(Curve.P_256, (ECPublicKey) keys.getPublic())
                    .privateKey(keys.getPrivate())
                    .build();
    private KnockedGateway gateway;
    private AuthorizationServerMetadata server;
    private ClientID client = new ClientID("none");

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        gateway = new KnockedGateway(data);
        Value.Fields enrolled = gateway.enrol(new DpopSigner(keys), gateway.code("nimbus"));
        client = new ClientID(enrolled.text("client_id").orElseThrow());
        server = AuthorizationServerMetadata.resolve(new Issuer(gateway.issuer()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    @DisplayName("metadata, token, a call, introspection and revocation")
    void theWholeWay() throws Exception {
        assertThat(server.getGrantTypes())
                .contains(GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE, GrantType.CIBA);
        AccessToken token = token(new ClientCredentialsGrant());
        assertThat(token).isInstanceOf(DPoPAccessToken.class);
        assertThat(call(token)).isEqualTo(200);
        assertThat(isActive(token)).isTrue();

        HTTPResponse revoked =
                new TokenRevocationRequest(server.getRevocationEndpointURI(), assertion(), token)
                        .toHTTPRequest()
                        .send();
        assertThat(revoked.getStatusCode()).isEqualTo(200);
        assertThat(isActive(token)).isFalse();
        assertThat(call(token)).isEqualTo(401);
    }

    @Test
    @DisplayName("without a proof, and with the proof of another request, there is no token")
    void withoutItsProof() throws Exception {
        assertThat(refused(request(new ClientCredentialsGrant()))).isEqualTo("invalid_dpop_proof");
        HTTPRequest other = request(new ClientCredentialsGrant());
        other.setDPoP(proofs().createDPoPJWT("POST", server.getRevocationEndpointURI()));
        assertThat(refused(other)).isEqualTo("invalid_dpop_proof");
    }

    private static String refused(HTTPRequest request) throws Exception {
        ErrorObject error = TokenResponse.parse(request.send()).toErrorResponse().getErrorObject();
        return error.getCode();
    }

    private AccessToken token(AuthorizationGrant grant) throws Exception {
        HTTPRequest request = request(grant);
        request.setDPoP(proofs().createDPoPJWT("POST", server.getTokenEndpointURI()));
        TokenResponse response = TokenResponse.parse(request.send());
        assertThat(response.indicatesSuccess())
                .as(() -> String.valueOf(response.toHTTPResponse().getBody()))
                .isTrue();
        return response.toSuccessResponse().getTokens().getAccessToken();
    }

    private HTTPRequest request(AuthorizationGrant grant) throws Exception {
        return new TokenRequest.Builder(server.getTokenEndpointURI(), assertion(), grant)
                .build()
                .toHTTPRequest();
    }

    private boolean isActive(AccessToken token) throws Exception {
        HTTPResponse response =
                new TokenIntrospectionRequest(
                                server.getIntrospectionEndpointURI(), assertion(), token)
                        .toHTTPRequest()
                        .send();
        return TokenIntrospectionResponse.parse(response).toSuccessResponse().isActive();
    }

    private int call(AccessToken token) throws Exception {
        URI mcp = URI.create(gateway.issuer() + "/mcp");
        String proof = proofs().createDPoPJWT("POST", mcp, token).serialize();
        return gateway.knock(token.toAuthorizationHeader(), List.of(proof)).statusCode();
    }

    private ClientAuthentication assertion() throws Exception {
        return new PrivateKeyJWT(
                client,
                URI.create(gateway.issuer()),
                JWSAlgorithm.ES256,
                keys.getPrivate(),
                null,
                null);
    }

    private DPoPProofFactory proofs() throws Exception {
        return new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
    }
}
