package dev.remit.bench.tokens;

import dev.remit.bench.hop.Connection;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** One client's requests, each with fresh signatures, and what a good answer to each is. */
final class Asking {
    private static final String ACCESS_TOKEN =
            "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";
    private static final String EXCHANGE =
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                    + "&requested_token_type="
                    + ACCESS_TOKEN
                    + "&subject_token_type="
                    + ACCESS_TOKEN
                    + "&subject_token=";
    private static final String ASSERTION =
            "&client_assertion_type="
                    + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                    + "&client_assertion=";
    private static final String TYPE = "Content-Type: application/x-www-form-urlencoded\r\n";

    private final Service service;
    private final Client client;
    private final DpopSigner signer;

    Asking(Service service, Client client) {
        this.service = service;
        this.client = client;
        this.signer = new DpopSigner(client.keys());
    }

    /** A request that is signed and only has to be sent. */
    record Request(String headers, String form) {
        /** Sends it, and gives the answer, whose status was 200. */
        String over(Connection connection) throws IOException {
            return connection.post(headers, form.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The endpoint that an operation is asked of. */
    URI target(Operation operation) {
        return operation == Operation.INTROSPECTION ? service.introspection() : service.token();
    }

    /** A fresh request; the token is the one that is exchanged or asked about. */
    Request request(Operation operation, String token) {
        return switch (operation) {
            case CREDENTIALS -> credentials(service.issuing(), false);
            case CREDENTIALS_DPOP -> credentials(service.issuing(), true);
            case EXCHANGE -> request(EXCHANGE + token, false);
            case EXCHANGE_DPOP -> request(EXCHANGE + token, true);
            case INTROSPECTION -> request("token=" + token, false);
        };
    }

    /** A token of this client, to be exchanged or asked about. */
    String token() throws IOException, MalformedJson {
        Request request = credentials(service.asking(), service.alwaysProves());
        try (Connection connection = new Connection(service.token())) {
            String answer = request.over(connection);
            return JsonReader.readFields(answer.getBytes(StandardCharsets.UTF_8))
                    .text("access_token")
                    .orElseThrow(() -> new IOException("no token: " + answer));
        }
    }

    private Request credentials(String more, boolean proves) {
        return request("grant_type=client_credentials" + more, proves);
    }

    private Request request(String form, boolean proves) {
        Instant now = Instant.now();
        String body =
                form
                        + ASSERTION
                        + signer.assertion(client.id(), service.issuer(), Names.fresh(), now);
        String target = service.token().toString();
        String proof =
                proves
                        ? "DPoP: "
                                + signer.proof("POST", target, Optional.empty(), Names.fresh(), now)
                                + "\r\n"
                        : "";
        return new Request(TYPE + proof, body);
    }

    /** Throws unless the answer, whose status was 200, says what it must. */
    static void check(Operation operation, String answer) throws IOException, MalformedJson {
        Value.Fields said = JsonReader.readFields(answer.getBytes(StandardCharsets.UTF_8));
        boolean good =
                switch (operation) {
                    case CREDENTIALS, EXCHANGE -> isJwt(said) && isOfType(said, "Bearer");
                    case CREDENTIALS_DPOP, EXCHANGE_DPOP -> isJwt(said) && isOfType(said, "DPoP");
                    case INTROSPECTION ->
                            said.get("active").equals(Optional.of(Value.of(true)))
                                    && said.get("exp").isPresent();
                };
        if (!good || (operation.isExchange() && said.text("issued_token_type").isEmpty())) {
            throw new IOException("not a success: " + answer);
        }
    }

    private static boolean isJwt(Value.Fields said) {
        return said.text("access_token")
                .filter(one -> one.split("\\.", -1).length == 3)
                .isPresent();
    }

    private static boolean isOfType(Value.Fields said, String type) {
        return said.text("token_type").filter(type::equalsIgnoreCase).isPresent();
    }
}
