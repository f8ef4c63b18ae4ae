package dev.remit.passport;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Account;
import dev.remit.identity.Doubt;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Instance;
import dev.remit.identity.Jws;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.identity.Proofs;
import dev.remit.identity.ReplayGuard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes an identity provider's word that a person uses a client (identity assertion authorization
 * grant, {@code draft-ietf-oauth-identity-assertion-authz-grant-04}). It says who, and never what
 * may be done.
 */
public final class PersonGrants {
    /** The type of such a grant. */
    public static final String TYPE = "oauth-id-jag+jwt";

    private static final int LONGEST_JTI = 256;

    private final Issuers issuers;
    private final PersonBook people;
    private final ReplayGuard replays;

    public PersonGrants(Issuers issuers, PersonBook people, ReplayGuard replays) {
        this.issuers = issuers;
        this.people = people;
        this.replays = replays;
    }

    /** What came of it. */
    public sealed interface Answer {
        /** The person uses the client, for this resource. */
        record Vouched(PersonId person, String resource) implements Answer {}

        record Refused(Doubt doubt) implements Answer {}
    }

    /** Looks at what this client brings, which has proven who it is. */
    public Answer of(String statement, Instance client, Instant now) {
        Optional<Jws> read = Jws.read(statement, Voucher.LONGEST);
        if (read.isEmpty()) {
            return new Answer.Refused(Doubt.OUTSIDE_MALFORMED);
        }
        Value.Fields claims = read.get().claims();
        Optional<Voucher> issuer =
                claims.text("iss")
                        .flatMap(issuers::voucher)
                        .filter(one -> one.terms().scope() instanceof AssertionIssuer.People);
        if (issuer.isEmpty()) {
            return new Answer.Refused(Doubt.OUTSIDE_ISSUER);
        }
        if (!issuer.get().made(read.get(), now)) {
            return new Answer.Refused(Doubt.OUTSIDE_SIGNATURE);
        }
        String own = issuers.own().name();
        Optional<String> resource = resource(claims).filter(one -> AccessToken.isBelow(one, own));
        boolean purpose =
                read.get().header().text("typ").equals(Optional.of(TYPE))
                        && Voucher.isFor(claims, issuer.get().terms().audience())
                        && isOf(claims, client)
                        && claims.get("authorization_details")
                                .isEmpty() // would say what may be done
                        && resource.isPresent();
        if (!purpose) {
            return new Answer.Refused(Doubt.OUTSIDE_PURPOSE);
        }
        if (!Entrance.isTimely(claims, now) || !isFresh(claims, now)) {
            return new Answer.Refused(Doubt.OUTSIDE_EXPIRED);
        }
        Optional<Account> person =
                claims.text("sub")
                        .map(sub -> new ExternalIdentity(issuer.get().terms().issuer(), sub))
                        .flatMap(people::accountOf)
                        .filter(Account::isActive);
        if (person.isEmpty()) {
            return new Answer.Refused(Doubt.OUTSIDE_SUBJECT);
        }
        return once(issuer.get().terms().issuer(), claims, now)
                .<Answer>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Vouched(person.get().id(), resource.get()));
    }

    private static boolean isOf(Value.Fields claims, Instance client) {
        return claims.text("client_id")
                .filter(id -> id.equals(client.id().text()) || id.equals(client.agent().text()))
                .isPresent();
    }

    private static Optional<String> resource(Value.Fields claims) {
        Optional<Value> resource = claims.get("resource");
        return resource.orElse(null) instanceof Value.Items items && items.values().size() == 1
                ? Value.object().put("one", items.values().getFirst()).build().text("one")
                : claims.text("resource");
    }

    /** Only for as long after it was made as its use is remembered. */
    private static boolean isFresh(Value.Fields claims, Instant now) {
        OptionalLong at = claims.whole("iat");
        return at.isPresent() && at.getAsLong() >= now.getEpochSecond() - Proofs.WINDOW_SECONDS;
    }

    private Optional<Doubt> once(String issuer, Value.Fields claims, Instant now) {
        Optional<String> id =
                claims.text("jti").filter(jti -> !jti.isEmpty() && jti.length() <= LONGEST_JTI);
        if (id.isEmpty()) {
            return Optional.of(Doubt.OUTSIDE_PURPOSE);
        }
        byte[] from = ("person " + issuer).getBytes(StandardCharsets.UTF_8);
        byte[] jti = id.get().getBytes(StandardCharsets.UTF_8);
        return switch (replays.use(Digest.of(Digest.of(from).bytes(), jti), now)) {
            case FIRST ->
                    Instant.ofEpochSecond(claims.whole("iat").orElseThrow())
                                    .isAfter(replays.unsureUntil())
                            ? Optional.empty()
                            : Optional.of(Doubt.OUTSIDE_REPLAYED);
            case AGAIN -> Optional.of(Doubt.OUTSIDE_REPLAYED);
            case FULL -> Optional.of(Doubt.CROWDED);
        };
    }
}
