package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.authority.Handing.Child;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One mandate, and everybody who can have a part of it: its agent, a child and a grandchild by
 * signature, a child and a grandchild by token exchange. All of them call as fast as they can, hold
 * a call open that does not end, and listen. Then a person ends the mandate.
 *
 * <p>{@code -Dremit.rounds} does it more often; {@code docs/operating/measuring.md} has the
 * numbers.
 */
final class RevokedUnderLoadTest {
    private static final int ROUNDS = Integer.getInteger("remit.rounds", 2);
    private static final int CALLERS = Integer.getInteger("remit.callers", 4);
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final String ALL = Handing.part("p1", "desk.*");

    @TempDir private Path data;

    /** Somebody who acts under the mandate, with a token. */
    private record Holder(Member member, String token) {}

    private final List<Long> lastCalls = new ArrayList<>();
    private final List<Long> longCalls = new ArrayList<>();
    private final List<Long> streams = new ArrayList<>();

    @Test
    @AttackCase({"REV-001", "REV-003", "REV-005"})
    void nobodyActsOnAfterTheMandateHasEnded() throws Exception {
        try (Siege siege = new Siege(data, new DpopSigner(Forgeries.p256()))) {
            Crew crew = new Crew(siege);
            for (int round = 0; round < ROUNDS; round++) {
                revoked(crew, round);
            }
        }
        print("the last call that was let through came to the upstream", lastCalls);
        print("calls under way ended", longCalls);
        print("streams ended", streams);
        assertThat(lastCalls).allMatch(one -> one < BOUND.toNanos());
        assertThat(longCalls).allMatch(one -> one < BOUND.toNanos());
        assertThat(streams).allMatch(one -> one < BOUND.toNanos());
    }

    private static void print(String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "%s after the act had returned: p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)%n",
                what, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), sorted.size());
    }

    private static double at(List<Long> sorted, double part) {
        int index = (int) Math.ceil(part * sorted.size()) - 1;
        return Math.max(0, sorted.get(Math.max(0, index))) / 1e6;
    }

    private void revoked(Crew crew, int round) throws Exception {
        Siege siege = crew.siege;
        Member root = crew.join("root" + round);
        Member helper = crew.join("helper" + round);
        Member second = crew.join("second" + round);
        String mandate = crew.mandate(root, List.of("desk.*"), helper, second);
        List<Holder> holders = holders(crew, mandate, root, helper, second);
        AtomicBoolean over = new AtomicBoolean();
        long arrived = siege.upstream.calls().size();
        long left = siege.upstream.left();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Closeable _ = () -> over.set(true)) {
            List<Future<Long>> hanging = new ArrayList<>();
            List<Future<Long>> listening = new ArrayList<>();
            CountDownLatch calling = new CountDownLatch(holders.size() * CALLERS);
            for (Holder one : holders) {
                hanging.add(threads.submit(() -> ended(crew, one, "hang")));
                OpenStream listens = OpenStream.listen(crew, one.member(), one.token());
                OpenStream holds = OpenStream.hold(crew, one.member(), one.token());
                listening.add(threads.submit(listens::endedAt));
                listening.add(threads.submit(holds::endedAt));
                for (int i = 0; i < CALLERS; i++) {
                    var _ = threads.submit(() -> call(crew, one, over, calling));
                }
            }
            assertThat(calling.await(60, TimeUnit.SECONDS)).as("all of them are served").isTrue();
            Thread.sleep(500);
            assertThat(hanging).noneMatch(Future::isDone);
            assertThat(listening).noneMatch(Future::isDone);

            siege.gateway.operator(
                    "mandates/revoke",
                    Value.object().put("mandate", mandate).put("why", "enough").build());
            long returned = System.nanoTime();
            for (Future<Long> one : hanging) {
                longCalls.add(one.get(30, TimeUnit.SECONDS) - returned);
            }
            for (Future<Long> one : listening) {
                streams.add(one.get(30, TimeUnit.SECONDS) - returned);
            }
            Thread.sleep(300);
            lastCalls.add(
                    siege.upstream.calls().stream()
                                    .skip(arrived)
                                    .mapToLong(one -> one.at())
                                    .max()
                                    .orElseThrow()
                            - returned);
        }
        assertThat(siege.upstream.left() - left).as("told upstream").isEqualTo(holders.size());
        assertNothingAllowedSince(siege, mandate);
    }

    private static List<Holder> holders(
            Crew crew, String mandate, Member root, Member helper, Member second) {
        Handing handing = new Handing(crew, mandate);
        Child child = handing.from(root, ALL);
        Child grandchild = handing.from(child, ALL);
        List<Holder> holders = new ArrayList<>();
        String own = crew.own(root);
        holders.add(new Holder(root, own));
        for (Child one : List.of(child, grandchild)) {
            String token = handing.token(one);
            holders.add(
                    new Holder(new Member(root.agent(), Handing.client(token), one.key()), token));
        }
        String passed = crew.pass(own, helper);
        holders.add(new Holder(helper, passed));
        holders.add(new Holder(second, crew.pass(passed, second)));
        return holders;
    }

    private static void call(Crew crew, Holder holder, AtomicBoolean over, CountDownLatch calling) {
        boolean served = false;
        while (!over.get()) {
            String said = crew.call(holder.member(), holder.token(), "echo").body();
            if (!served && said.contains("\"result\"") && !said.contains("isError")) {
                served = true;
                calling.countDown();
            }
        }
    }

    private static long ended(Crew crew, Holder holder, String tool) {
        String said = crew.call(holder.member(), holder.token(), tool).body();
        long at = System.nanoTime();
        assertThat(said).contains("mandate-revoked").contains("\"underWay\":true");
        return at;
    }

    private static void assertNothingAllowedSince(Siege siege, String mandate) {
        boolean ended = false;
        long refused = 0;
        for (Event event : siege.gateway.events()) {
            ended |=
                    event instanceof Event.MandateChanged(Mandate changed, _)
                            && changed.id().text().equals(mandate);
            if (ended
                    && event instanceof Event.Decided decided
                    && decided.mandate()
                            .filter(u -> u.mandate().text().equals(mandate))
                            .isPresent()) {
                assertThat(decided.ruling()).isInstanceOf(Event.Ruling.Refused.class);
                refused++;
            }
        }
        assertThat(ended).isTrue();
        assertThat(refused).as("they went on trying").isPositive();
    }
}
