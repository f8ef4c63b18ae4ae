package dev.remit.cli;

import dev.remit.ledger.NoteKey;
import dev.remit.main.Config;
import dev.remit.main.WitnessServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code remit witness}. */
@Command(
        name = "witness",
        description =
                "cosign the checkpoints of other ledgers, each only if it grew from the last one;"
                        + " run it where their operators cannot reach it")
final class WitnessCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "its own folder, with its key and what it has cosigned")
    private Path data = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what it is called, as in witness.example; needed at the first start")
    private @Nullable String name;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "KEY",
            description = "the key of a ledger that it cosigns, or a file that holds it")
    private List<String> logs = List.of();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8421",
            description = "where it listens (${DEFAULT-VALUE})")
    private String listen = "";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "how ledgers reach it, if not by that: scheme://host[:port]")
    private @Nullable String publicUrl;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<NoteKey> known = new ArrayList<>();
        for (String log : logs) {
            known.add(
                    NoteKey.read(ReceiptVerifyCommand.held(log), NoteKey.Kind.LOG)
                            .orElseThrow(
                                    () ->
                                            new CommandFailed(
                                                    "`"
                                                            + log
                                                            + "` is not a ledger's key; it is in"
                                                            + " its `ledger/key.pub`")));
        }
        CountDownLatch stopped = new CountDownLatch(1);
        WitnessServer server =
                new WitnessServer(
                        address(),
                        data.toAbsolutePath(),
                        Optional.ofNullable(name),
                        known,
                        InstantSource.system());
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    stopped.countDown();
                                }));
        System.out.println("The witness is running at " + address().publicUrl());
        System.out.println("  key   " + server.key());
        System.out.println("  stop  Ctrl-C");
        stopped.await();
        return Exit.DONE;
    }

    private Config.Address address() {
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        if (colon < 1 || !port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new CommandFailed("`--listen` is host:port, as in 127.0.0.1:8421");
        }
        String url = publicUrl == null ? "http://" + listen : publicUrl;
        if (!url.matches("https?://[a-z0-9.\\[\\]:-]+")) {
            throw new CommandFailed("`--public-url` is scheme://host or scheme://host:port");
        }
        return new Config.Address(listen.substring(0, colon), Integer.parseInt(port), url);
    }
}
