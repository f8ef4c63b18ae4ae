package dev.remit.bench.hop;

import dev.remit.main.Crypto;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
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
 * The agents, in a process of their own: 32 of them, each with a key, a token and a fresh proof for
 * every call.
 *
 * <p>A line {@code URL DATA SECONDS} on standard input is one round against this URL, with agents
 * enrolled at the gateway of this data folder; the answer is {@code calls p50 p99}, in nanoseconds.
 */
final class Load {
    private static final int AGENTS = 32;
    private static final String HEADERS =
            """
            Content-Type: application/json\r
            Accept: application/json, text/event-stream\r
            MCP-Protocol-Version: 2026-07-28\r
            Mcp-Method: tools/call\r
            Mcp-Name: edit\r
            """;

    private final Map<Path, List<Enrolment>> enrolled = new HashMap<>();

    private Load() {}

    public static void main(String[] arguments) throws Exception {
        Crypto.preferFast();
        Load load = new Load();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(Processes.READY);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println(
                    load.round(URI.create(words[0]), Path.of(words[1]), Long.parseLong(words[2])));
        }
    }

    private String round(URI target, Path data, long seconds) throws Exception {
        List<Enrolment> agents = agents(data);
        List<String> tokens = new ArrayList<>();
        for (Enrolment agent : agents) {
            tokens.add(agent.token());
        }
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AGENTS)) {
            for (int i = 0; i < AGENTS; i++) {
                Enrolment agent = agents.get(i);
                String token = tokens.get(i);
                running.add(threads.submit(() -> work(target, agent, token, end)));
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

    private List<Enrolment> agents(Path data) throws Exception {
        List<Enrolment> agents = enrolled.computeIfAbsent(data, _ -> new ArrayList<>());
        for (int i = agents.size(); i < AGENTS; i++) {
            agents.add(Enrolment.at(data, "agent-" + i));
        }
        return agents;
    }

    /** Calls until the end; every answer must be the upstream's own. */
    private static long[] work(URI target, Enrolment agent, String token, long end)
            throws IOException {
        String url = target.toString();
        String authorization = HEADERS + "Authorization: DPoP " + token + "\r\nDPoP: ";
        long[] times = new long[1 << 12];
        int count = 0;
        try (Connection connection = new Connection(target)) {
            while (System.nanoTime() < end) {
                String headers = authorization + agent.proof(url, token) + "\r\n";
                byte[] body = body(count);
                long start = System.nanoTime();
                String answer = connection.post(headers, body);
                if (count == times.length) {
                    times = Arrays.copyOf(times, count * 2);
                }
                times[count++] = System.nanoTime() - start;
                if (!answer.contains(EchoUpstream.ANSWER) || answer.contains("\"isError\"")) {
                    throw new IOException("not a success: " + answer);
                }
            }
        }
        return Arrays.copyOf(times, count);
    }

    private static byte[] body(int count) {
        String text =
                """
                {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"edit","arguments":\
                {"path":"/agendas/2026/thursday.md","text":"4. Budget for the new office"},"_meta":\
                {"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},\
                "io.modelcontextprotocol/clientCapabilities":{}}}}"""
                        .formatted(count);
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
