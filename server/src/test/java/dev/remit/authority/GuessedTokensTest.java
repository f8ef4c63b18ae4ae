package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.AccessToken;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Doubt;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Instance;
import dev.remit.identity.Introduction;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Nonces;
import dev.remit.identity.Proofs;
import dev.remit.identity.Unbound;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.main.Names;
import dev.remit.registry.Registrar;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.OneKey;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Guesses at tokens, many of them, at the door's own code; {@code -Dremit.guesses=1000000} for a
 * million.
 */
final class GuessedTokensTest {
    private static final String ISSUER = "http://127.0.0.1:1";
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int GUESSES = Integer.getInteger("remit.guesses", 20_000);
    private static final int A_MINUTE = 120; // records for one reason
    private static final long MOST_GROWTH = 16L << 20;

    private final Instant start = Instant.ofEpochSecond(1_800_000_000); // begins a minute
    private Instant now = start;
    private final Random dice = new Random(36);
    private final MemoryStore store = new MemoryStore();
    private final Ledger ledger = new Ledger(store, () -> new byte[16]);
    private final KeyPair tokenKeys = Forgeries.ed25519();
    private final DpopSigner holder = new DpopSigner(Forgeries.ed25519());
    private final Authenticator authenticator =
            new Authenticator(
                    ISSUER,
                    OneKey.of(KeyUse.TOKENS, tokenKeys),
                    new Proofs(
                            Set.of(ISSUER),
                            new MemoryReplayGuard(1_000_000),
                            new Nonces(new byte[32], Nonces.Demand.WHEN_NEEDED)),
                    store,
                    Unbound.CAPPED);
    private final Door door = new Door(authenticator, ledger, () -> now);
    private final String good = token();

    private String token() {
        Registrar registrar = new Registrar(store, ledger, Names::fresh, Names::secret, () -> now);
        String code = registrar.issueCode(registrar.add("worker", "x").id(), "x");
        Instance instance = registrar.enrol(code, holder.publicKey()).orElseThrow();
        return AccessToken.ofAgent(
                        ISSUER,
                        instance.agent(),
                        instance.id(),
                        Optional.empty(),
                        holder.publicKey().thumbprint(),
                        Names.secret(),
                        now,
                        now.plus(AccessToken.LONGEST))
                .sign(tokenKeys.getPrivate(), Jwk.of(tokenKeys.getPublic()));
    }

    /** What is wrong with a guess. */
    private enum Guess {
        LAST_LETTER,
        FIRST_LETTER_OF_THE_SIGNATURE,
        HALF_OF_THE_SIGNATURE,
        WHOLE_SIGNATURE,
        CLAIMS,
        WORD
    }

    private String guess(Guess how) {
        int signature = good.lastIndexOf('.') + 1;
        return switch (how) {
            case LAST_LETTER -> otherAt(good.length() - 1);
            case FIRST_LETTER_OF_THE_SIGNATURE -> otherAt(signature);
            case HALF_OF_THE_SIGNATURE -> // the other stays a number that may occur at all
                    good.substring(0, signature) + word(42) + good.substring(signature + 42);
            case WHOLE_SIGNATURE ->
                    good.substring(0, signature) + word(good.length() - signature - 1) + "A";
            case CLAIMS -> otherAt(good.indexOf('.') + 20);
            case WORD -> word(43);
        };
    }

    private String otherAt(int at) {
        char other;
        do {
            other = LETTERS.charAt(dice.nextInt(LETTERS.length()));
        } while (other == good.charAt(at));
        return good.substring(0, at) + other + good.substring(at + 1);
    }

