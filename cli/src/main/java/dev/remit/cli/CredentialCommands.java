package dev.remit.cli;

import dev.remit.call.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code remit credential …}. A secret is read from standard input or a file, never an argument.
 */
@Command(
        name = "credential",
        description = "the real credentials for upstreams, which agents never see")
final class CredentialCommands {
    private static final int LONGEST = 64 * 1024;

    @Mixin private Where where = new Where();

    /** What the kinds of tokens need besides the secret. */
    static final class TokenOptions {
        @Option(names = "--token-endpoint", paramLabel = "URL", description = "for tokens")
        private @Nullable String tokenEndpoint;

        @Option(names = "--client-id", paramLabel = "ID", description = "for tokens")
        private @Nullable String clientId;

        @Option(names = "--client-auth", paramLabel = "basic|post", description = "for tokens")
        private @Nullable String clientAuth;

        @Option(names = "--scope", paramLabel = "SCOPE", description = "for tokens")
        private @Nullable String scope;

        @Option(names = "--audience", paramLabel = "NAME", description = "for exchange")
        private @Nullable String audience;

        @Option(
                names = "--resource",
                paramLabel = "URL|none",
                description = "for tokens (else the upstream's URL)")
        private @Nullable String resource;

        @Option(
                names = "--subject-token-file",
                paramLabel = "FILE",
                description = "for exchange: holds the token that is exchanged")
        private @Nullable Path subjectToken;

        @Option(names = "--subject-token-type", paramLabel = "URN", description = "for exchange")
        private @Nullable String subjectTokenType;

        void put(Value.Building asked) {
            CredentialCommands.put(asked, "token_endpoint", tokenEndpoint);
            CredentialCommands.put(asked, "client_id", clientId);
            CredentialCommands.put(asked, "client_auth", clientAuth);
            CredentialCommands.put(asked, "scope", scope);
            CredentialCommands.put(asked, "audience", audience);
            CredentialCommands.put(asked, "resource", resource);
            CredentialCommands.put(asked, "subject_token_type", subjectTokenType);
            if (subjectToken != null) {
                asked.put("subject_token", secret(Optional.of(subjectToken)));
            }
        }
    }

    private static void put(Value.Building asked, String name, @Nullable String value) {
        if (value != null) {
            asked.put(name, value);
        }
    }

    @Command(
            name = "set",
            description =
                    "keep a credential; the secret comes from standard input or --secret-file")
    int set(
            @Parameters(paramLabel = "UPSTREAM") String upstream,
            @Option(
                            names = "--kind",
                            required = true,
                            paramLabel = "KIND",
                            description = "bearer, basic, header, client-credentials or exchange")
                    String kind,
            @Option(names = "--person", paramLabel = "PERSON", description = "only for this one")
                    @Nullable String person,
            @Option(names = "--secret-file", paramLabel = "FILE", description = "holds the secret")
                    @Nullable Path file,
            @Option(names = "--header", paramLabel = "NAME", description = "for header")
                    @Nullable String header,
            @Option(
                            names = "--template",
                            paramLabel = "TEXT",
                            description = "for header: its value, with {secret} in it")
                    @Nullable String template,
            @Option(names = "--user", paramLabel = "NAME", description = "for basic")
                    @Nullable String user,
            @Mixin TokenOptions tokens) {
        Value.Building asked = Value.object().put("upstream", upstream).put("kind", kind);
        put(asked, "person", person);
        put(asked, "header", header);
        put(asked, "template", template);
        put(asked, "user", user);
        tokens.put(asked);
        asked.put("secret", secret(Optional.ofNullable(file)));
        where.operator().act("credentials/set", asked.build());
        System.out.println("kept");
        return Exit.DONE;
    }

    private static String secret(Optional<Path> file) {
        try {
            byte[] read =
                    file.isPresent()
                            ? Files.readAllBytes(file.get())
                            : System.in.readNBytes(LONGEST);
            String text = new String(read, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw new CommandFailed(
                        "there is no secret; write it to standard input, or give --secret-file");
            }
            return text;
        } catch (IOException e) {
            throw new CommandFailed("the secret cannot be read from " + file.orElse(Path.of("-")));
        }
    }

    @Command(name = "list", description = "show which credentials are kept, not what they are")
    int list(@Mixin Shown shown) {
        Value credentials = where.operator().act("credentials/list", Value.Fields.EMPTY);
        shown.show(credentials, out -> lines(out, credentials));
        return Exit.DONE;
    }

    private static void lines(PrintStream out, Value credentials) {
        if (credentials instanceof Value.Items(var all)) {
            for (Value one : all) {
                Value.Fields credential = (Value.Fields) one;
                out.printf(
                        "%-20s %-18s %-14s %s  since %s%n",
                        credential.text("upstream").orElse(""),
                        credential.text("kind").orElse(""),
                        credential.text("person").orElse("everybody"),
                        credential.text("origin").orElse(""),
                        credential.text("since").orElse(""));
            }
        }
    }

    @Command(name = "remove", description = "stop using a credential, and erase it")
    int remove(
            @Parameters(paramLabel = "UPSTREAM") String upstream,
            @Option(names = "--person", paramLabel = "PERSON") @Nullable String person) {
        Value.Building asked = Value.object().put("upstream", upstream);
        put(asked, "person", person);
        where.operator().act("credentials/remove", asked.build());
        System.out.println("removed");
        return Exit.DONE;
    }

    @Command(
            name = "consent",
            description = "print the page on which a person agrees that Remit acts there for them")
    int consent(
            @Parameters(paramLabel = "UPSTREAM") String upstream,
            @Option(names = "--person", paramLabel = "PERSON") @Nullable String person,
            @Option(
                            names = "--client-id",
                            paramLabel = "ID",
                            description = "as whom Remit is known there (else it registers)")
                    @Nullable String clientId,
            @Option(
                            names = "--secret-file",
                            paramLabel = "FILE",
                            description = "holds the secret that goes with --client-id")
                    @Nullable Path file,
            @Mixin Shown shown) {
        Value.Building asked = Value.object().put("upstream", upstream);
        put(asked, "person", person);
        put(asked, "client_id", clientId);
        if (file != null) {
            asked.put("secret", secret(Optional.of(file)));
        }
        Value.Fields begun =
                (Value.Fields) where.operator().act("credentials/consent", asked.build());
        shown.show(
                begun,
                out ->
                        out.println(
                                "Open this page within 10 minutes:\n\n  "
                                        + Shown.plain(begun.text("open").orElse(""))));
        return Exit.DONE;
    }
}
