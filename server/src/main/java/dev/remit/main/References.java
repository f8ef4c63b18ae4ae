package dev.remit.main;

import dev.remit.identity.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what a configuration refers to: {@code ${env:NAME}}, {@code ${NAME}}, {@code
 * ${NAME:-default}}, {@code ${file:PATH}} and {@code file:PATH}.
 */
final class References {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:(env|file):)?([^}:]+)(?::-([^}]*))?\\}");
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i).*(token|secret|password|passwd|api[_-]?key|authorization|credential).*");

    private final Function<String, Optional<String>> environment;
    private final BiFunction<String, String, ConfigRefused> refused;

    /**
     * @param refused what to throw, by the place in the file and the mend
     */
    References(
            Function<String, Optional<String>> environment,
            BiFunction<String, String, ConfigRefused> refused) {
        this.environment = environment;
        this.refused = refused;
    }

    /**
     * A text with everything put in.
     *
     * @param secrets what of it must not come back: it is from a file, or bears a secret's name
     */
    record Expanded(String text, List<Secret> secrets) {
        Expanded {
            secrets = List.copyOf(secrets);
        }
    }

    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /**
     * @param key the name of what is expanded
     */
    Expanded expand(String text, String path, String key) {
        if (text.startsWith("file:") && text.length() > 5) {
            String whole = hideable(content(text.substring(5), path), path);
            return new Expanded(whole, List.of(new Secret(whole)));
        }
        List<Secret> secrets = new ArrayList<>();
        boolean all = path.contains("/headers/") || isSecret(key);
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            boolean inFile = "file".equals(matcher.group(1));
            String value =
                    inFile
                            ? content(matcher.group(2), path)
                            : environment
                                    .apply(matcher.group(2))
                                    .or(() -> Optional.ofNullable(matcher.group(3)))
                                    .orElseThrow(
                                            () ->
                                                    refused.apply(
                                                            path,
                                                            "the environment has no `"
                                                                    + matcher.group(2)
                                                                    + "`; set it before the start"));
            if (inFile || isSecret(key) || isSecret(matcher.group(2))) {
                secrets.add(new Secret(hideable(value, path)));
            } else if (all) {
                secrets.add(new Secret(value));
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        String whole = matcher.appendTail(expanded).toString();
        if (isSecret(key)) {
            secrets.add(new Secret(whole.substring(whole.lastIndexOf(' ') + 1)));
        }
        return new Expanded(whole, secrets);
    }

    /** A secret that is referred to must be long enough to be found in what comes back. */
    private String hideable(String secret, String path) {
        boolean sent = path.contains("/headers/") || path.contains("/env/");
        if (sent && !secret.isEmpty() && secret.length() < Secret.SHORTEST) {
            throw refused.apply(
                    path,
                    "the secret that stands for this has fewer than "
                            + Secret.SHORTEST
                            + " characters and could not be hidden in what the upstream says; get a"
                            + " longer one");
        }
        return secret;
    }

    private String content(String file, String path) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | RuntimeException e) {
            throw refused.apply(path, "the file `" + file + "` cannot be read");
        }
    }
}
