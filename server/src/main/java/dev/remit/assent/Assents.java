package dev.remit.assent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.Account;
import dev.remit.identity.Jws;
import dev.remit.identity.Passkey;
import dev.remit.identity.PasskeyAnswer;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Card;
import dev.remit.mandate.CardText;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Mandates that their givers have before them and have not said yes to. Each is fixed when it is
 * shown, so that a yes is to exactly what was seen; the books see to it that it is given once.
 */
public final class Assents {
    /** How long somebody may look at one. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final byte[] SEEN = "remit/card/v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 10_000;

    private final Cache<String, Assent> waiting =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    private final String origin;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /**
     * @param origin the one origin that people use; its host is what their passkeys are for
     * @param secrets gives fresh words of 256 random bits, base64url
     */
    public Assents(String origin, Supplier<String> secrets, InstantSource clock) {
        this.origin = origin;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * A mandate before its giver.
     *
     * @param name what its page calls it
     * @param seen of what its card says
     * @param asked the request that a yes would answer; empty if nobody asked for it
     * @param nonce 32 random bytes, base64url
     */
    public record Assent(
            String name, Mandate mandate, Digest seen, String asked, String nonce, Instant until) {

        /** Whether only its giver's passkey can say yes to it. */
        public boolean isToBeSigned() {
            return !nonce.isEmpty();
        }

        /** Whether its card would still say what it said, but for the time. */
        public boolean isAsSeen(Card now) {
            return seen.equals(Assents.seen(now));
        }
    }

    /** The same for as long as a card says the same, but for the time. */
    public static Digest seen(Card card) {
        return Digest.of(SEEN, JsonWriter.canonical(CardText.write(card).without("until")));
    }

    /**
     * Keeps a mandate until its giver says yes; with a passkey if they have one.
     *
     * @param card what its giver is shown of it
     * @param asked the request that a yes would answer; empty if nobody asked for it
     */
    public Assent keep(Mandate proposed, Card card, String asked, Account giver) {
        String nonce = giver.passkeys().isEmpty() ? "" : secrets.get();
        Assent kept =
                new Assent(
                        secrets.get(),
                        proposed,
                        seen(card),
                        asked,
                        nonce,
                        clock.instant().plus(LIFE));
        waiting.put(kept.name(), kept);
        return kept;
    }

    /** The mandate of this name before this person. */
    public Optional<Assent> find(String name, PersonId giver) {
        return Optional.ofNullable(waiting.getIfPresent(name))
                .filter(one -> one.mandate().giver().id().equals(giver))
                .filter(one -> clock.instant().isBefore(one.until()));
    }

    /** It is given, and nobody need say yes any more. */
    public void done(Assent given) {
        waiting.invalidate(given.name());
    }

    /** What a browser is asked (WebAuthn level 3, section 5.5): that one of these passkeys sign. */
    public Value.Fields asked(Assent assent, Account giver) {
        Digest challenge = MandateSignature.challenge(Jws.decode(assent.nonce()), assent.mandate());
        List<Value> allowed =
                giver.passkeys().stream()
                        .map(
                                one ->
                                        (Value)
                                                Value.object()
                                                        .put("type", "public-key")
                                                        .put("id", one.id())
                                                        .build())
                        .toList();
        Value.Fields options =
                Value.object()
                        .put("challenge", challenge.base64Url())
                        .put("rpId", URI.create(origin).getHost())
                        .put("allowCredentials", new Value.Items(allowed))
                        .put("userVerification", "required")
                        .put("timeout", LIFE.toMillis())
                        .build();
        return Value.object().put("publicKey", options).build();
    }

    /**
     * What the browser answered, as a signature that is yet to be checked; empty if it is not that,
     * or not by a passkey of this account, or by a copy of one.
     */
    public static Optional<MandateSignature> answered(
            Assent assent, Account giver, Value.Fields credential) {
        Optional<Passkey> passkey = credential.text("id").flatMap(giver::passkey);
        Optional<PasskeyAnswer> answer =
                credential
                        .fields("response")
                        .map(
                                said ->
                                        new PasskeyAnswer(
                                                said.text("authenticatorData").orElse(""),
                                                said.text("clientDataJSON").orElse(""),
                                                said.text("signature").orElse("")));
        return passkey.isEmpty()
                        || answer.isEmpty()
                        || !passkey.get().mayCount(answer.get().count())
                ? Optional.empty()
                : Optional.of(
                        new MandateSignature(
                                passkey.get().id(),
                                passkey.get().key(),
                                assent.nonce(),
                                answer.get()));
    }
}
