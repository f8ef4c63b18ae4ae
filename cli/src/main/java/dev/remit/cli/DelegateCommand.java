package dev.remit.cli;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.client.Identity;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Passing;
import dev.remit.mandate.Share;
import dev.remit.vault.OwnerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit mandate delegate}: signs with the holder's key; no gateway is asked. */
@Command(
        name = "delegate",
        description = "pass a part of a mandate on to a helper's key, with no server")
final class DelegateCommand implements Callable<Integer> {
    private static final Pattern NAMED = Pattern.compile("([0-9A-Za-z_-]{1,32})=([^=(]+\\..*)");

    @Parameters(
            paramLabel = "MANDATE",
            description = "its id, or a file with what `remit mandate show MANDATE --json` printed")
    private String mandate = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "KEY",
            description =
                    "the helper: a file with its public key as `remit connect --prepare` prints it,"
                            + " or the name of one of this user's identities")
    private String to = "";

    @Option(
            names = "--tools",
            required = true,
            paramLabel = "[NAME=]PERMISSION",
            description =
                    "upstream.tool or upstream.tool(name=value, *), with the name of the permission"
                            + " that it is a part of unless that can be seen; may be repeated")
    private List<String> tools = List.of();

    @Option(names = "--uses", paramLabel = "N", description = "good for so many calls in all")
    private @Nullable Long uses;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "30s, 15m, 2h; an hour if nothing is said, at most 24h")
    private @Nullable String expires;

    @Option(
            names = "--further",
            paramLabel = "N",
            defaultValue = "0",
            description = "how many times the helper may pass it on (default: 0)")
    private int further;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the identity file of whoever passes it on (default: that of `agent`)")
    private @Nullable Path key;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write it to this file, for its owner alone, and not to standard output")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Identity holder = Identity.read(key != null ? key : ConnectCommand.identity("agent"));
        Optional<Mandate> shown = shown();
        MandateId id = shown.map(Mandate::id).orElseGet(this::id);
        Instant now = Instant.now();
        DelegationChain chain = holder.delegate(id, what(shown, now), helper(), now);
        if (out == null) {
            System.out.println(chain.text());
            return Exit.DONE;
        }
        try {
            OwnerFile.write(out, (chain.text() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailed("the file " + out + " cannot be written");
        }
        System.err.println(
                "remit: passed on until "
                        + chain.last().step().expiresAt()
                        + "; the helper runs `remit connect --chain "
                        + out
                        + "`");
        return Exit.DONE;
    }

    private Passing what(Optional<Mandate> shown, Instant now) {
        return new Passing(
                tools.stream().map(DelegateCommand::part).toList(),
                Optional.ofNullable(expires).map(time -> now.plus(MandateCommands.time(time))),
                uses == null ? OptionalLong.empty() : OptionalLong.of(uses),
                further,
                shown.map(Share::of));
    }

    private static Value.Fields part(String typed) {
        Matcher named = NAMED.matcher(typed.strip());
        return named.matches()
                ? Shorthand.permission(named.group(2)).with("name", Value.of(named.group(1)))
                : Shorthand.permission(typed);
    }

    private MandateId id() {
        try {
            return new MandateId(mandate);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("`" + mandate + "` is neither a mandate's id nor a file");
        }
    }

    private Optional<Mandate> shown() {
        Path file = Path.of(mandate);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MandateText.read(JsonReader.readFields(Files.readAllBytes(file))));
        } catch (IOException
                | MalformedJson
                | IllegalArgumentException
                | NoSuchElementException e) {
            throw new CommandFailed(
                    "the file " + file + " is not what `remit mandate show MANDATE --json` prints");
        }
    }

    private Jwk helper() {
        Path file = Path.of(to);
        if (!Files.isRegularFile(file)) {
            Path known = ConnectCommand.identity(to);
            if (Files.isRegularFile(known)) {
                return new DpopSigner(Identity.read(known).key().pair()).publicKey();
            }
            throw new CommandFailed(
                    "there is no file and no identity `"
                            + to
                            + "`; the helper prints its key with `remit connect --prepare`");
        }
        try {
            return Jwk.of(JsonReader.readFields(Files.readAllBytes(file))).orElseThrow();
        } catch (IOException
                | MalformedJson
                | IllegalArgumentException
                | NoSuchElementException e) {
            throw new CommandFailed("the file " + file + " holds no public key as a JWK");
        }
    }
}
