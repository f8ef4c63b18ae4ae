package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A canary in the place of every upstream credential, an upstream that repeats them in every way it
 * knows, and a look at every byte that came of it.
 */
final class CanaryTest {
    private static final String EVERYTHING =
            "@modelcontextprotocol/server-everything/dist/index.js";
    private static final List<String> NAMES =
            List.of("bearer", "basic", "header", "client", "exchange", "consent", "configured");
    private static final List<String> TOOLS = List.of("say", "fail", "crash", "stream", "other");
    private static final int WAIT_MILLIS = 60_000;

    private static final String ASKED =
            """
            {"subject":{"type":"agent","id":"agt_nobody"},"action":{"name":"tools/call"},\
            "resource":{"type":"tool","id":"program.echo"}}""";

    private final Map<String, String> canaries = new LinkedHashMap<>();
    private final StringBuilder seen = new StringBuilder();

    private String canary(String name) {
        return canaries.computeIfAbsent(
                name, one -> "canary/" + one + "+8f3a7c21==" + one.length());
    }

    @Test
    @DisplayName(
            "AUDIT-015 LEAK-001 CRED-008 CRED-009 LEAK-005 TOOL-011 no credential shows in anything we produce")
    void sweep(@TempDir Path home, @TempDir Path elsewhere) throws Exception {
        Npm.install();
        int port = Ports.free();
        Commands remit = new Commands(home);
        Map<String, String> tokens =
                Map.of(
                        "client_credentials", canary("client-token"),
                        "token-exchange", canary("exchange-token"),
                        "authorization_code", canary("consent-token"),
                        "refresh", canary("consent-refresh"));
        try (Gossip gossip = new Gossip(tokens)) {
            configure(home, port, gossip);
            Process up = up(remit, home);
            try {
                keep(remit, elsewhere, gossip);
                agree(remit, port, Files.readString(home.resolve("up.log")));
                use(remit, port);
                heard(gossip);
                look(remit, port, up);
            } finally {
                up.destroy();
                up.waitFor();
            }
        }
        assertThat(found(home)).as("canaries found").isEmpty();
    }

    private void configure(Path home, int port, Gossip gossip) throws IOException {
        StringBuilder servers = new StringBuilder("listen: 127.0.0.1:" + port + "\nmcpServers:\n");
        for (String name : NAMES) {
            servers.append("  " + name + ": {url: \"" + gossip.origin() + "/mcp\"");
            servers.append(
                    name.equals("configured")
                            ? ", headers: {X-Key: \"Key ${env:CANARY_HEADER}\"}}\n"
                            : "}\n");
        }
        servers.append(
                "  program: {command: \"%s\", args: [\"%s\", stdio], env: {API_TOKEN: \"${env:CANARY_PROGRAM}\"}}\n"
                        .formatted(Npm.node(), Npm.file(EVERYTHING)));
        servers.append(
                "access: {points: {edge: {token: \"${env:CANARY_POINT}\", upstreams: [program]}}}\n");
        Files.writeString(home.resolve("remit.yaml"), servers);
    }

    private Process up(Commands remit, Path home) throws Exception {
        Path log = home.resolve("up.log");
        ProcessBuilder builder =
                new ProcessBuilder(remit.command("up"))
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("CANARY_HEADER", canary("configured"));
        builder.environment().put("CANARY_PROGRAM", canary("program"));
        builder.environment().put("CANARY_POINT", canary("enforcement-point"));
        Process up = builder.start();
        long end = System.currentTimeMillis() + WAIT_MILLIS;
        while (!Files.readString(log).contains("Ctrl-C")) {
            assertThat(up.isAlive() && System.currentTimeMillis() < end)
                    .as(Files.readString(log))
                    .isTrue();
            Thread.sleep(100);
        }
        return up;
    }

