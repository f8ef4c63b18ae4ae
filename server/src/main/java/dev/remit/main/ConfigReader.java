package dev.remit.main;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.Nonces;
import dev.remit.identity.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
                    "people",
                    "passports",
                    "mcpServers",
                    "upstreams",
                    "outgoing",
                    "sealing_key");
    private static final List<String> TERMS = List.of("timeout", "sampling", "roots", "programs");

    /** What clients write for a server; the last line is theirs alone and means nothing here. */
    private static final List<String> SERVER =
            List.of(
                    "type",
                    "command",
                    "args",
                    "env",
                    "cwd",
                    "url",
                    "headers",
                    "disabled",
                    "description",
                    "timeout",
                    "alwaysAllow",
                    "autoApprove",
                    "headersHelper");

    private static final int MOST_PROGRAMS = 10_000;
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:(env|file):)?([^}:]+)(?::-([^}]*))?\\}");
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i).*(token|secret|password|passwd|api[_-]?key|authorization|credential).*");

    private final String file;
    private final Yaml yaml;
    private final Function<String, Optional<String>> environment;
    private final List<String> warnings = new ArrayList<>();
    private List<Secret> hidden = new ArrayList<>(); // of the server that is being read

    private ConfigReader(String file, Yaml yaml, Function<String, Optional<String>> environment) {
        this.file = file;
        this.yaml = yaml;
        this.environment = environment;
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
        CredentialReader credentials = new CredentialReader(this);
        Config config =
                new Config(
                        host,
                        port,
                        publicUrl,
                        nonces(text(top, "", "dpop_nonce").orElse("when-needed")),
                        upstreams(top),
                        new ProviderReader(this).providers(fields(top, "", "people")),
                        new IssuerReader(this).issuers(fields(top, "", "passports"), publicUrl),
                        warnings,
                        credentials.trusted(top),
                        credentials.sealingKey(top));
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

    private List<UpstreamSettings> upstreams(Value.Fields top) {
        Value.Fields servers = fields(top, "", "mcpServers");
        Value.Fields terms = fields(top, "", "upstreams");
        for (String name : terms.values().keySet()) {
            if (servers.get(name).isEmpty()) {
                throw refused("/upstreams/" + name, "there is no `" + name + "` under mcpServers");
            }
        }
        List<UpstreamSettings> upstreams = new ArrayList<>();
        for (String name : servers.values().keySet()) {
            String path = "/mcpServers/" + name;
            if (!Tool.isUpstream(name)) {
                throw refused(
                        path,
                        "a server's name is 1 to 60 of a-z, 0-9, - and _; call it `"
                                + plain(name)
                                + "`");
            }
            Value.Fields server = fields(servers, "/mcpServers", name);
            only(server, path, SERVER);
            if (!server.flag("disabled")) {
                upstreams.add(
                        upstream(
                                name,
                                path,
                                server,
                                terms(fields(terms, "/upstreams", name), name)));
            }
        }
        return upstreams;
    }

    private UpstreamSettings upstream(
            String name, String path, Value.Fields server, UpstreamSettings.Terms terms) {
        Optional<String> command = text(server, path, "command");
        Optional<String> url = text(server, path, "url");
        if (command.isPresent() == url.isPresent()) {
            throw refused(path, "a server has either `command` or `url`");
        }
        hidden = new ArrayList<>();
        if (command.isPresent()) {
            List<String> arguments = new ArrayList<>();
            for (Value argument : server.items("args")) {
                arguments.add(open(scalar(argument, path + "/args"), path + "/args"));
            }
            return new UpstreamSettings.Stdio(
                    name,
                    open(command.get(), path + "/command"),
                    arguments,
                    strings(server, path, "env"),
                    text(server, path, "cwd").map(Path::of),
                    terms,
                    hidden);
        }
        try {
            return new UpstreamSettings.Http(
                    name,
                    URI.create(open(url.orElseThrow(), path + "/url")),
                    strings(server, path, "headers"),
                    terms,
                    hidden);
        } catch (IllegalArgumentException e) {
            throw refused(path + "/url", String.valueOf(e.getMessage()));
        }
    }

    private UpstreamSettings.Terms terms(Value.Fields written, String name) {
        String path = "/upstreams/" + name;
        only(written, path, TERMS);
        UpstreamSettings.Terms usual = UpstreamSettings.Terms.USUAL;
        Optional<String> timeout = text(written, path, "timeout");
        Duration silence =
                timeout.isEmpty() ? usual.silence() : duration(timeout.get(), path + "/timeout");
        long programs = written.whole("programs").orElse(usual.programs());
        if (programs < 1 || programs > MOST_PROGRAMS) {
            throw refused(path + "/programs", "`programs` is 1 to " + MOST_PROGRAMS);
        }
        return new UpstreamSettings.Terms(
                silence,
                usual.longest(),
                usual.idle(),
                usual.listing(),
                usual.message(),
                (int) programs,
                written.flag("sampling"),
                written.flag("roots"));
    }

    private Duration duration(String text, String path) {
        return Durations.read(text)
                .orElseThrow(
                        () -> refused(path, "a time is a number with ms, s, m or h, as in 30s"));
    }

    private Map<String, String> strings(Value.Fields server, String path, String name) {
        Map<String, String> strings = new LinkedHashMap<>();
        String below = path + "/" + name;
        fields(server, path, name)
                .values()
                .forEach(
                        (key, value) -> {
                            String text = scalar(value, below + "/" + key);
                            String expanded = expand(text, below + "/" + key, key);
                            if (SECRET_NAME.matcher(key).matches()
                                    && expanded.equals(text)
                                    && !text.isEmpty()) {
                                warnings.add(
                                        at(below + "/" + key)
                                                + "`"
                                                + key
                                                + "` looks like a secret in the clear; write"
                                                + " ${env:NAME} or ${file:/path} instead");
                            }
                            strings.put(key, expanded);
                        });
        return strings;
    }

    /**
     * A text that others on this machine or on the way can read: a command line, a URL. Nothing
     * secret belongs there.
     */
    private String open(String text, String path) {
        List<Secret> before = hidden;
        hidden = new ArrayList<>();
        String expanded = expand(text, path, "");
        if (!hidden.isEmpty()) {
            throw refused(
                    path,
                    "a secret does not belong in a command line or a URL, where others can read it;"
                            + " use `env` or `headers`");
        }
        hidden = before;
        return expanded;
    }

    /**
     * Replaces {@code ${env:NAME}}, {@code ${NAME}}, {@code ${NAME:-default}} and {@code
     * ${file:PATH}}. What came out of a file, or bears a secret's name, must not come back.
     *
     * @param key the name of what is expanded
     */
    String expand(String text, String path, String key) {
        if (text.startsWith("file:") && text.length() > 5) {
            return hide(secret(text.substring(5), path));
        }
        boolean all = path.contains("/headers/") || SECRET_NAME.matcher(key).matches();
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String value =
                    "file".equals(matcher.group(1))
                            ? secret(matcher.group(2), path)
                            : environment
                                    .apply(matcher.group(2))
                                    .or(() -> Optional.ofNullable(matcher.group(3)))
                                    .orElseThrow(
                                            () ->
                                                    refused(
                                                            path,
                                                            "the environment has no `"
                                                                    + matcher.group(2)
                                                                    + "`; set it before the start"));
            if (all
                    || "file".equals(matcher.group(1))
                    || SECRET_NAME.matcher(matcher.group(2)).matches()) {
                hide(value);
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        String whole = matcher.appendTail(expanded).toString();
        if (SECRET_NAME.matcher(key).matches()) {
            hide(whole.substring(whole.lastIndexOf(' ') + 1));
        }
        return whole;
    }

    private String hide(String value) {
        hidden.add(new Secret(value));
        return value;
    }

    private String secret(String from, String path) {
        try {
            return Files.readString(Path.of(from)).strip();
        } catch (IOException | RuntimeException e) {
            throw refused(path, "the file `" + from + "` cannot be read");
        }
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

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
        String trimmed = lower.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "server" : trimmed.substring(0, Math.min(60, trimmed.length()));
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
