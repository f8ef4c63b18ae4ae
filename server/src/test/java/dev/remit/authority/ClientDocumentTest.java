package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.testkit.AttackCase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may publish of itself. */
final class ClientDocumentTest {
    private static final URI ID = URI.create("https://client.example/app.json");

    private static Value.Fields document(List<String> redirects) {
        return Value.object()
                .put("client_id", ID.toString())
                .put("redirect_uris", Value.ofTexts(redirects))
                .build();
    }

    private static Optional<ClientDocument> read(Value.Fields document) {
        return ClientDocument.read(ID, document.json().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @AttackCase("OAUTH-021")
    @ValueSource(
            strings = {
                "https://client.example/app.json/",
                "https://client.example/APP.json",
                "https://CLIENT.example/app.json",
                "https://client.example/app.json?a=b",
                "https://client.example:443/app.json",
                "http://client.example/app.json",
                "https://other.example/app.json"
            })
    void aDocumentNamesItself(String said) {
        Value.Fields document = document(List.of("https://client.example/cb"));
        assertThat(read(document)).isPresent();
        assertThat(read(document.with("client_id", Value.of(said)))).isEmpty();
    }

    @ParameterizedTest
    @AttackCase("OAUTH-021")
    @ValueSource(
            strings = {
                "http://client.example/app.json",
                "https://client.example",
                "https://client.example/",
                "https://client.example/a/../app.json",
                "https://user@client.example/app.json",
                "https://client.example/app.json#x",
                "urn:client"
            })
    void anIdIsAnAddressOfADocument(String id) {
        assertThat(ClientDocument.id(ID.toString(), false)).contains(ID);
        assertThat(ClientDocument.id(id, false)).isEmpty();
    }

    @ParameterizedTest
    @AttackCase({"OAUTH-009", "OAUTH-008"})
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "javascript://client.example/%0aalert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:https://client.example/1",
                "http://client.example/cb",
                "http://localhost.evil.example/cb",
                "http://127.0.0.1@evil.example/cb",
                "http://[::ffff:127.0.0.1]/cb",
                "http://127.1/cb",
                "https://user@client.example/cb",
                "https://client.example/cb#fragment",
                "/cb"
            })
    void oneBadRedirectAddressSpoilsTheDocument(String redirect) {
        assertThat(read(document(List.of("https://client.example/cb", redirect)))).isEmpty();
    }

    @ParameterizedTest
    @AttackCase("OAUTH-007")
    @CsvSource({
        "https://client.example/cb, https://client.example/cb, true",
        "https://client.example/cb, https://client.example/cb/, false",
        "https://client.example/cb, https://client.example/cb/x, false",
        "https://client.example/cb, https://client.example/c, false",
        "https://client.example/cb, https://client.example/CB, false",
        "https://client.example/cb, https://client.example/cb?a=b, false",
        "https://client.example/cb, https://client.example/cb#a, false",
        "https://client.example/cb, https://client.example:444/cb, false",
        "https://client.example/cb, https://client.example./cb, false",
        "https://client.example/cb, https://client.example/x/../cb, false",
        "https://client.example/cb, https://client.example/x%2f..%2fcb, false",
        "https://client.example/cb, https://client.example@evil.example/cb, false",
        "https://client.example/cb, https://evil.example/https://client.example/cb, false",
        "https://client.example/cb, https://client.example.evil.example/cb, false",
        "https://client.example/cb, https://*.example/cb, false",
        "https://client.example/cb, https://cl\u0456ent.example/cb, false",
        "http://127.0.0.1/cb, http://127.0.0.1:4711/cb, true",
        "http://127.0.0.1/cb, http://127.0.0.1:4711/other, false",
        "http://127.0.0.1/cb, http://localhost:4711/cb, false",
        "http://127.0.0.1/cb, https://127.0.0.1:4711/cb, false"
    })
    void anAddressIsItsOwnToTheLetter(String known, String asked, boolean same) {
        ClientDocument document = read(document(List.of(known))).orElseThrow();
        assertThat(document.redirectTo(asked).isPresent()).isEqualTo(same);
    }

    @ParameterizedTest
    @AttackCase("OAUTH-024")
    @CsvSource({
        "token_endpoint_auth_method, client_secret_basic",
        "token_endpoint_auth_method, private_key_jwt",
        "client_secret, s3cret"
    })
    void whatIsNotDoneHereIsNotPromised(String name, String value) {
        Value.Fields document = document(List.of("https://client.example/cb"));
        assertThat(read(document.with("token_endpoint_auth_method", Value.of("none")))).isPresent();
        assertThat(read(document.with(name, Value.of(value)))).isEmpty();
    }
}
