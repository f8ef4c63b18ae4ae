package dev.remit.passport;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Admission;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Doubt;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.identity.Proofs;
import dev.remit.identity.ReplayGuard;
import dev.remit.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Enrols instances by the passports they show (SD-JWT VC with key binding), with no person
 * involved. The checks stand in the order of {@link Doubt}.
 */
public final class Admissions {
    private static final String TYPE = "dc+sd-jwt";
    private static final int LONGEST_NONCE = 256;
    private static final int LONGEST_SUBJECT = 512;
    private static final int LONGEST_ADDRESS = 1_024;

    private final Issuers issuers;
    private final Entrance entrance;
    private final ReplayGuard replays;
    private final Instant startedAt;
    private final InstantSource clock;

    /**
     * @param startedAt what was shown before is refused, since it may have been used before
     */
    public Admissions(
            Issuers issuers,
            AgentBook agents,
            Ledger ledger,
            ReplayGuard replays,
            Instant startedAt,
            InstantSource clock) {
        this.issuers = issuers;
        this.entrance = new Entrance(agents, ledger);
        this.replays = replays;
        this.startedAt = startedAt.minusSeconds(1);
        this.clock = clock;
    }

    /** Enrols the proven key by the passport that is shown with it. */
    Enrolment.Answer admit(String shown, Jwk proven) {
        Instant now = clock.instant();
        Optional<SdJwt> read = SdJwt.read(shown);
        if (read.isEmpty()) {
            return new Enrolment.Answer.Refused(Doubt.PASSPORT_MALFORMED);
        }
        Jws signed = read.get().signed();
        Optional<Issuer> issuer = signed.claims().text("iss").flatMap(issuers::named);
        if (issuer.isEmpty()) {
            return new Enrolment.Answer.Refused(Doubt.PASSPORT_ISSUER);
        }
        if (!issuer.get().made(signed, now)) {
            return new Enrolment.Answer.Refused(Doubt.PASSPORT_SIGNATURE);
        }
        Optional<Value.Fields> claims = read.get().claims();
        if (claims.isEmpty()) {
            return new Enrolment.Answer.Refused(Doubt.PASSPORT_MALFORMED);
        }
        Optional<Doubt> doubt = doubt(read.get(), issuer.get(), claims.get(), proven, now);
        return doubt.isPresent()
                ? new Enrolment.Answer.Refused(doubt.get())
                : enrol(issuer.get(), claims.get(), proven, now);
    }

    private Optional<Doubt> doubt(
            SdJwt shown, Issuer issuer, Value.Fields claims, Jwk proven, Instant now) {
        boolean kind =
                shown.signed().header().text("typ").equals(Optional.of(TYPE))
                        && claims.text("vct").equals(Optional.of(issuer.kind()));
        if (!kind) {
            return Optional.of(Doubt.PASSPORT_PURPOSE);
        }
        if (!Entrance.isTimely(claims, now)) {
            return Optional.of(Doubt.PASSPORT_EXPIRED);
        }
        if (!shown.holder().equals(Optional.of(proven))) {
            return Optional.of(Doubt.PASSPORT_KEY);
        }
        Optional<Value.Fields> binding =
                shown.binding().filter(one -> isBinding(one, shown, proven, now)).map(Jws::claims);
        if (binding.isEmpty()) {
            return Optional.of(Doubt.PASSPORT_BINDING);
        }
        byte[] once =
                ("passport " + binding.get().text("nonce").orElseThrow())
                        .getBytes(StandardCharsets.UTF_8);
        return switch (replays.use(Digest.of(proven.thumbprint().bytes(), once), now)) {
            case FIRST -> Optional.empty();
            case AGAIN -> Optional.of(Doubt.PASSPORT_REPLAYED);
            case FULL -> Optional.of(Doubt.CROWDED);
        };
    }

