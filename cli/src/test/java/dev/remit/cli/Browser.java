package dev.remit.cli;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A person's browser: keeps cookies, follows nothing by itself. */
final class Browser {
    private final String origin;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new HashMap<>();

    /**
     * @param origin the one that people use
     */
    Browser(String origin) {
        this.origin = origin;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(origin + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String set : answer.headers().allValues("Set-Cookie")) {
            String pair = set.substring(0, set.indexOf(';'));
            cookies.put(
                    pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return answer;
    }

    /** Signs in with a one-time link, as the page behind it does. */
    void welcome(String link) throws IOException, InterruptedException, MalformedJson {
        String word = link.substring(link.indexOf('#') + 1);
        Value.Fields asked =
                post("/welcome/challenge", Value.object().put("link", word).build())
                        .fields("publicKey")
                        .orElseThrow();
        post(
                "/welcome/passkey",
                Value.object()
                        .put("label", "test")
                        .put(
                                "credential",
                                new SoftPasskey()
                                        .made(
                                                asked,
                                                new SoftPasskey.Telling(origin, "localhost", true)))
                        .build());
    }

    private Value.Fields post(String path, Value.Fields body)
            throws IOException, InterruptedException, MalformedJson {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(URI.create(origin + path))
                                .header("Origin", origin)
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.json())));
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonReader.readFields(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
