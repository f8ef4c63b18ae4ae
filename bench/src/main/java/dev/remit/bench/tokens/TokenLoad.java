package dev.remit.bench.tokens;

import dev.remit.bench.hop.Connection;
import dev.remit.bench.hop.Processes;
import dev.remit.call.MalformedJson;
import dev.remit.main.Crypto;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The clients, in a process of their own: each with a connection and one request at a time.
 *
 * <p>A line {@code FILE OPERATION SECONDS} on standard input is one round against the service in
 * that file; the answer is {@code requests p50 p99}, in nanoseconds.
 */
final class TokenLoad {
    private final Map<Path, Service> services = new HashMap<>();

    private TokenLoad() {}

    public static void main(String[] arguments) throws Exception {
        if (!Crypto.preferFast()) {
            System.err.println("bench: the fast signatures cannot be loaded here");
        }
        TokenLoad load = new TokenLoad();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(Processes.READY);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println(
                    load.round(
                            Path.of(words[0]),
                            Operation.valueOf(words[1]),
                            Long.parseLong(words[2])));
        }
    }

    private String round(Path file, Operation operation, long seconds) throws Exception {
        Service service = services.get(file);
        if (service == null) {
            service = Service.read(file);
            services.put(file, service);
        }
        List<Asking> clients = new ArrayList<>();
        for (Client client : service.clients()) {
            clients.add(new Asking(service, client));
        }
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            int whose = operation.isExchange() ? (i + 1) % clients.size() : i;
            boolean wanted = operation.isExchange() || operation == Operation.INTROSPECTION;
            tokens.add(wanted ? clients.get(whose).token() : "");
        }
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            for (int i = 0; i < clients.size(); i++) {
                Asking client = clients.get(i);
                String token = tokens.get(i);
                running.add(threads.submit(() -> work(client, operation, token, end)));
            }
        }
        long[] all = new long[0];
        for (Future<long[]> one : running) {
            long[] times = one.get();
            int before = all.length;
            all = Arrays.copyOf(all, before + times.length);
            System.arraycopy(times, 0, all, before, times.length);
        }
        Arrays.sort(all);
        return all.length + " " + all[all.length / 2] + " " + all[(int) (all.length * 0.99)];
    }

    /** Asks until the end; every answer must be a success. */
    private static long[] work(Asking client, Operation operation, String token, long end)
            throws IOException, MalformedJson {
        long[] times = new long[1 << 12];
        int count = 0;
        try (Connection connection = new Connection(client.target(operation))) {
            while (System.nanoTime() < end) {
                Asking.Request request = client.request(operation, token);
                long start = System.nanoTime();
                String answer = request.over(connection);
                if (count == times.length) {
                    times = Arrays.copyOf(times, count * 2);
                }
                times[count++] = System.nanoTime() - start;
                Asking.check(operation, answer);
            }
        }
        return Arrays.copyOf(times, count);
    }
}