    private void keep(Commands remit, Path elsewhere, Gossip gossip) throws Exception {
        done(remit.runWith(canary("bearer"), "credential", "set", "bearer", "--kind", "bearer"));
        done(
                remit.runWith(
                        canary("basic"),
                        "credential",
                        "set",
                        "basic",
                        "--kind",
                        "basic",
                        "--user",
                        "remit"));
        done(
                remit.runWith(
                        canary("header"),
                        "credential",
                        "set",
                        "header",
                        "--kind",
                        "header",
                        "--header",
                        "X-Key",
                        "--template",
                        "Token {secret}"));
        done(
                remit.runWith(
                        canary("client-secret"),
                        "credential",
                        "set",
                        "client",
                        "--kind",
                        "client-credentials",
                        "--client-id",
                        "remit",
                        "--token-endpoint",
                        gossip.origin() + "/token"));
        Path subject = elsewhere.resolve("subject");
        Files.writeString(subject, canary("subject-token"));
        done(
                remit.runWith(
                        canary("exchange-secret"),
                        "credential",
                        "set",
                        "exchange",
                        "--kind",
                        "exchange",
                        "--client-id",
                        "remit",
                        "--client-auth",
                        "post",
                        "--token-endpoint",
                        gossip.origin() + "/token",
                        "--subject-token-file",
                        subject.toString()));
    }

