package dev.remit.authority;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.passport.Enrolment;
import java.util.List;
import java.util.Optional;

/** Where an agent enrols its key (RFC 7591, with an initial access token). */
final class RegisterDesk {
    private static final int LONGEST_BODY = 64 * 1024;

    private final Enrolment enrolment;

    RegisterDesk(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    /** The code that a request for registration brings. */
    static String code(Exchange exchange) {
        return exchange.header("Authorization")
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring(7).strip())
                .orElseThrow(() -> OauthRefused.of(Doubt.CODE_REFUSED));
    }

    /**
     * @param proven the key that the request proves
     */
    Value.Fields enrol(Exchange exchange, String code, Jwk proven) {
        Optional<Jwk> offered;
        try {
            Value.Fields asked = JsonReader.readFields(exchange.body(LONGEST_BODY));
            List<Value> jwks = asked.fields("jwks").orElse(Value.Fields.EMPTY).items("keys");
            offered =
                    jwks.size() == 1 && jwks.getFirst() instanceof Value.Fields jwk
                            ? Jwk.of(jwk)
                            : Optional.empty();
        } catch (MalformedJson e) {
            throw OauthRefused.metadata("the body cannot be read: " + e.getMessage());
        }
        if (!offered.equals(Optional.of(proven))) {
            throw OauthRefused.metadata("`jwks` must hold the one key that made the proof");
        }
        return switch (enrolment.enrol(code, proven)) {
            case Enrolment.Answer.Refused(Doubt doubt) -> throw OauthRefused.of(doubt);
            case Enrolment.Answer.Enrolled(Instance instance) -> enrolled(instance);
        };
    }

    private static Value.Fields enrolled(Instance instance) {
        return Value.object()
                .put("client_id", instance.id().text())
                .put("client_id_issued_at", instance.since().getEpochSecond())
                .put("token_endpoint_auth_method", "private_key_jwt")
                .put("grant_types", Value.ofTexts(List.of("client_credentials")))
                .put("software_id", instance.agent().text())
                .build();
    }
}
