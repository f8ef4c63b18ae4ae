package dev.remit.bench.hop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a hop costs: nginx, and the gateway three ways, in front of the same upstream, in turns.
 * {@code Hop FOLDER [SECONDS [ROUNDS [KIND…]]]}.
 *
 * <p>A kind with {@value #BEFORE} behind it is the same of another build, whose class path is in
 * the property {@code bench.before}.
 */
final class Hop {
    private static final String BEFORE = "-before";
    private static final int WARM_UP = 4; // times as long as a round

    private final Path folder;
    private final Path log;
    private final int upstream = Processes.freePort();
    private final List<Process> started = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    private Hop(Path folder) {
        this.folder = folder;
        this.log = folder.resolve("hop.log");
    }

    /** One way to the upstream, and what was measured of it. */
    private record Target(
            String name, int port, Path data, Optional<Process> process, List<Measured> rounds) {
        String url() {
            return "http://127.0.0.1:" + port + (name.equals("direct") ? "/mcp" : "/mcp/docs");
        }
    }

    private record Measured(double cpuMicros, double perSecond, double p50, double p99) {}

    public static void main(String[] arguments) throws Exception {
        Hop hop = new Hop(Path.of(arguments[0]));
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        List<String> only =
                arguments.length > 3
                        ? Arrays.asList(arguments).subList(3, arguments.length)
                        : List.of("direct", "nginx", "bare", "fast", "jdk");
        try {
            hop.start(only);
            hop.measure(seconds, rounds);
            hop.report();
        } catch (IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            if (Files.exists(hop.log)) {
                System.err.println(Files.readString(hop.log));
            }
            System.exit(1);
        } finally {
            hop.started.reversed().forEach(Process::destroy);
        }
    }

    private void start(List<String> only) throws IOException, InterruptedException {
        started.add(Processes.java(log, EchoUpstream.class, Integer.toString(upstream)));
        Path some = folder.resolve("fast"); // the agents that pass by nginx are enrolled there
        List<String> kinds = new ArrayList<>(only);
        kinds.removeAll(List.of("direct", "nginx"));
        kinds.forEach(kind -> targets.add(gateway(kind)));
        if (!kinds.contains("fast")) {
            gateway("fast");
        }
        if (only.contains("nginx")) {
            int port = Processes.freePort();
            Process nginx = Nginx.start(folder.resolve("nginx"), port, upstream, log);
            started.add(nginx);
            targets.addFirst(
                    new Target("nginx", port, some, Optional.of(nginx), new ArrayList<>()));
        }
        if (only.contains("direct")) {
            targets.addFirst(
                    new Target("direct", upstream, some, Optional.empty(), new ArrayList<>()));
        }
    }

    private Target gateway(String name) {
        int port = Processes.freePort();
        Path data = folder.resolve(name);
        String kind = name.replace(BEFORE, "");
        String usual = System.getProperty("java.class.path");
        String classes = kind.equals(name) ? usual : System.getProperty("bench.before", usual);
        List<String> options = new ArrayList<>(List.of("-cp", classes, "-XX:+UseParallelGC"));
        options.add("-Xmx" + (kind.equals("bare") ? 5 : 2) + "g");
        String more = System.getProperty("bench.options." + name, "");
        if (!more.isEmpty()) {
            options.addAll(List.of(more.split(" ", -1)));
        }
        Process process =
                Processes.java(
                        log,
                        Gateway.class,
                        options,
                        kind,
                        Integer.toString(port),
                        "http://127.0.0.1:" + upstream + "/mcp",
                        data.toString());
        started.add(process);
        return new Target(name, port, data, Optional.of(process), new ArrayList<>());
    }

    private void measure(long seconds, int rounds) throws IOException {
        Process load = Processes.java(log, Load.class);
        started.add(load);
        BufferedReader said = load.inputReader(StandardCharsets.UTF_8);
        for (int round = 0; round <= rounds; round++) {
            for (Target target : targets) {
                Measured measured =
                        round(load, said, target, round == 0 ? WARM_UP * seconds : seconds);
                System.out.printf(
                        "%s %-11s %6.1f µs CPU a call %7.0f calls/s  p50 %6.2f ms  p99 %6.2f ms%n",
                        round == 0 ? "warm-up" : "round " + round,
                        target.name(),
                        measured.cpuMicros(),
                        measured.perSecond(),
                        measured.p50(),
                        measured.p99());
                if (round > 0) {
                    target.rounds().add(measured);
                }
            }
        }
    }

    private static Measured round(Process load, BufferedReader said, Target target, long seconds) {
        try {
            long before = target.process().map(Processes::cpuNanos).orElse(0L);
            var out = load.getOutputStream();
            String asked = target.url() + " " + target.data() + " " + seconds + "\n";
            out.write(asked.getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answer = said.readLine();
            if (answer == null) {
                throw new IllegalStateException("the load broke off at " + target.name());
            }
            long used = target.process().map(Processes::cpuNanos).orElse(0L) - before;
            String[] words = answer.split(" ", -1);
            double calls = Double.parseDouble(words[0]);
            return new Measured(
                    used / 1e3 / calls,
                    calls / seconds,
                    Double.parseDouble(words[1]) / 1e6,
                    Double.parseDouble(words[2]) / 1e6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report() {
        double base =
                targets.stream()
                        .filter(target -> target.name().equals("nginx"))
                        .mapToDouble(target -> median(target, Kind.CPU))
                        .findFirst()
                        .orElse(Double.NaN);
        System.out.printf("%nmedians   µs CPU a call   × nginx   calls/s   p50 ms   p99 ms%n");
        for (Target target : targets) {
            System.out.printf(
                    "%-11s %11.1f %9.1f %9.0f %8.2f %8.2f%n",
                    target.name(),
                    median(target, Kind.CPU),
                    median(target, Kind.CPU) / base,
                    median(target, Kind.RATE),
                    median(target, Kind.P50),
                    median(target, Kind.P99));
        }
    }

    private enum Kind {
        CPU,
        RATE,
        P50,
        P99
    }

    private static double median(Target target, Kind kind) {
        double[] values =
                target.rounds().stream()
                        .mapToDouble(
                                one ->
                                        switch (kind) {
                                            case CPU -> one.cpuMicros();
                                            case RATE -> one.perSecond();
                                            case P50 -> one.p50();
                                            case P99 -> one.p99();
                                        })
                        .sorted()
                        .toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }
}
