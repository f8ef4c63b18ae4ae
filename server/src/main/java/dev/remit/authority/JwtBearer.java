package dev.remit.authority;

import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import dev.remit.passport.Enrolment;
import dev.remit.passport.PersonGrants;
import dev.remit.web.Form;
import java.time.Instant;
import java.util.Optional;

/**
 * Grants by what another issuer says (RFC 7523, section 2.1): of a workload, whose key is enrolled
 * thereby; or to a client that is known, of a person who uses it.
 */
final class JwtBearer {
    static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final String issuer;
    private final Enrolment enrolment;
    private final PersonGrants persons;

    JwtBearer(String issuer, Enrolment enrolment, PersonGrants persons) {
        this.issuer = issuer;
        this.enrolment = enrolment;
        this.persons = persons;
    }

    /** Whether the assertion itself says who the client is: there is no other word of it. */
    static boolean isOfWorkload(Form form) {
        return form.get("grant_type").equals(Optional.of(GRANT))
                && form.get("client_assertion").isEmpty()
                && form.get("client_assertion_type").isEmpty();
    }

    /** What a workload becomes entitled to, in its agent's own name. */
    Entitled ofWorkload(Form form, Jwk proven) {
        return switch (enrolment.byStatement(assertion(form), proven)) {
            case Enrolment.Answer.Refused(Doubt doubt) -> throw refused(doubt);
            case Enrolment.Answer.Enrolled(Instance instance) -> {
                if (form.get("client_id").stream()
                        .anyMatch(id -> !id.equals(instance.id().text()))) {
                    throw OauthRefused.of(Doubt.CLIENT_REFUSED);
                }
                yield Entitled.of(instance, mandate(form), issuer);
            }
        };
    }

    /** What a client becomes entitled to for a person, under the mandate of that person alone. */
    Entitled ofPerson(Instance client, Form form, Instant now) {
        return switch (persons.of(assertion(form), client, now)) {
            case PersonGrants.Answer.Refused(Doubt doubt) -> throw refused(doubt);
            case PersonGrants.Answer.Vouched(var person, String resource) ->
                    Entitled.of(client, Optional.empty(), resource).forPerson(person);
        };
    }

    private static String assertion(Form form) {
        return form.get("assertion")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> OauthRefused.request("`assertion` is missing"));
    }

    private static Optional<MandateId> mandate(Form form) {
        try {
            return form.get("mandate").map(MandateId::new);
        } catch (IllegalArgumentException e) {
            throw OauthRefused.request("`mandate` is not a mandate's id");
        }
    }

    /** RFC 7523, section 3.1. */
    private static OauthRefused refused(Doubt doubt) {
        return new OauthRefused(400, "invalid_grant", doubt, doubt.sentence());
    }
}
