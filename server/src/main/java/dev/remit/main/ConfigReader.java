package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.identity.Nonces;
import dev.remit.identity.Unbound;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads the configuration file, {@code docs/reference/remit.schema.json}. Whatever it does not know
 * stops the start, with the line and the mend.
 */
public final class ConfigReader {
    private static final List<String> TOP =
            List.of(
                    "listen",
                    "public_url",
                    "dpop_nonce",
                    "bearer",
                    "people",
                    "passports",
                    "assertions",
                    "mcpServers",
                    "upstreams",
                    "outgoing",
                    "sealing_key",
                    "keys",
                    "rules",
                    "overstepping",
                    "access",
                    "intent",
                    "ledger",
                    "approvals");

    private final String file;
    private final Yaml yaml;
    private final References references;
    private final List<String> warnings = new ArrayList<>();

    private ConfigReader(String file, Yaml yaml, Function<String, Optional<String>> environment) {
        this.file = file;
        this.yaml = yaml;
        this.references = new References(environment, this::refused);
    }

    /** Whether something that is called this is likely to be a secret. */
    public static boolean isSecretName(String name) {
        return References.isSecret(name);
    }

    /** Reads a file; {@link ConfigRefused} says what is wrong with it. */
    public static Config read(Path file, Function<String, Optional<String>> environment) {
        try {
            return read(file.toString(), Files.readString(file), environment);
        } catch (IOException e) {
            throw new ConfigRefused(
                    "the configuration " + file + " cannot be read; give its path with --config");
        }
    }

    /** Reads a configuration's text. */
    public static Config read(
            String file, String text, Function<String, Optional<String>> environment) {
        return new ConfigReader(file, Yaml.read(file, text), environment).config();
    }

    private Config config() {
        Value.Fields top = yaml.value();
        only(top, "", TOP);
        String listen = text(top, "", "listen").orElse("127.0.0.1:" + Config.USUAL_PORT);
        int colon = listen.lastIndexOf(':');
        String host = colon < 1 ? "" : listen.substring(0, colon);
        int port = port(listen, colon);
        String publicUrl = text(top, "", "public_url").orElse("http://" + host + ":" + port);
        checkPublicUrl(publicUrl);
        KeyReader keys = new KeyReader(this);
        Config.Draft draft = new Config.Draft(new Config.Address(host, port, publicUrl));
        draft.nonces = nonces(text(top, "", "dpop_nonce").orElse("when-needed"));
        draft.unbound = text(top, "", "bearer").map(this::unbound);
        draft.upstreams = new ServerReader(this, references).upstreams(top);
        draft.providers = new ProviderReader(this).providers(fields(top, "", "people"));
        draft.issuers = new IssuerReader(this).issuers(fields(top, "", "passports"), publicUrl);
        draft.assertions =
                new AssertionReader(this).issuers(fields(top, "", "assertions"), publicUrl);
        draft.trusted = new CredentialReader(this).trusted(top);
        draft.sealingKey = keys.sealingKey(top);
        draft.keyAges = keys.ages(top);
        draft.rules = new RuleReader(this, Path.of(file)).rules(top);
        draft.points = new PointReader(this).points(top, draft.upstreams);
        draft.webhooks = new WebhookReader(this).webhooks(top, draft.address.peoplesOrigin());
        draft.intent = new IntentReader(this).settings(top, draft.upstreams);
        draft.witnesses = new WitnessReader(this).witnesses(top);
        draft.tolerances = new ToleranceReader(this).tolerances(top);
        if (!draft.address.isLoopback() && draft.sealingKey.isEmpty()) {
            warn(
                    "/listen",
                    "the sealing key lies in the data folder, beside what it seals; name one that"
                            + " lies elsewhere with `sealing_key`");
        }
        draft.warnings = warnings;
        Config config = draft.done();
        if (!config.isLoopback() && !publicUrl.startsWith("https://")) {
            throw refused(
                    "/listen",
                    "an address other than loopback needs `public_url: https://…`, the name under which"
                            + " a TLS proxy serves it");
        }
        return config;
    }

