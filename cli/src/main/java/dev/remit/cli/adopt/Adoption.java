package dev.remit.cli.adopt;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.cli.CommandFailed;
import dev.remit.main.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * What becomes of a client's servers: those that Remit takes, as its configuration has them, and
 * those that stay.
 *
 * @param taken by the name that they have with Remit
 * @param left why, by the name that they have with the client
 * @param secrets what stood in the clear, by the file that it goes into
 * @param after the client's text when that is done
 */
public record Adoption(
        Map<String, Value.Fields> taken,
        Map<String, String> left,
        Map<Path, String> secrets,
        String after) {
    /** What the client has instead of the servers. */
    public static final String OWN = "remit";

    /** What only a client can put in. */
    private static final Pattern CLIENTS_OWN =
            Pattern.compile("\\$\\{(?:input:|workspaceFolder|userHome|pathSeparator|command:)");

    private static final int SHORTEST_SECRET = 8; // a shorter one cannot be hidden in texts

    public Adoption {
        taken = Collections.unmodifiableMap(new LinkedHashMap<>(taken));
        left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
        secrets = Map.copyOf(secrets);
    }

    /**
     * Reads a client's text.
     *
     * @param connector what the client starts instead
     * @param folder where secrets go that stand in the clear
     * @param names that are taken already
     * @param objection why a server, under the name that it would have, is none for the gateway
     * @throws CommandFailed if it cannot be read
     */
    public static Adoption of(
            Client client,
            String text,
            Value.Fields connector,
            Path folder,
            Set<String> names,
            BiFunction<String, Value.Fields, Optional<String>> objection) {
        Map<String, Value.Fields> taken = new LinkedHashMap<>();
        Map<String, String> left = new LinkedHashMap<>();
        Map<Path, String> secrets = new LinkedHashMap<>();
        Value.Building after = Value.object();
        Optional<JsonPlace> place = place(client, text);
        for (var one : servers(place, text).values().entrySet()) {
            String name = one.getKey();
            String here = free(name, names, taken.keySet());
            Map<Path, String> own = new LinkedHashMap<>();
            Optional<Value.Fields> server =
                    one.getValue() instanceof Value.Fields fields
                            ? Optional.of(hidden(here, fields, folder, own))
                            : Optional.empty();
            Optional<String> why =
                    whyLeft(name, one.getValue())
                            .or(
                                    () ->
                                            server.isEmpty()
                                                    ? Optional.of("it is no object")
                                                    : objection.apply(here, server.get()));
            if (why.isEmpty()) {
                taken.put(here, server.orElseThrow());
                secrets.putAll(own);
            } else if (!name.equals(OWN)) {
                left.put(name, why.get());
                after.put(name, one.getValue());
            }
        }
        after.put(OWN, connector);
        String changed = place.map(one -> one.replacedBy(after.build().json(), text)).orElse(text);
        return new Adoption(taken, left, secrets, changed);
    }

    /**
     * The client's text with its servers back, besides what it has been given since.
     *
     * @param before the text that was kept
     */
    public static String undone(Client client, String before, String now) {
        Optional<JsonPlace> place = place(client, now);
        Value.Fields back = servers(place(client, before), before);
        for (var one : servers(place, now).values().entrySet()) {
            if (!one.getKey().equals(OWN) && back.get(one.getKey()).isEmpty()) {
                back = back.with(one.getKey(), one.getValue());
            }
        }
        String servers = back.json();
        return place.map(one -> one.replacedBy(servers, now)).orElse(now);
    }

    private static Optional<JsonPlace> place(Client client, String text) {
        try {
            return JsonPlace.of(text, client.key());
        } catch (JsonPlace.NotJson e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Value.Fields servers(Optional<JsonPlace> place, String text) {
        if (place.isEmpty()) {
            return Value.Fields.EMPTY;
        }
        try {
            return JsonReader.readFields(place.get().in(text).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw unreadable("its servers cannot be read; take out comments among them");
        }
    }

    private static CommandFailed unreadable(String what) {
        return new CommandFailed("the client's configuration is not understood: " + what);
    }

    private static Optional<String> whyLeft(String name, Value server) {
        if (name.equals(OWN)) {
            return Optional.of(""); // Remit itself
        }
        if (CLIENTS_OWN.matcher(server.json()).find()) {
            return Optional.of(
                    "it has a `${…}` that only the client can fill; name a variable instead");
        }
        return Optional.empty();
    }

    private static String free(String name, Set<String> names, Set<String> more) {
        String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
        String trimmed = lower.replaceAll("^-+|-+$", "");
        String plain =
                trimmed.isEmpty() ? "server" : trimmed.substring(0, Math.min(50, trimmed.length()));
        String free = plain;
        for (int i = 2; names.contains(free) || more.contains(free) || free.equals(Tool.OWN); i++) {
            free = plain + "-" + i;
        }
        return free;
    }

    private static Value.Fields hidden(
            String name, Value.Fields server, Path folder, Map<Path, String> secrets) {
        Value.Fields whole = server;
        for (String part : List.of("env", "headers")) {
            Optional<Value.Fields> values = server.fields(part);
            if (values.isEmpty()) {
                continue;
            }
            Value.Building kept = Value.object();
            for (var one : values.get().values().entrySet()) {
                boolean clear =
                        one.getValue() instanceof Value.Text(String text)
                                && !text.contains("${")
                                && !text.startsWith("file:")
                                && text.length() >= SHORTEST_SECRET
                                && ConfigReader.isSecretName(one.getKey());
                if (clear && one.getValue() instanceof Value.Text(String text)) {
                    String file = name + "." + one.getKey().replaceAll("[^A-Za-z0-9_-]", "-");
                    secrets.put(folder.resolve(file), text);
                    kept.put(one.getKey(), "file:" + folder.resolve(file));
                } else {
                    kept.put(one.getKey(), one.getValue());
                }
            }
            whole = whole.with(part, kept.build());
        }
        return whole;
    }

    /** What a server is, in one line without what may be secret. */
    public static String line(Value.Fields server) {
        List<String> words = new ArrayList<>();
        server.text("url").map(Adoption::host).ifPresent(words::add);
        server.text("command").ifPresent(words::add);
        server.items("args").stream()
                .limit(2)
                .forEach(one -> words.add(one instanceof Value.Text(String text) ? text : "…"));
        if (server.items("args").size() > 2) {
            words.add("…");
        }
        return String.join(" ", words);
    }

    private static String host(String url) {
        return url.replaceAll("^([a-z]+://)(?:[^/@]*@)?([^/?#]*).*$", "$1$2");
    }
}
