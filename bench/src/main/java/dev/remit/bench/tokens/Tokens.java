package dev.remit.bench.tokens;

import dev.remit.bench.hop.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a token costs: Remit, Keycloak and node-oidc-provider, in turns, 32 clients. {@code Tokens
 * FOLDER LAUNCHER PEERS [SECONDS [ROUNDS [SERVER…]]]}.
 */
final class Tokens {
    private static final int CLIENTS = 32;
    private static final int MOST_WARM_UPS = 6;

    private final Path folder;
    private final Path log;
    private final List<Rival> rivals = new ArrayList<>();
    private final List<Process> started = new ArrayList<>();
    private final Map<String, List<Round>> measured = new HashMap<>();

    private Tokens(Path folder) {
        this.folder = folder;
        this.log = folder.resolve("tokens.log");
    }

    public static void main(String[] arguments) throws Exception {
        Tokens tokens = new Tokens(Path.of(arguments[0]));
        long seconds = arguments.length > 3 ? Long.parseLong(arguments[3]) : 5;
        int rounds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 3;
        List<String> only =
                arguments.length > 5
                        ? Arrays.asList(arguments).subList(5, arguments.length)
                        : List.of("remit", "keycloak", "oidc-provider");
        Runtime.getRuntime().addShutdownHook(new Thread(tokens::stop));
        try {
            tokens.start(only, Path.of(arguments[1]), Path.of(arguments[2]));
            tokens.measure(seconds, rounds);
            tokens.report();
        } catch (IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            if (Files.exists(tokens.log)) {
                System.err.println(Files.readString(tokens.log));
            }
            System.exit(1);
        }
        System.exit(0);
    }

    private void start(List<String> only, Path launcher, Path peers) throws Exception {
        if (only.contains("remit")) {
            add(RemitRival.start(launcher, folder, log, CLIENTS));
        }
        if (only.contains("keycloak")) {
            add(KeycloakRival.start(peers.resolve("keycloak"), log, CLIENTS));
        }
        if (only.contains("oidc-provider")) {
            add(NodeRival.start(peers.resolve("npm"), folder, log, CLIENTS));
        }
    }

    private void add(Rival rival) throws Exception {
        started.add(rival.process());
        rivals.add(rival);
        rival.service().write(file(rival));
    }

    private static String place(Rival rival, Operation operation) {
        return rival.name() + " " + operation;
    }

    private Path file(Rival rival) {
        return folder.resolve(rival.name() + ".json");
    }

    private void measure(long seconds, int rounds) throws IOException {
        Process load = Processes.java(log, TokenLoad.class);
        started.add(load);
        BufferedReader said = load.inputReader(StandardCharsets.UTF_8);
        for (int round = 0; round <= rounds; round++) {
            for (Operation operation : Operation.values()) {
                for (Rival rival : rivals) {
                    if (rival.cannot().containsKey(operation)) {
                        continue;
                    }
                    if (round == 0) {
                        warmUp(load, said, rival, operation, seconds);
                    } else {
                        measured.computeIfAbsent(place(rival, operation), _ -> new ArrayList<>())
                                .add(one(load, said, rival, operation, "round " + round, seconds));
                    }
                }
            }
        }
    }

    /** Until a request does not become much cheaper any more. */
    private void warmUp(
            Process load, BufferedReader said, Rival rival, Operation operation, long seconds)
            throws IOException {
        double last = Double.MAX_VALUE;
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            double now = one(load, said, rival, operation, "warm-up", 2 * seconds).cpuMicros();
            if (now > 0.85 * last) {
                return;
            }
            last = now;
        }
    }

    private Round one(
            Process load,
            BufferedReader said,
            Rival rival,
            Operation operation,
            String which,
            long seconds)
            throws IOException {
        Round one = Round.of(load, said, rival, file(rival), operation, seconds);
        System.out.printf(
                "%s %-16s %-14s %7.0f µs CPU %7.0f/s  p50 %7.2f ms  p99 %7.2f ms %5d MB  load %.2f cores%n",
                which,
                operation.option(),
                rival.name(),
                one.cpuMicros(),
                one.perSecond(),
                one.p50(),
                one.p99(),
                one.memory() >> 20,
                one.load());
        return one;
    }

    private void report() {
        for (Operation operation : Operation.values()) {
            System.out.printf(
                    "%n%-18s %10s %8s %8s %8s %6s%n",
                    operation.option(), "µs CPU", "a second", "p50 ms", "p99 ms", "MB");
            for (Rival rival : rivals) {
                List<Round> rounds = measured.getOrDefault(place(rival, operation), List.of());
                if (rounds.isEmpty()) {
                    System.out.printf(
                            "%-18s %10s  %s%n", rival.name(), "–", rival.cannot().get(operation));
                    continue;
                }
                System.out.printf(
                        "%-18s %10.0f %8.0f %8.2f %8.2f %6.0f%n",
                        rival.name(),
                        Round.median(rounds, Round::cpuMicros),
                        Round.median(rounds, Round::perSecond),
                        Round.median(rounds, Round::p50),
                        Round.median(rounds, Round::p99),
                        Round.median(rounds, one -> one.memory() >> 20));
            }
        }
    }

    /** The servers too that a launcher started for us. */
    private void stop() {
        for (Process process : started.reversed()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        started.forEach(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }
}
