package dev.remit.bench.tokens;

import dev.remit.bench.hop.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one round of one operation at one server came to.
 *
 * @param load how many cores' worth of time the clients used
 */
record Round(double cpuMicros, double perSecond, double p50, double p99, long memory, double load) {

    /** Has the load do one round, and reads the server's CPU time on both sides of it. */
    static Round of(
            Process clients,
            BufferedReader said,
            Rival rival,
            Path service,
            Operation operation,
            long seconds)
            throws IOException {
        long before = Processes.cpuNanos(rival.process());
        long loadBefore = Processes.cpuNanos(clients);
        String asked = service + " " + operation.name() + " " + seconds + "\n";
        clients.getOutputStream().write(asked.getBytes(StandardCharsets.UTF_8));
        clients.getOutputStream().flush();
        String answer = said.readLine();
        if (answer == null) {
            throw new IllegalStateException(
                    "the load broke off at " + rival.name() + ", " + operation.words());
        }
        long used = Processes.cpuNanos(rival.process()) - before;
        long load = Processes.cpuNanos(clients) - loadBefore;
        String[] words = answer.split(" ", -1);
        double requests = Double.parseDouble(words[0]);
        return new Round(
                used / 1e3 / requests,
                requests / seconds,
                Double.parseDouble(words[1]) / 1e6,
                Double.parseDouble(words[2]) / 1e6,
                Processes.memory(rival.process()),
                load / 1e9 / seconds);
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] values = rounds.stream().mapToDouble(figure).sorted().toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }
}
