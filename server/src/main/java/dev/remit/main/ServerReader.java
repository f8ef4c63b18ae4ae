package dev.remit.main;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.identity.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the sections {@code mcpServers}, as clients write it, and {@code upstreams}. */
final class ServerReader {
    private static final List<String> TERMS =
            List.of("timeout", "sampling", "roots", "programs", "requires", "tools");

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

    private final ConfigReader reader;
    private final References references;

    ServerReader(ConfigReader reader, References references) {
        this.reader = reader;
        this.references = references;
    }

    List<UpstreamSettings> upstreams(Value.Fields top) {
        Value.Fields servers = reader.fields(top, "", "mcpServers");
        Value.Fields terms = reader.fields(top, "", "upstreams");
        for (String name : terms.values().keySet()) {
            if (servers.get(name).isEmpty()) {
                throw reader.refused(
                        "/upstreams/" + name, "there is no `" + name + "` under mcpServers");
            }
        }
        List<UpstreamSettings> upstreams = new ArrayList<>();
        for (String name : servers.values().keySet()) {
            String path = "/mcpServers/" + name;
            if (!Tool.isUpstream(name)) {
                throw reader.refused(
                        path,
                        "a server's name is 1 to 60 of a-z, 0-9, - and _; call it `"
                                + plain(name)
                                + "`");
            }
            if (name.equals(Tool.OWN)) {
                throw reader.refused(
                        path,
                        "`" + name + "` is the gateway's own name; call the server otherwise");
            }
            Value.Fields server = reader.fields(servers, "/mcpServers", name);
            reader.only(server, path, SERVER);
            if (!server.flag("disabled")) {
                upstreams.add(
                        upstream(
                                name,
                                path,
                                server,
                                terms(reader.fields(terms, "/upstreams", name), name)));
            }
        }
        return upstreams;
    }

    private UpstreamSettings upstream(
            String name, String path, Value.Fields server, UpstreamSettings.Terms terms) {
        Optional<String> command = reader.text(server, path, "command");
        Optional<String> url = reader.text(server, path, "url");
        if (command.isPresent() == url.isPresent()) {
            throw reader.refused(path, "a server has either `command` or `url`");
        }
        List<Secret> secrets = new ArrayList<>();
        if (command.isPresent()) {
            List<String> arguments = new ArrayList<>();
            for (Value argument : server.items("args")) {
                arguments.add(open(reader.scalar(argument, path + "/args"), path + "/args"));
            }
            return new UpstreamSettings.Stdio(
                    name,
                    open(command.get(), path + "/command"),
                    arguments,
                    strings(server, path, "env", secrets),
                    reader.text(server, path, "cwd").map(Path::of),
                    terms,
                    secrets);
        }
        try {
            return new UpstreamSettings.Http(
                    name,
                    URI.create(open(url.orElseThrow(), path + "/url")),
                    strings(server, path, "headers", secrets),
                    terms,
                    secrets);
        } catch (IllegalArgumentException e) {
            throw reader.refused(path + "/url", String.valueOf(e.getMessage()));
        }
    }

    private UpstreamSettings.Terms terms(Value.Fields written, String name) {
        String path = "/upstreams/" + name;
        reader.only(written, path, TERMS);
        UpstreamSettings.Terms usual = UpstreamSettings.Terms.USUAL;
        Optional<String> timeout = reader.text(written, path, "timeout");
        Duration silence =
                timeout.isEmpty() ? usual.silence() : duration(timeout.get(), path + "/timeout");
        long programs = written.whole("programs").orElse(usual.programs());
        if (programs < 1 || programs > MOST_PROGRAMS) {
            throw reader.refused(path + "/programs", "`programs` is 1 to " + MOST_PROGRAMS);
        }
        return new UpstreamSettings.Terms(
                silence,
                usual.longest(),
                usual.idle(),
                usual.listing(),
                usual.message(),
                (int) programs,
                written.flag("sampling"),
                written.flag("roots"),
                new DemandReader(reader).demands(written, path));
    }

    private Duration duration(String text, String path) {
        return Durations.read(text)
                .orElseThrow(
                        () ->
                                reader.refused(
                                        path, "a time is a number with ms, s, m or h, as in 30s"));
    }

    private Map<String, String> strings(
            Value.Fields server, String path, String name, List<Secret> secrets) {
        Map<String, String> strings = new LinkedHashMap<>();
        String below = path + "/" + name;
        reader.fields(server, path, name)
                .values()
                .forEach(
                        (key, value) -> {
                            String text = reader.scalar(value, below + "/" + key);
                            References.Expanded expanded =
                                    references.expand(text, below + "/" + key, key);
                            boolean clear = expanded.text().equals(text) && !text.isEmpty();
                            if (clear && References.isSecret(key)) {
                                reader.warn(
                                        below + "/" + key,
                                        "`"
                                                + key
                                                + "` looks like a secret in the clear; write"
                                                + " ${env:NAME} or ${file:/path} instead");
                            }
                            secrets.addAll(expanded.secrets());
                            strings.put(key, expanded.text());
                        });
        return strings;
    }

    /**
     * A text that others on this machine or on the way can read: a command line, a URL. Nothing
     * secret belongs there.
     */
    private String open(String text, String path) {
        References.Expanded expanded = references.expand(text, path, "");
        if (!expanded.secrets().isEmpty()) {
            throw reader.refused(
                    path,
                    "a secret does not belong in a command line or a URL, where others can read it;"
                            + " use `env` or `headers`");
        }
        return expanded.text();
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
        String trimmed = lower.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "server" : trimmed.substring(0, Math.min(60, trimmed.length()));
    }
}
