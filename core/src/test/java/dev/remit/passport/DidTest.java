package dev.remit.passport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DidTest {

    @Test
    void aThumbprintIsTheOneOfRfc8037AppendixA3() {
        Value.Fields key =
                Value.object()
                        .put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
                        .build();
        assertThat(Jwk.of(key).orElseThrow().thumbprint().base64Url())
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @ParameterizedTest
    @CsvSource({
        // the examples of the method's own text, and the keys that they stand for
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK,"
                + "Lm_M42cB3HkUiODQsXRcweM6TByfzEHGO9ND274JcOY",
        "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp,"
                + "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik",
    })
    void anEd25519KeyIsReadFromItsName(String did, String x) {
        assertThat(key(did).members().text("x")).contains(x);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
                "did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"
            })
    void aP256KeyIsReadFromItsName(String did) {
        assertThat(key(did).members().text("crv")).contains("P-256");
    }

    private static Jwk key(String did) {
        assertThat(Did.of(did)).get().isInstanceOf(Did.OfKey.class);
        return ((Did.OfKey) Did.of(did).orElseThrow()).key();
    }

    @ParameterizedTest(name = "VC-004 {0}")
    @DisplayName("VC-004 a did:key that is none")
    @ValueSource(
            strings = {
                "did:key:",
                "did:key:z",
                "did:key:z1",
                "did:key:6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
                "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", // X25519
                "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", // secp256k1
                "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do",
                "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doKK",
                "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do0",
                "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#1",
                "did:example:123",
                "did:jwk:e30",
                "did:jwk:!"
            })
    void whatIsNoKeyIsNotRead(String did) {
        assertThat(Did.of(did)).isEmpty();
    }

    @Test
    @DisplayName("VC-004 a did:jwk is its key, and never a private one")
    void jwk() {
        Value.Fields key =
                ((Did.OfKey)
                                Did.of("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")
                                        .orElseThrow())
                        .key()
                        .members();
        assertThat(key(ofJwk(key)).members()).isEqualTo(key);
        assertThat(Did.of(ofJwk(key.with("d", Value.of("AAAA"))))).isEmpty();
        assertThat(Did.of("did:jwk:" + "A".repeat(Did.LONGEST))).isEmpty();
    }

    private static String ofJwk(Value.Fields key) {
        return "did:jwk:" + Jws.encode(key.json().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "did:web:w3c-ccg.github.io,https://w3c-ccg.github.io/.well-known/did.json",
        "did:web:w3c-ccg.github.io:user:alice,https://w3c-ccg.github.io/user/alice/did.json",
        "did:web:example.com%3A3000,https://example.com:3000/.well-known/did.json",
        "did:web:example.com%3A3000:user:alice,https://example.com:3000/user/alice/did.json",
    })
    void aNameInTheWebLeadsToItsDocument(String did, String url) {
        assertThat(Did.of(did)).contains(new Did.OfWeb(did, URI.create(url)));
    }

    @ParameterizedTest(name = "VC-004 {0}")
    @ValueSource(
            strings = {
                "did:web:",
                "did:web:127.0.0.1",
                "did:web:169.254.169.254",
                "did:web:127.0.0.1%3A8420",
                "did:web:[::1]",
                "did:web:example.com/../x",
                "did:web:example.com:..:x",
                "did:web:example.com:%2e%2e:x",
                "did:web:user@example.com",
                "did:web:example.com?x",
                "did:web:example.com#x",
                "did:web:example.com:",
                "did:web:example.com%3A",
                "did:web:-example.com",
                "did:web:EXAMPLE.com",
                "did:web:example.com%00",
            })
    void whatIsNoNameInTheWebIsNotRead(String did) {
        assertThat(Did.of(did)).isEmpty();
    }

    @Test
    @DisplayName("VC-004 a document speaks only for itself, and only with its assertion keys")
    void documents() {
        Did did = Did.of("did:web:example.com").orElseThrow();
        String good = document("did:web:example.com", "assertionMethod", "did:web:example.com");
        assertThat(keys(did, good)).hasValueSatisfying(keys -> assertThat(keys).hasSize(1));
        assertThat(keys(did, document("did:web:evil.example", "assertionMethod", "x"))).isEmpty();
        assertThat(
                        keys(
                                did,
                                document(
                                        "did:web:example.com",
                                        "authentication",
                                        "did:web:example.com")))
                .hasValueSatisfying(keys -> assertThat(keys).isEmpty());
        assertThat(
                        keys(
                                did,
                                document(
                                        "did:web:example.com",
                                        "assertionMethod",
                                        "did:web:evil.example")))
                .hasValueSatisfying(keys -> assertThat(keys).isEmpty());
        assertThat(keys(did, "[]")).isEmpty();
    }

    private static Optional<java.util.List<Jwk>> keys(Did did, String document) {
        return new DidResolver((_, _) -> Optional.of(document.getBytes(StandardCharsets.UTF_8)))
                .keys(did);
    }

    private static String document(String id, String purpose, String controller) {
        return """
        {"id":"%s","%s":[{"id":"#1","type":"Multikey","controller":"%s",
        "publicKeyMultibase":"z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"}]}"""
                .formatted(id, purpose, controller);
    }
}
