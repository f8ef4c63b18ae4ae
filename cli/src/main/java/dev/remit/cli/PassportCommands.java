package dev.remit.cli;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code remit agent passport …}. */
@Command(
        name = "passport",
        description = "issue a passport for the holder of a key, to enrol with instead of a code")
final class PassportCommands implements Callable<Integer> {
    @ParentCommand private AgentCommands above = new AgentCommands();
    @Mixin private Shown shown = new Shown();

    @Parameters(paramLabel = "AGENT", arity = "0..1")
    private @Nullable String agent;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the holder's public key as a JWK, Ed25519 or P-256")
    private @Nullable Path key;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "how long it is good (m, h, d); 30d unless set")
    private String expires = "30d";

    @Override
    public Integer call() {
        if (agent == null || key == null) {
            throw new CommandFailed("say for which AGENT, and give the holder's key with --key");
        }
        Value.Fields issued =
                act(
                        "passports/issue",
                        Value.object()
                                .put("agent", agent)
                                .put("key", read(key))
                                .put("lives", life(expires).toString())
                                .build());
        shown.show(issued, out -> out.println(issued.text("text").orElse("")));
        return Exit.DONE;
    }

    @Command(name = "list", description = "show an agent's passports")
    int list(@Parameters(paramLabel = "AGENT") String named, @Mixin Shown form) {
        Value all =
                above.operator().act("passports/list", Value.object().put("agent", named).build());
        form.show(
                all,
                out -> {
                    if (all instanceof Value.Items(var passports)) {
                        for (Value one : passports) {
                            Value.Fields passport = (Value.Fields) one;
                            out.printf(
                                    "%-10s until %s  key %s%s%n",
                                    passport.text("passport").orElse(""),
                                    passport.text("expires").orElse(""),
                                    passport.text("key").orElse(""),
                                    passport.flag("revoked") ? "  revoked" : "");
                        }
                    }
                });
        return Exit.DONE;
    }

    @Command(
            name = "revoke",
            description = "end a passport, and the instance that was enrolled by it, for good")
    int revoke(@Parameters(paramLabel = "PASSPORT") String passport) {
        act("passports/revoke", Value.object().put("passport", passport).build());
        System.out.println("revoked");
        return Exit.DONE;
    }

    private static Value.Fields read(Path file) {
        try {
            return JsonReader.readFields(Files.readAllBytes(file));
        } catch (IOException | MalformedJson e) {
            throw new CommandFailed("the file " + file + " holds no JWK that can be read");
        }
    }

    private static Duration life(String text) {
        if (!text.matches("[1-9][0-9]{0,5}[mhd]")) {
            throw new CommandFailed("--expires is a number with m, h or d, as in 30d");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private Value.Fields act(String name, Value.Fields asked) {
        return (Value.Fields) above.operator().act(name, asked);
    }
}