    private String word(int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(dice.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    /** Knocks with a guess and a proof that fits it as well as a guess can. */
    private Introduction knock(String token) {
        String proof =
                holder.proof("POST", ISSUER + "/mcp", Optional.of(token), Names.secret(), now);
        return introduce(token, proof);
    }

    private Introduction introduce(String token, String proof) {
        Introduction introduction =
                authenticator.introduce(
                        List.of("DPoP " + token),
                        new Proofs.Request("POST", "/mcp", List.of(proof)),
                        now);
        if (introduction instanceof Introduction.Stranger(Doubt doubt)) {
            door.record(doubt, "/mcp");
        }
        return introduction;
    }

    private List<Event.StrangerRefused> records() {
        return store.entries().stream()
                .map(one -> one.event())
                .filter(Event.StrangerRefused.class::isInstance)
                .map(Event.StrangerRefused.class::cast)
                .toList();
    }

    private static long used() {
        System.gc();
        Runtime machine = Runtime.getRuntime();
        return machine.totalMemory() - machine.freeMemory();
    }

    @Test
    @AttackCase({"TOK-036", "AUDIT-018"})
    void noneOfManyGuessesGetsInAndTheyFillNothing() {
        assertThat(knock(good)).isInstanceOf(Introduction.Known.class);
        String anyProof =
                holder.proof("POST", ISSUER + "/mcp", Optional.of(good), Names.secret(), now);
        Map<Guess, Set<Doubt>> told = new EnumMap<>(Guess.class);
        long accepted = 0;
        long half = 0;
        for (int i = 0; i < GUESSES; i++) {
            Guess how = Guess.values()[i % Guess.values().length];
            String guess = guess(how);
            if (authenticator.good(guess, now).isPresent()
                    || !(introduce(guess, anyProof)
                            instanceof Introduction.Stranger(Doubt doubt))) {
                accepted++;
            } else {
                told.merge(how, Set.of(doubt), GuessedTokensTest::both);
            }
            if (i == GUESSES / 2) {
                half = used();
            }
        }
        assertThat(accepted).isZero();
        assertThat(used() - half).as("memory").isLessThan(MOST_GROWTH);
        for (Guess how :
                List.of(
                        Guess.FIRST_LETTER_OF_THE_SIGNATURE,
                        Guess.LAST_LETTER,
                        Guess.WHOLE_SIGNATURE)) {
            assertThat(told.get(how))
                    .as("%s tells no more than another", how)
                    .isSubsetOf(Doubt.TOKEN_SIGNATURE, Doubt.TOKEN_MALFORMED);
        }

        int reasons = (int) told.values().stream().flatMap(Set::stream).distinct().count();
        assertThat(records()).hasSizeLessThanOrEqualTo(reasons * A_MINUTE);
        now = start.plus(Duration.ofMinutes(1));
        knock(guess(Guess.WORD));
        knock(guess(Guess.CLAIMS));
        knock(guess(Guess.FIRST_LETTER_OF_THE_SIGNATURE));
        long counted = records().stream().mapToLong(one -> 1 + one.more()).sum();
        assertThat(counted).as("all are accounted for").isEqualTo(GUESSES + 3L);
        assertThat(knock(good))
                .as("who holds it, beside them")
                .isInstanceOf(Introduction.Known.class);
    }

    private static Set<Doubt> both(Set<Doubt> one, Set<Doubt> other) {
        Set<Doubt> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    /** The time of a refusal does not say how much of a signature was right. */
    @Test
    @AttackCase("TOK-036")
    @EnabledIfSystemProperty(named = "remit.timing", matches = "true")
    void theTimeOfARefusalTellsNothingOfTheSignature() {
        int each = 1_500;
        Map<Guess, List<Long>> times = new EnumMap<>(Guess.class);
        List<Guess> compared =
                List.of(Guess.FIRST_LETTER_OF_THE_SIGNATURE, Guess.HALF_OF_THE_SIGNATURE);
        for (int i = 0; i < each * 2; i++) {
            Guess how = compared.get(i % 2);
            String guess = guess(how);
            long from = System.nanoTime();
            boolean in = authenticator.good(guess, now).isPresent();
            long took = System.nanoTime() - from;
            assertThat(in).isFalse();
            if (i > each) { // the first half warms up
                times.computeIfAbsent(how, _ -> new ArrayList<>()).add(took);
            }
        }
        double one = median(times.getOrDefault(compared.getFirst(), List.of()));
        double other = median(times.getOrDefault(compared.getLast(), List.of()));
        assertThat(one / other).isBetween(0.5, 2.0);
    }

    private static double median(List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