    private void agree(Commands remit, int port, String log) throws Exception {
        Commands.Ran begun = done(remit.run("credential", "consent", "consent", "--json"));
        String page = json(begun).text("open").orElseThrow();
        Matcher state = Pattern.compile("[?&]state=([^&]+)").matcher(page);
        assertThat(state.find()).isTrue();
        String back = "/credentials/callback?code=c&state=" + state.group(1);
        Browser browser = new Browser("http://localhost:" + port);
        HttpResponse<String> first = browser.get(back);
        assertThat(first.headers().firstValue("Location").orElse(""))
                .endsWith("/sign-in?return=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
        Matcher link = Pattern.compile("first sign-in +(\\S+)").matcher(log);
        assertThat(link.find()).as(log).isTrue();
        browser.welcome(link.group(1));
        assertThat(browser.get(back).body()).startsWith("Done");
    }

    private void use(Commands remit, int port) throws Exception {
        String gateway = "http://127.0.0.1:" + port;
        String code =
                json(done(remit.run("agent", "new", "bird", "--json"))).text("code").orElseThrow();
        done(remit.run("connect", "--gateway", gateway, "--code", code));
        List<String> mandate =
                new ArrayList<>(List.of("mandate", "new", "sing", "--agent", "bird"));
        for (String name : NAMES) {
            for (String tool : List.of("say", "fail", "crash", "stream")) {
                mandate.addAll(List.of("--allow", name + "." + tool));
            }
        }
        mandate.addAll(List.of("--allow", "program.get-env", "--strikes", "100"));
        done(remit.run(mandate.toArray(String[]::new)));
        StringBuilder input =
                new StringBuilder(
                        """
                        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                        {"jsonrpc":"2.0","method":"notifications/initialized"}
                        {"jsonrpc":"2.0","id":2,"method":"logging/setLevel","params":{"level":"debug"}}
                        {"jsonrpc":"2.0","id":3,"method":"tools/list"}
                        """);
        int id = 10;
        for (String name : NAMES) {
            for (String tool : TOOLS) {
                input.append(call(id++, name + "__" + tool));
            }
        }
        input.append(call(id++, "program__get-env"));
        Commands.Ran ran = done(remit.runWith(input.toString(), "connect"));
        assertThat(ran.out().lines().filter(line -> line.contains("\"***")).count())
                .as(ran.out())
                .isPositive();
        assertThat(ran.out()).contains("API_TOKEN");
    }

    private static String call(int id, String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":{}}}\n"
                .formatted(id, tool);
    }

    /** The twin: the upstream did get every one of them. */
    private void heard(Gossip gossip) {
        String pair = "remit:" + canary("basic");
        assertThat(gossip.heard())
                .containsExactlyInAnyOrder(
                        "Bearer " + canary("bearer"),
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                        "Token " + canary("header"),
                        "Bearer " + canary("client-token"),
                        "Bearer " + canary("exchange-token"),
                        "Bearer " + canary("consent-token"),
                        "Key " + canary("configured"));
    }

    private void look(Commands remit, int port, Process up) throws Exception {
        for (String[] command :
                new String[][] {
                    {"credential", "list"},
                    {"credential", "list", "--json"},
                    {"tool", "list"},
                    {"tool", "list", "--json"},
                    {"mandate", "list", "--json"},
                    {"agent", "list", "--json"},
                    {"audit", "verify"},
                    {"doctor"},
                    {"check"},
                    {"keys", "seal"}
                }) {
            keepWhatItSaid(remit.run(command));
        }
        Set<String> calls = new TreeSet<>();
        Matcher call = Pattern.compile("call_[0-9a-f]{32}").matcher(seen);
        while (call.find()) {
            calls.add(call.group());
        }
        assertThat(calls).isNotEmpty();
        for (String one : calls.stream().limit(3).toList()) {
            keepWhatItSaid(remit.run("why", one));
            keepWhatItSaid(remit.run("audit", "receipt", one, "--with", "all"));
        }
        for (String path :
                List.of(
                        "/metrics",
                        "/healthz",
                        "/readyz",
                        "/log/checkpoint",
                        "/log/tile/entries/000",
                        "/credentials/callback?state=x&code=y",
                        "/actuator",
                        "/debug",
                        "/actuator/heapdump",
                        "/jolokia",
                        "/h2-console",
                        "/operator/v1/credentials/list",
                        "/mcp/bearer")) {
            HttpResponse<String> response = get("http://127.0.0.1:" + port + path);
            assertThat(response.statusCode()).as(path).isLessThan(500);
            if (!path.matches("/metrics|.*z|/log/checkpoint")) {
                assertThat(response.statusCode()).as(path).isGreaterThanOrEqualTo(300);
            }
            seen.append(response.headers().map()).append(response.body());
        }
        for (String question : List.of("{}", "not JSON", ASKED)) {
            HttpResponse<String> response = ask(port, question);
            assertThat(response.statusCode()).isEqualTo(question.equals(ASKED) ? 200 : 400);
            seen.append(response.headers().map()).append(response.body());
        }
        for (ProcessHandle process :
                Stream.concat(Stream.of(up.toHandle()), up.descendants()).toList()) {
            seen.append(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")));
        }
        assertThat(new ProcessBuilder("kill", "-QUIT", Long.toString(up.pid())).start().waitFor())
                .isZero();
        Thread.sleep(500); // the dump of all threads goes to up.log
    }

    private HttpResponse<String> ask(int port, String question) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + "/access/v1/evaluation");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(address)
                            .header("Authorization", "Bearer " + canary("enforcement-point"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(question))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private Set<String> found(Path home) throws IOException {
        Set<String> found = new TreeSet<>();
        search("what commands and doors said", seen.toString(), found);
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all.stream().map(file -> String.valueOf(file.getFileName())))
                    .contains("up.log", "books.db", "checkpoint")
                    .anyMatch(name -> name.startsWith("crd_"));
            for (Path file : all) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                search(home.relativize(file).toString(), text, found);
            }
        }
        return found;
    }

    private void search(String where, String text, Set<String> found) {
        canaries.forEach(
                (name, canary) -> {
                    for (String form : forms(canary)) {
                        if (text.contains(form)) {
                            found.add(name + " as " + form + " in " + where);
                        }
                    }
                });
    }

    /** Written out here once more, so that what hides them is not what looks for them. */
    private static Set<String> forms(String canary) {
        Set<String> forms = new TreeSet<>();
        forms.add(canary);
        for (String before : List.of("", "a", "ab")) {
            byte[] bytes = (before + canary + "zz").getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.encodeToString(bytes);
                forms.add(text.substring(4, text.length() - 8));
            }
        }
        String hex = HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8));
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        String encoded = URLEncoder.encode(canary, StandardCharsets.UTF_8);
        forms.add(encoded);
        forms.add(encoded.replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d"));
        return forms;
    }

    private Commands.Ran done(Commands.Ran ran) {
        keepWhatItSaid(ran);
        assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
        return ran;
    }

    private void keepWhatItSaid(Commands.Ran ran) {
        seen.append(ran.out()).append('\n').append(ran.err()).append('\n');
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Value.Fields json(Commands.Ran ran) throws MalformedJson {
        return JsonReader.readFields(ran.out().strip().getBytes(StandardCharsets.UTF_8));
    }
}
