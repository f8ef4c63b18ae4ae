package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.cli.adopt.Adoption;
import dev.remit.cli.adopt.Client;
import dev.remit.cli.adopt.GatewayFile;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.main.Config;
import dev.remit.main.ConfigReader;
import dev.remit.main.ConfigRefused;
import dev.remit.vault.OwnerFile;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code remit import}: puts Remit between a client and the servers that it has, and takes it away
 * again.
 */
@Command(
        name = "import",
        description =
                "adopt the MCP servers of a client that is installed here, so that it reaches them through Remit")
final class ImportCommand implements Callable<Integer> {
    private static final String BACKUP = ".before-remit-";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Mixin private Where where = new Where();

    @Parameters(
            arity = "0..1",
            paramLabel = "CLIENT",
            description = "claude-code, claude-desktop, cursor or vscode; else all of them")
    private @Nullable String client;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "the gateway's configuration, which they are added to (else remit.yaml here)")
    private Path config = Path.of("remit.yaml");

    @Option(names = "--undo", description = "give the client its servers back")
    private boolean undo;

    @Option(names = "--yes", description = "do it without asking first")
    private boolean yes;

    /** A file of a client's. */
    private record Found(Client client, Path file, String text) {}

    @Override
    public Integer call() throws IOException {
        List<Found> found = new ArrayList<>();
        Client.Machine machine = Client.Machine.ofThisProcess(name -> System.getProperty(name, ""));
        for (Client one : clients()) {
            for (Path file : one.files(machine)) {
                Path real = file.toRealPath();
                found.add(new Found(one, real, Files.readString(real)));
            }
        }
        if (found.isEmpty()) {
            throw new CommandFailed(
                    "no configuration of "
                            + (client == null ? "a client" : client)
                            + " was found here or in "
                            + machine.home()
                            + "; add your servers to remit.yaml yourself");
        }
        int done = 0;
        for (Found one : found) {
            done += (undo ? giveBack(one) : adopt(one)) ? 1 : 0;
        }
        if (done > 0 && !undo) {
            tellNext();
        }
        return Exit.DONE;
    }

    private List<Client> clients() {
        if (client == null) {
            return List.of(Client.values());
        }
        if (client.equals("codex")) {
            throw new CommandFailed(
                    "Codex's config.toml is not changed by Remit; take its [mcp_servers.…] tables"
                            + " over into remit.yaml, and put there: [mcp_servers.remit] command ="
                            + " \""
                            + launcher()
                            + "\", args = [\"connect\"]");
        }
        return Stream.of(Client.values())
                .filter(one -> one.code().equals(client))
                .findFirst()
                .map(List::of)
                .orElseThrow(
                        () ->
                                new CommandFailed(
                                        "`"
                                                + client
                                                + "` is not claude-code, claude-desktop, cursor or"
                                                + " vscode"));
    }

    private boolean adopt(Found found) throws IOException {
        String before = Files.exists(config) ? Files.readString(config) : "";
        Adoption adoption =
                Adoption.of(
                        found.client(),
                        found.text(),
                        connector(),
                        where.data().resolve("imported"),
                        names(before),
                        this::objection);
        if (adoption.taken().isEmpty()) {
            System.out.println(found.file() + ": nothing to adopt");
            adoption.left().forEach(ImportCommand::tellLeft);
            return false;
        }
        String after = GatewayFile.with(adoption.taken(), before);
        read(after);
        tell(found, adoption);
        if (!isAgreed()) {
            System.out.println("Nothing was changed.");
            return false;
        }
        for (Map.Entry<Path, String> secret : adoption.secrets().entrySet()) {
            Files.createDirectories(secret.getKey().getParent());
            OwnerFile.write(secret.getKey(), bytes(secret.getValue()));
        }
        Path backup =
                found.file()
                        .resolveSibling(
                                found.file().getFileName() + BACKUP + STAMP.format(Instant.now()));
        OwnerFile.write(backup, bytes(found.text()));
        OwnerFile.write(config.toAbsolutePath(), bytes(after));
        replace(found.file(), adoption.after());
        System.out.println("  kept as " + backup);
        return true;
    }

    /** The names of servers that the gateway has already. */
    private Set<String> names(String text) {
        return text.isBlank()
                ? Set.of()
                : read(text).upstreams().stream()
                        .map(UpstreamSettings::name)
                        .collect(Collectors.toSet());
    }

    /** Why the gateway would not start with such a server. */
    private Optional<String> objection(String name, Value.Fields server) {
        try {
            read(GatewayFile.with(Map.of(name, server), ""));
            return Optional.empty();
        } catch (ConfigRefused e) {
            return Optional.of(String.valueOf(e.getMessage()).replaceFirst("^.*?line \\d+: ", ""));
        }
    }

    /** Reads it as the start would, but for what it refers to, which may not be there yet. */
    private Config read(String text) {
        String readable = text.replaceAll("\"file:[^\"]*\"", "\"\\${env:NOT_READ}\"");
        return ConfigReader.read(config.toString(), readable, _ -> Optional.of("not-read-here"));
    }

    private void tell(Found found, Adoption adoption) {
        System.out.println(found.file());
        adoption.taken()
                .forEach(
                        (name, server) ->
                                System.out.println(
                                        "  - "
                                                + name
                                                + "   "
                                                + Shown.plain(Adoption.line(server))));
        System.out.println("  + remit   " + launcher() + " connect");
        adoption.left().forEach(ImportCommand::tellLeft);
        System.out.println(config.toAbsolutePath());
        adoption.taken().keySet().forEach(name -> System.out.println("  + " + name));
        adoption.secrets()
                .keySet()
                .forEach(file -> System.out.println("  a secret goes into " + file));
    }

    private static void tellLeft(String name, String why) {
        System.out.println("  = " + Shown.plain(name) + " stays, not governed: " + why);
    }

    private boolean giveBack(Found found) throws IOException {
        String begin = found.file().getFileName() + BACKUP;
        Optional<Path> backup;
        try (Stream<Path> beside = Files.list(found.file().getParent())) {
            backup =
                    beside.filter(one -> one.getFileName().toString().startsWith(begin))
                            .max(Path::compareTo);
        }
        if (backup.isEmpty()) {
            System.out.println(found.file() + ": nothing was adopted from it");
            return false;
        }
        String back = Adoption.undone(found.client(), Files.readString(backup.get()), found.text());
        System.out.println(found.file() + ": its servers as in " + backup.get());
        if (!isAgreed()) {
            System.out.println("Nothing was changed.");
            return false;
        }
        replace(found.file(), back);
        Files.delete(backup.get());
        System.out.println("  done; they stay in " + config + " as well, until you take them out");
        return true;
    }

    private boolean isAgreed() {
        if (yes) {
            return true;
        }
        Console terminal =
                Asked.terminal()
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "there is nobody to ask here; say --yes if it is"
                                                        + " right"));
        @Nullable String answer = terminal.readLine("Do it? [y/N] ");
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    /** Writes beside it and moves it there, with the permissions that it has. */
    private static void replace(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), ".remit", "");
        Files.copy(
                file,
                fresh,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String launcher() {
        return Path.of(System.getProperty("remit.home", "."), "remit").toString();
    }

    private static Value.Fields connector() {
        return Value.object()
                .put("command", launcher())
                .put("args", Value.ofTexts(List.of("connect")))
                .build();
    }

    private static void tellNext() {
        System.out.println();
        System.out.println("Next: `remit up` (again, if it runs), and for each client once");
        System.out.println("  remit agent new NAME              prints a code");
        System.out.println("  remit connect --code CODE </dev/null");
        System.out.println(
                "then start the client anew. It has no mandate yet; what it calls first is refused"
                        + " with a link that gives it one.");
    }
}
