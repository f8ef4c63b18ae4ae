package dev.remit.bench.tokens;

import dev.remit.bench.hop.Enrolment;
import dev.remit.bench.hop.Processes;
import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code remit up}, as an operator starts it. */
final class RemitRival {
    private static final String ALWAYS = "every token is bound to a key, so each request proves it";

    private RemitRival() {}

    static Rival start(Path launcher, Path folder, Path log, int clients) throws Exception {
        int port = Processes.freePort();
        Path data = folder.resolve("remit");
        Path config = Files.writeString(folder.resolve("remit.yaml"), "listen: 127.0.0.1:" + port);
        Process process =
                Processes.start(
                        List.of(
                                launcher.toString(),
                                "up",
                                "--config",
                                config.toString(),
                                "--data",
                                data.toString()),
                        log);
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && !line.startsWith("Remit is running")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("Remit did not start");
        }
        Value.Fields door =
                JsonReader.readFields(Files.readAllBytes(data.resolve("operator.json")));
        URI gateway = URI.create(door.text("gateway").orElseThrow());
        List<Client> enrolled = enrol(gateway, door.text("word").orElseThrow(), clients);
        Service service =
                new Service(
                        gateway.toString(),
                        gateway.resolve("/oauth2/token"),
                        gateway.resolve("/oauth2/introspect"),
                        "",
                        "",
                        true,
                        enrolled);
        return new Rival(
                "Remit",
                process,
                service,
                Map.of(Operation.CREDENTIALS, ALWAYS, Operation.EXCHANGE, ALWAYS));
    }

    /** Each agent's mandate may be passed on to the one before it. */
    private static List<Client> enrol(URI gateway, String word, int clients) throws Exception {
        List<Client> enrolled = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Client named = Client.fresh("agent-" + i);
            Value.Fields added =
                    Enrolment.act(
                            gateway,
                            word,
                            "agents/add",
                            Value.object().put("name", named.id()).build());
            String id = Enrolment.enrol(gateway, added, new DpopSigner(named.keys()));
            enrolled.add(new Client(id, named.keys()));
        }
        for (int i = 0; i < clients; i++) {
            String before = "agent-" + (i + clients - 1) % clients;
            Enrolment.act(
                    gateway,
                    word,
                    "mandates/new",
                    Enrolment.mandate("agent-" + i, List.of(before)));
        }
        return enrolled;
    }
}
