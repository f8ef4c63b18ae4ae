package dev.remit.access;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Asks the decision API over HTTP, as an enforcement point or as an agent. */
final class Questioner {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String origin;
    private final BiFunction<String, String, Map<String, String>> credentials;

    private Questioner(String origin, BiFunction<String, String, Map<String, String>> credentials) {
        this.origin = origin;
        this.credentials = credentials;
    }

    /** Whoever has this token. */
    static Questioner bearing(TestGateway gateway, String token) {
        return new Questioner(
                gateway.origin(), (_, _) -> Map.of("Authorization", "Bearer " + token));
    }

    static Questioner point(TestGateway gateway, String name) {
        return bearing(gateway, TestGateway.TOKEN + name);
    }

    static Questioner agent(TestGateway gateway, TestAgent agent) {
        return new Questioner(gateway.origin(), agent::credentials);
    }

    static Questioner nobody(TestGateway gateway) {
        return new Questioner(gateway.origin(), (_, _) -> Map.of());
    }

    /** What came back. */
    record Told(int status, HttpResponse<byte[]> response) {
        Value.Fields body() {
            try {
                return JsonReader.readFields(response.body());
            } catch (MalformedJson e) {
                throw new AssertionError(text(), e);
            }
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        boolean decision() {
            return decision(body());
        }

        static boolean decision(Value.Fields told) {
            if (told.get("decision").orElse(null) instanceof Value.Flag(boolean decision)) {
                return decision;
            }
            throw new AssertionError("no decision in " + told.json());
        }

        Value.Fields context() {
            return body().fields("context").orElseThrow(() -> new AssertionError(text()));
        }

        String reason() {
            return context().text("reason").orElse("");
        }

        List<Value.Fields> all(String name) {
            return body().items(name).stream().map(one -> (Value.Fields) one).toList();
        }

        List<Boolean> decisions() {
            return all("evaluations").stream().map(Told::decision).toList();
        }

        /** The ids, or the names, of what was found. */
        List<String> found() {
            return all("results").stream()
                    .map(one -> one.text("id").or(() -> one.text("name")).orElseThrow())
                    .toList();
        }

        String nextToken() {
            return body().fields("page")
                    .flatMap(page -> page.text("next_token"))
                    .orElseThrow(() -> new AssertionError(text()));
        }
    }

    /** Posts a question to an endpoint below {@code /access/v1/}; ' stands for ". */
    Told ask(String endpoint, String question) {
        return send(
                "POST",
                "/access/v1/" + endpoint,
                question.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"));
    }

    Told send(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(Duration.ofSeconds(60))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        credentials.apply(method, origin + path).forEach(request::setHeader);
        headers.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> response =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Told(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** May this subject call this tool with these arguments? */
    Told mayCall(String type, String id, String tool, String arguments) {
        return ask("evaluation", question(type, id, tool, arguments));
    }

    static String question(String type, String id, String tool, String arguments) {
        return """
                {'subject':{'type':'%s','id':'%s'},
                 'action':{'name':'tools/call','properties':{'arguments':%s}},
                 'resource':{'type':'tool','id':'%s'}}"""
                .formatted(type, id, arguments, tool);
    }
}
