package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.authority.Crew.Member;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.ledger.StopEvent;
import dev.remit.main.Config;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One word stops every agent at a whole gateway, whatever has become of its disk. */
final class StopTest {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 20;

    @TempDir private Path folder;

    private final DpopSigner key = new DpopSigner(Forgeries.ed25519());
    private final Config config = Config.usual().on(Ports.free());

    private Siege siege(Path data) {
        return new Siege(data, config, InstantSource.system(), key);
    }

    private static Value.Fields act(Siege siege, String act) {
        return siege.gateway.operator(act, Value.object().put("why", "an incident").build());
    }

    private static List<Event> stops(Siege siege) {
        return siege.gateway.events().stream()
                .filter(
                        one ->
                                one instanceof StopEvent.AllStopped
                                        || one instanceof StopEvent.AllResumed)
                .toList();
    }

    private static void soon(String what, BooleanSupplier is) throws InterruptedException {
        long start = System.nanoTime();
        while (!is.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(what)
                    .isLessThan(Duration.ofSeconds(PATIENCE_SECONDS));
            Thread.sleep(20);
        }
    }

    /** A call under way; when it was answered, and how. */
    private static CompletableFuture<Long> hanging(Siege siege, Crew crew, String code)
            throws InterruptedException {
        Member member = crew.join("m" + System.nanoTime());
        crew.mandate(member, List.of("desk.*"));
        String token = crew.own(member);
        int before = siege.upstream.calls().size();
        CompletableFuture<Long> ended =
                CompletableFuture.supplyAsync(
                        () -> {
                            assertThat(crew.call(member, token, "hang").body()).contains(code);
                            return System.nanoTime();
                        },
                        task -> Thread.ofVirtual().start(task));
        soon("it is under way", () -> siege.upstream.calls().size() > before);
        return ended;
    }

    private static String ready(Siege siege) {
        return siege.gateway
                .send(
                        HttpRequest.newBuilder(URI.create(siege.gateway.issuer() + "/readyz"))
                                .build())
                .body();
    }

