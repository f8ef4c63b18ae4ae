package dev.remit.cli;

import dev.remit.main.Config;
import dev.remit.main.ConfigReader;
import dev.remit.main.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code remit up}. */
@Command(name = "up", description = "run the gateway until it is stopped")
final class UpCommand implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration (else remit.yaml here, if there is one)")
    private @Nullable Path file;

    @Override
    public Integer call() throws InterruptedException {
        Config config = config(file);
        config.warnings().forEach(warning -> System.err.println("remit: " + warning));
        CountDownLatch stopped = new CountDownLatch(1);
        Server server = new Server(config, where.data(), InstantSource.system());
        Thread stop =
                new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        });
        Runtime.getRuntime().addShutdownHook(stop);
        System.out.println(
                "Remit is running at " + server.url() + ", with its data in " + where.data());
        System.out.println();
        System.out.println("  MCP for agents     " + server.url() + "/mcp");
        System.out.println("  add an agent       remit agent new NAME");
        System.out.println(
                "  give it a task     remit mandate new \"WORDS\" --agent NAME --allow UPSTREAM.TOOL");
        server.console().ifPresent(page -> System.out.println("  console            " + page));
        server.firstSignIn()
                .ifPresent(
                        link ->
                                System.out.println(
                                        "  first sign-in      "
                                                + link
                                                + "   (once, within 15 minutes)"));
        System.out.println("  stop               Ctrl-C");
        stopped.await();
        return Exit.DONE;
    }

    /**
     * The named file, or {@code remit.yaml} where the command was given, or the usual
     * configuration.
     */
    static Config config(@Nullable Path named) {
        Path here = Path.of("remit.yaml");
        if (named == null && !Files.exists(here)) {
            return Config.usual();
        }
        return ConfigReader.read(
                named == null ? here : named, name -> Optional.ofNullable(System.getenv(name)));
    }
}
