package dev.remit.cli.demo;

import dev.remit.gateway.upstream.UpstreamSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The example office on this machine: its records in a folder, its SMTP server running, its MCP
 * servers to be had.
 */
final class OfficeBuilding implements AutoCloseable {
    private final Path folder;
    private final Path jar;
    private final int smtpPort = freePort();
    private final Process smtp;

    OfficeBuilding(Path folder) {
        this.folder = folder;
        this.jar =
                Path.of(
                        System.getProperty("remit.home", "."),
                        "examples/office/target/remit-office.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "the example office is not built; run `mvn -DskipTests package` once");
        }
        try {
            if (new ProcessBuilder(java("furnish", folder.toString())).inheritIO().start().waitFor()
                    != 0) {
                throw new IllegalStateException("the example office could not be furnished");
            }
            List<String> command = java("smtp", Integer.toString(smtpPort), mails().toString());
            smtp =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            smtp.inputReader().readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The office's servers, as a client's {@code mcpServers} would have them. */
    List<UpstreamSettings> servers() {
        return List.of(
                server("calendar", folder.toString()),
                server("documents", folder.toString()),
                server("people", folder.toString()),
                server("bank", folder.toString()),
                server("mail", Integer.toString(smtpPort)));
    }

    private UpstreamSettings server(String name, String argument) {
        List<String> command = java(name, argument);
        return new UpstreamSettings.Stdio(
                name,
                command.getFirst(),
                command.subList(1, command.size()),
                Map.of(),
                Optional.empty(),
                UpstreamSettings.Terms.USUAL);
    }

    private List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-jar",
                        jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** How many mails have arrived, once no more is on its way. */
    long mailsReceived() {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
            return filesIn(mails());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** How many payments were made. */
    long payments() {
        return filesIn(folder.resolve("payments"));
    }

    private static long filesIn(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document as it lies in the office. */
    String document(String id) {
        try {
            return Files.readString(folder.resolve("documents").resolve(id + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path mails() {
        return folder.resolve("mails");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        smtp.destroy();
    }
}