    /** RFC 9901, section 4.3: by the holder, for us, just now, and for exactly this. */
    private boolean isBinding(Jws binding, SdJwt shown, Jwk holder, Instant now) {
        Value.Fields claims = binding.claims();
        long second = now.getEpochSecond();
        OptionalLong at = claims.whole("iat");
        int nonce = claims.text("nonce").orElse("").length();
        return binding.header().text("typ").equals(Optional.of("kb+jwt"))
                && claims.text("aud").equals(Optional.of(issuers.own().name()))
                && claims.text("sd_hash").equals(Optional.of(shown.hash()))
                && nonce > 0
                && nonce <= LONGEST_NONCE
                && at.isPresent()
                && at.getAsLong() >= startedAt.getEpochSecond()
                && at.getAsLong() >= second - Proofs.WINDOW_SECONDS
                && at.getAsLong() <= second + Proofs.WINDOW_SECONDS
                && binding.isSignedBy(holder);
    }

    private Enrolment.Answer enrol(Issuer issuer, Value.Fields claims, Jwk key, Instant now) {
        Optional<Issuer.Place> place = place(claims);
        Standing standing = place.map(at -> issuer.standing(at, now)).orElse(Standing.UNKNOWN);
        if (standing != Standing.VALID) {
            return new Enrolment.Answer.Refused(
                    standing == Standing.REVOKED ? Doubt.PASSPORT_REVOKED : Doubt.PASSPORT_STATUS);
        }
        String subject = claims.text("sub").orElse("");
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            return new Enrolment.Answer.Refused(Doubt.PASSPORT_ISSUER);
        }
        Instant end = Instant.ofEpochSecond(claims.whole("exp").orElseThrow());
        return switch (issuer) {
            case OwnIssuer own -> {
                Optional<Passport> passport =
                        own.passport(place.orElseThrow())
                                .filter(one -> one.agent().text().equals(subject))
                                .filter(one -> one.key().equals(key.thumbprint()));
                yield passport.isEmpty()
                        ? new Enrolment.Answer.Refused(Doubt.PASSPORT_ISSUER)
                        : write(
                                passport.get().agent(),
                                key,
                                admission(
                                        passport.get().agent(),
                                        key,
                                        own,
                                        Optional.of(passport.get().id()),
                                        place.orElseThrow(),
                                        end),
                                now);
            }
            case ForeignIssuer foreign -> {
                AgentId agent = Admission.agent(foreign.name(), subject);
                Optional<Doubt> stranger = introduce(agent, foreign, subject, now);
                yield stranger.isPresent()
                        ? new Enrolment.Answer.Refused(stranger.get())
                        : write(
                                agent,
                                key,
                                admission(
                                        agent,
                                        key,
                                        foreign,
                                        Optional.empty(),
                                        place.orElseThrow(),
                                        end),
                                now);
            }
        };
    }

    private static Optional<Issuer.Place> place(Value.Fields claims) {
        Optional<Value.Fields> entry =
                claims.fields("status").flatMap(status -> status.fields("status_list"));
        OptionalLong index = entry.map(one -> one.whole("idx")).orElse(OptionalLong.empty());
        Optional<String> list =
                entry.flatMap(one -> one.text("uri"))
                        .filter(uri -> uri.length() <= LONGEST_ADDRESS);
        return index.isPresent() && index.getAsLong() >= 0
                ? list.map(uri -> new Issuer.Place(uri, index.getAsLong()))
                : Optional.empty();
    }

    private static Admission admission(
            AgentId agent,
            Jwk key,
            Issuer issuer,
            Optional<PassportId> passport,
            Issuer.Place place,
            Instant end) {
        return new Admission(
                Admission.instance(agent, key.thumbprint()),
                issuer.name(),
                passport,
                place.list(),
                place.index(),
                end);
    }

    /** Makes the subject an agent, if it is not one; or says why not. */
    private Optional<Doubt> introduce(
            AgentId id, ForeignIssuer issuer, String subject, Instant now) {
        TrustedIssuer terms = issuer.terms();
        if (terms.subjects().stream().noneMatch(glob -> glob.matches(subject))) {
            return Optional.of(Doubt.PASSPORT_ISSUER);
        }
        return entrance.introduce(id, terms.issuer(), subject, terms.mostAgents(), now)
                ? Optional.empty()
                : Optional.of(Doubt.PASSPORT_CEILING);
    }

    private Enrolment.Answer write(AgentId agent, Jwk key, Admission admission, Instant now) {
        return entrance.write(agent, key, admission, Doubt.PASSPORT_REVOKED, now);
    }
}
