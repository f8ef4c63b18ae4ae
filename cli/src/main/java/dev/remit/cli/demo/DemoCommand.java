package dev.remit.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code remit demo}. */
@Command(name = "demo", description = "see what Remit does, on real parts, in under a minute")
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--keep", description = "leave the gateway and the office running afterwards")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("remit-demo");
        int wrong;
        PrintStream out = System.out;
        try (Demo demo = new Demo(folder, out)) {
            wrong = demo.play();
            System.out.println();
            System.out.println(
                    wrong == 0
                            ? "All of it happened."
                            : wrong + " things did not happen as they must.");
            if (keep) {
                System.out.println(
                        "The gateway goes on until Ctrl-C: remit agent list --data "
                                + folder.resolve("data"));
                Thread.currentThread().join();
            }
        }
        if (wrong == 0) {
            remove(folder);
        }
        return wrong == 0 ? 0 : 1;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(DemoCommand::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
