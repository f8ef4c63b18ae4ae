package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.http.StateSeal;
import dev.remit.main.Names;
import dev.remit.operator.OperatorEdge;
import dev.remit.testkit.AttackCase;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whether the time that a refusal takes says how near the guess was. Statistics on a machine that
 * does other things too, so not part of the usual run: {@code docs/operating/measuring.md}.
 */
@EnabledIfSystemProperty(named = "remit.timing", matches = "true")
final class TimingTest {
    private static final int SAMPLES = Integer.getInteger("remit.samples", 5_000);
    private static final double SUSPICIOUS = 0.01;

    /** How long each of so many kinds of attempt took, tried in turns in a random order. */
    private static long[][] times(int kinds, IntConsumer attempt) {
        SplittableRandom dice = new SplittableRandom(7);
        for (int i = 0; i < 50_000; i++) {
            attempt.accept(dice.nextInt(kinds)); // until it is compiled
        }
        long[][] times = new long[kinds][SAMPLES];
        int[] done = new int[kinds];
        for (int left = kinds * SAMPLES; left > 0; ) {
            int kind = dice.nextInt(kinds);
            if (done[kind] < SAMPLES) {
                long start = System.nanoTime();
                attempt.accept(kind);
                times[kind][done[kind]++] = System.nanoTime() - start;
                left--;
            }
        }
        return times;
    }

    /** Ranks of all times, those that are equal having the same. */
    private static double[][] ranks(long[][] times) {
        List<int[]> all = new ArrayList<>();
        for (int kind = 0; kind < times.length; kind++) {
            for (int i = 0; i < times[kind].length; i++) {
                all.add(new int[] {kind, i});
            }
        }
        all.sort(Comparator.comparingLong(at -> times[at[0]][at[1]]));
        double[][] ranks = new double[times.length][times[0].length];
        for (int from = 0; from < all.size(); ) {
            int to = from;
            long time = times[all.get(from)[0]][all.get(from)[1]];
            while (to < all.size() && times[all.get(to)[0]][all.get(to)[1]] == time) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[all.get(i)[0]][all.get(i)[1]] = (from + to + 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    /** How likely ranks as different as these are by chance, if the kinds are alike (Spearman). */
    private static double likelihood(long[][] times) {
        double[][] ranks = ranks(times);
        int kinds = ranks.length;
        long n = (long) kinds * ranks[0].length;
        double middle = (n + 1) / 2.0;
        double together = 0;
        double ofRanks = 0;
        double ofKinds = 0;
        for (int kind = 0; kind < kinds; kind++) {
            double off = kind - (kinds - 1) / 2.0;
            for (double rank : ranks[kind]) {
                together += off * (rank - middle);
                ofRanks += (rank - middle) * (rank - middle);
                ofKinds += off * off;
            }
        }
        double z = Math.abs(together / Math.sqrt(ofRanks * ofKinds)) * Math.sqrt(n - 1.0);
        return tail(z);
    }

    /** Both tails of the normal distribution (Abramowitz and Stegun, 26.2.17). */
    private static double tail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double sum =
                t
                        * (0.319381530
                                + t
                                        * (-0.356563782
                                                + t
                                                        * (1.781477937
                                                                + t
                                                                        * (-1.821255978
                                                                                + t
                                                                                        * 1.330274429))));
        return 2 * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * sum;
    }

    private static void report(String what, long[][] times, double likelihood) {
        long[] first = times[0].clone();
        long[] last = times[times.length - 1].clone();
        Arrays.sort(first);
        Arrays.sort(last);
        System.out.printf(
                "%s: median %d ns and %d ns, p %.3f%n",
                what, first[first.length / 2], last[last.length / 2], likelihood);
    }

    /** An exchange with this authorization whose answer nobody reads. */
    private static Exchange exchange(String authorization) {
        return (Exchange)
                Proxy.newProxyInstance(
                        TimingTest.class.getClassLoader(),
                        new Class<?>[] {Exchange.class},
                        (_, method, _) ->
                                switch (method.getName()) {
                                    case "header" -> Optional.of(authorization);
                                    case "headers" -> List.of();
                                    case "method" -> "POST";
                                    case "path" -> "/operator/v1/agents/list";
                                    default -> null;
                                });
    }

    @Test
    @AttackCase("TIMING-001")
    void theTimeDoesNotSayHowMuchOfASecretIsRight() {
        String word = Names.secret();
        OperatorEdge edge = new OperatorEdge(word, Set.of(), (_, _) -> Optional.empty());
        String wrong = Names.secret();
        List<Exchange> guesses = new ArrayList<>();
        for (int right = 0; right < word.length(); right++) {
            guesses.add(exchange("Bearer " + word.substring(0, right) + wrong.substring(right)));
        }
        long[][] times = times(guesses.size(), right -> edge.answer(guesses.get(right)));
        double likelihood = likelihood(times);
        report("operator's word, 0 to 31 characters right", times, likelihood);
        assertThat(likelihood).isGreaterThan(SUSPICIOUS);

        List<String> tried = guesses.stream().map(one -> one.header("x").orElse("")).toList();
        String full = "Bearer " + word;
        long[][] planted = times(tried.size(), right -> naive(full, tried.get(right)));
        assertThat(likelihood(planted)).as("a comparison that stops").isLessThan(SUSPICIOUS);
    }

    /** What the measurement must notice. */
    private static void naive(String word, String guess) {
        int at = 0;
        while (at < word.length() && word.charAt(at) == guess.charAt(at)) {
            for (int i = 0; i < 20; i++) {
                Thread.onSpinWait();
            }
            at++;
        }
    }

    @Test
    @AttackCase("TIMING-004")
    void theTimeDoesNotSayWhatIsWrongWithASeal() {
        StateSeal seal = new StateSeal(Names.random(32), new SecureRandom());
        Instant now = Instant.now();
        Value.Fields state = Value.object().put("state", "x".repeat(200)).build();
        String sealed = seal.seal(state, "bound", now, Duration.ofMinutes(5));
        List<String> wrong = new ArrayList<>();
        for (int at : new int[] {6, 60, 160, sealed.length() - 24, sealed.length() - 3}) {
            char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
            wrong.add(sealed.substring(0, at) + other + sealed.substring(at + 1));
        }
        wrong.forEach(one -> assertThat(seal.open(one, "bound", now)).isEmpty());
        assertThat(seal.open(sealed, "bound", now)).isPresent();
        int[] opened = new int[1];
        long[][] times =
                times(
                        wrong.size() + 1,
                        kind -> {
                            boolean bound = kind < wrong.size();
                            String text = bound ? wrong.get(kind) : sealed;
                            if (seal.open(text, bound ? "bound" : "other", now).isPresent()) {
                                opened[0]++;
                            }
                        });
        double likelihood = likelihood(times);
        report("a seal changed at its nonce, content, tag; for another use", times, likelihood);
        assertThat(opened[0]).isZero();
        assertThat(likelihood).isGreaterThan(SUSPICIOUS);
    }
}
