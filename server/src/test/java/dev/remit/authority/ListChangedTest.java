package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who listens to a whole gateway hears at once that a person has widened the mandate. */
final class ListChangedTest {
    private static final String CHANGED = "notifications/tools/list_changed";
    private static final long PATIENCE_SECONDS = 20;

    @TempDir private Path data;

    @Test
    void whoListensHearsThatThereIsMore() throws Exception {
        try (Siege siege = new Siege(data, new DpopSigner(Forgeries.ed25519()))) {
            Crew crew = new Crew(siege);
            Member member = crew.join("listening");
            Member beside = crew.join("beside");
            String mandate = crew.mandate(member, List.of("desk.echo"));
            crew.mandate(beside, List.of("desk.echo"));
            String token = crew.own(member);
            assertThat(crew.calls(member, token, "there")).isFalse();
            OpenStream other = OpenStream.listen(crew, beside, crew.own(beside));
            List<CompletableFuture<Long>> hearing =
                    List.of(
                            heard(OpenStream.listen(crew, member, token)),
                            heard(OpenStream.hold(crew, member, token)));
            CompletableFuture<Long> nothing = heard(other);

            Value there = Value.object().put("tool", "desk.there").build();
            siege.gateway.operator(
                    "mandates/widen",
                    Value.object()
                            .put("mandate", mandate)
                            .put("permissions", new Value.Items(List.of(there)))
                            .build());
            long widened = System.nanoTime();
            for (CompletableFuture<Long> one : hearing) {
                assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - widened)
                        .isLessThan(Duration.ofSeconds(1).toNanos());
            }
            assertThat(crew.calls(member, token, "there")).as("with the same token").isTrue();
            assertThat(nothing).isNotDone();
        }
    }

    private static CompletableFuture<Long> heard(OpenStream stream) {
        return CompletableFuture.supplyAsync(
                () -> stream.heardAt(CHANGED), task -> Thread.ofVirtual().start(task));
    }
}