    @Test
    @AttackCase("REV-009")
    void oneWordStopsEveryAgentAndCutsShortWhatIsUnderWay() throws Exception {
        try (Siege siege = siege(folder)) {
            Crew crew = new Crew(siege);
            String token = crew.own(crew.worker);
            assertThat(crew.calls(crew.worker, token, "echo")).isTrue();
            CompletableFuture<Long> hangs = hanging(siege, crew, "stopped");
            CompletableFuture<Long> listens =
                    CompletableFuture.supplyAsync(
                            OpenStream.listen(crew, crew.worker, token)::endedAt,
                            task -> Thread.ofVirtual().start(task));

            Value.Fields said = act(siege, "stop");
            long returned = System.nanoTime();
            assertThat(said.flag("stopped") && said.flag("lasts")).isTrue();
            int before = siege.gateway.events().size();
            assertThat(crew.calls(crew.worker, token, "echo")).isFalse();
            assertThat(crew.call(crew.worker, token, "echo").body())
                    .contains("\"code\":\"stopped\"", "an incident");
            assertThat(siege.gateway.events().subList(before, siege.gateway.events().size()))
                    .filteredOn(Event.Decided.class::isInstance)
                    .hasSize(2)
                    .allMatch(
                            one ->
                                    ((Event.Decided) one).ruling()
                                                    instanceof Event.Ruling.Refused refused
                                            && refused.refusal().equals("stopped"));
            assertThat(hangs.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - returned)
                    .isLessThan(BOUND.toNanos());
            assertThat(listens.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - returned)
                    .isLessThan(BOUND.toNanos());
            soon("the upstream was told", () -> siege.upstream.left() == 1);
            assertThat(ready(siege)).contains("stopped");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("stopped.json"))))
                    .isEqualTo("rw-------");
            act(siege, "stop"); // once more changes nothing
            Files.delete(folder.resolve("stopped.json"));
            Thread.sleep(500);
            assertThat(crew.calls(crew.worker, token, "echo"))
                    .as("what was pulled is released by nobody but the operator")
                    .isFalse();

            assertThat(act(siege, "resume").flag("stopped")).isFalse();
            assertThat(crew.calls(crew.worker, token, "echo")).isTrue();
            soon("both are on record", () -> stops(siege).size() == 2);
            assertThat(stops(siege).getFirst())
                    .isInstanceOfSatisfying(
                            StopEvent.AllStopped.class,
                            one -> {
                                assertThat(one.why()).isEqualTo("an incident");
                                assertThat(one.by()).startsWith("per_");
                            });
            assertThat(stops(siege).getLast()).isInstanceOf(StopEvent.AllResumed.class);
        }
    }

    @Test
    @AttackCase("REV-009")
    void aFileStopsEveryAgentWhateverStandsInItAndOverRestarts() throws Exception {
        Path file = folder.resolve("stopped.json");
        try (Siege siege = siege(folder)) {
            Crew crew = new Crew(siege);
            String token = crew.own(crew.worker);
            for (String content : List.of("", "{", "{\"why\":\"x\"}", "x".repeat(20_000))) {
                Files.writeString(file, content);
                Thread.sleep(BOUND);
                assertThat(crew.calls(crew.worker, token, "echo")).as(content).isFalse();
                assertThat(crew.call(crew.worker, token, "echo").body()).contains("stopped");
                Files.delete(file);
                Thread.sleep(BOUND);
                assertThat(crew.calls(crew.worker, token, "echo")).as("without it").isTrue();
            }
            assertThat(act(siege, "stop").flag("lasts")).isTrue();
        }
        try (Siege again = siege(folder)) {
            Crew crew = new Crew(again);
            String token = crew.own(crew.worker);
            assertThat(crew.calls(crew.worker, token, "echo")).isFalse();
            act(again, "resume");
            assertThat(crew.calls(crew.worker, token, "echo")).isTrue();
        }
        try (Siege again = siege(folder)) {
            Crew crew = new Crew(again);
            assertThat(crew.calls(crew.worker, crew.own(crew.worker), "echo")).isTrue();
        }
    }

    /** No file can be written, not even the one that stops: the word still counts. */
    @Test
    @AttackCase("REV-009")
    void itWorksOnADiskThatTakesNothingMore() throws Exception {
        assumeTrue(
                run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=48m,nr_inodes=200",
                        "tmpfs",
                        folder.toString()),
                "mounting a small file system needs root");
        try (Siege siege = siege(folder.resolve("data"))) {
            Crew crew = new Crew(siege);
            CompletableFuture<Long> underWay = hanging(siege, crew, "stopped");
            List<Path> stuff = fill();
            assertThat(ready(siege)).contains("no room");
            int arrived = siege.upstream.calls().size();

            Value.Fields said = act(siege, "stop");
            long returned = System.nanoTime();
            assertThat(said.flag("stopped")).as(said.json()).isTrue();
            assertThat(said.flag("lasts")).as("it would not outlive a restart").isFalse();
            assertThat(underWay.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - returned)
                    .isLessThan(BOUND.toNanos());
            soon("the upstream was told", () -> siege.upstream.left() == 1);

            for (Path one : stuff) {
                Files.delete(one);
            }
            soon("it is on record as soon as it can be", () -> !stops(siege).isEmpty());
            soon("it heals", () -> !siege.gateway.operatorList("mandates/list").isEmpty());
            String token = crew.own(crew.worker);
            assertThat(crew.calls(crew.worker, token, "echo")).isFalse();
            assertThat(siege.upstream.calls()).hasSize(arrived);
            assertThat(act(siege, "resume").flag("stopped")).isFalse();
        } finally {
            run("umount", "-l", folder.toString());
        }
    }

    /** Takes all room and every name for a file. */
    private List<Path> fill() throws IOException {
        List<Path> stuff = new ArrayList<>(List.of(folder.resolve("stuff")));
        try (OutputStream out = Files.newOutputStream(stuff.getFirst())) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        try {
            while (true) {
                stuff.add(Files.createFile(folder.resolve("stuff-" + stuff.size())));
            }
        } catch (IOException e) {
            return stuff;
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
