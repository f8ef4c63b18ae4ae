package dev.remit.model;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.http.fetch.Fetched;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One question to a model, by the chat completions that servers of local models have in common. A
 * model that does not answer, or not with one JSON object, has said nothing.
 */
final class Chat {
    private static final int MOST_TOKENS = 160;

    private final ModelSettings settings;
    private final SafeFetch fetch;

    Chat(ModelSettings settings, SafeFetch fetch) {
        this.settings = settings;
        this.fetch = fetch;
    }

    /**
     * What it answers.
     *
     * @param prompt what it is to do, in our words
     * @param about the data to do it with, which may be anybody's words
     */
    Optional<Value.Fields> ask(String prompt, Value.Fields about) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        headers.put("Content-Type", new Secret("application/json"));
        settings.token()
                .ifPresent(
                        token ->
                                headers.put(
                                        "Authorization", new Secret("Bearer " + token.reveal())));
        Fetched answer =
                fetch.fetch(
                        new SafeFetch.Asked(
                                URI.create(settings.url() + "/chat/completions"),
                                headers,
                                Optional.of(new Secret(question(prompt, about).json())),
                                Set.of("application/json")));
        return answer instanceof Fetched.Answered done && done.status() == 200
                ? read(done.body())
                : Optional.empty();
    }

    private Value question(String prompt, Value.Fields about) {
        return Value.object()
                .put("model", settings.name())
                .put("temperature", 0)
                .put("max_tokens", MOST_TOKENS)
                .put("response_format", Value.object().put("type", "json_object").build())
                .put(
                        "messages",
                        new Value.Items(
                                List.of(message("system", prompt), message("user", about.json()))))
                .build();
    }

    private static Value message(String role, String content) {
        return Value.object().put("role", role).put("content", content).build();
    }

    private static Optional<Value.Fields> read(byte[] body) {
        try {
            for (Value choice : JsonReader.readFields(body).items("choices")) {
                Optional<String> content =
                        choice instanceof Value.Fields fields
                                ? fields.fields("message").flatMap(one -> one.text("content"))
                                : Optional.empty();
                if (content.isPresent()) {
                    return Optional.of(
                            JsonReader.readFields(
                                    content.get().strip().getBytes(StandardCharsets.UTF_8)));
                }
            }
            return Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