    private Nonces.Demand nonces(String written) {
        return switch (written) {
            case "always" -> Nonces.Demand.ALWAYS;
            case "when-needed" -> Nonces.Demand.WHEN_NEEDED;
            default -> throw refused("/dpop_nonce", "`dpop_nonce` is always or when-needed");
        };
    }

    private Unbound unbound(String written) {
        return switch (written) {
            case "refuse" -> Unbound.REFUSED;
            case "capped" -> Unbound.CAPPED;
            default -> throw refused("/bearer", "`bearer` is refuse or capped");
        };
    }

    private int port(String listen, int colon) {
        try {
            int port = colon < 1 ? -1 : Integer.parseInt(listen.substring(colon + 1));
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // falls through to the one refusal for every wrong address
        }
        throw refused("/listen", "`listen` is host:port, as in 127.0.0.1:8420");
    }

    private void checkPublicUrl(String url) {
        if (!url.matches("https?://[a-z0-9.\\[\\]:-]+")) {
            throw refused(
                    "/public_url",
                    "`public_url` is scheme://host or scheme://host:port in lower case, without a path");
        }
    }

    /**
     * A text with everything put in that it refers to.
     *
     * @param key the name of what is expanded
     */
    String expand(String text, String path, String key) {
        return references.expand(text, path, key).text();
    }

    String scalar(Value value, String path) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num(BigDecimal number) -> number.toPlainString();
            case Value.Flag(boolean flag) -> Boolean.toString(flag);
            case Value.Nothing _, Value.Items _, Value.Fields _ ->
                    throw refused(path, "a text is expected");
        };
    }

    Optional<String> text(Value.Fields fields, String path, String name) {
        return fields.get(name).map(value -> scalar(value, path + "/" + name));
    }

    Value.Fields fields(Value.Fields above, String path, String name) {
        Optional<Value> value = above.get(name);
        if (value.isEmpty() || value.get() instanceof Value.Nothing) {
            return Value.Fields.EMPTY;
        }
        return above.fields(name)
                .orElseThrow(
                        () -> refused(path + "/" + name, "names with values are expected here"));
    }

    void only(Value.Fields fields, String path, List<String> known) {
        for (String name : fields.values().keySet()) {
            if (!known.contains(name)) {
                throw refused(
                        path + "/" + name,
                        "`" + name + "` is not known here; known: " + String.join(", ", known));
            }
        }
    }

    /**
     * Reads the list {@code issuers} of a section, in which none may stand twice.
     *
     * @param known the keys that one may have
     * @param own this gateway's own name, which nobody else has
     * @param read reads one, by its fields and its place
     */
    <T> List<T> issuers(
            Value.Fields section,
            String above,
            List<String> known,
            String own,
            BiFunction<Value.Fields, String, T> read,
            Function<T, String> name) {
        only(section, above, List.of("issuers"));
        List<T> issuers = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of(own));
        for (Value one : section.items("issuers")) {
            String path = above + "/issuers/" + issuers.size();
            if (!(one instanceof Value.Fields issuer)) {
                throw refused(path, "names with values are expected here");
            }
            only(issuer, path, known);
            T terms = read.apply(issuer, path);
            if (!names.add(name.apply(terms))) {
                throw refused(
                        path,
                        "`" + name.apply(terms) + "` is here twice, or is this gateway itself");
            }
            issuers.add(terms);
        }
        return issuers;
    }

    ConfigRefused refused(String path, String mend) {
        return new ConfigRefused(at(path) + mend);
    }

    void warn(String path, String mend) {
        warnings.add(at(path) + mend);
    }

    private String at(String path) {
        return file + ": line " + yaml.line(path) + ": ";
    }
}
