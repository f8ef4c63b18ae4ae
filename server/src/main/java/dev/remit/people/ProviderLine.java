package dev.remit.people;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The requests to a provider: the operator named it, so its address is trusted, but not its
 * answers. No redirect is followed, and nothing long or slow is waited for.
 */
final class ProviderLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(PATIENCE)
                    .build();

    Value.Fields get(URI from) throws ProviderRefused {
        return send(HttpRequest.newBuilder(from).GET());
    }

    Value.Fields send(HttpRequest.Builder request) throws ProviderRefused {
        HttpRequest built = request.timeout(PATIENCE).header("Accept", "application/json").build();
        try {
            HttpResponse<byte[]> answer =
                    http.send(
                            built,
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), LONGEST));
            if (answer.statusCode() != 200) {
                throw new ProviderRefused(
                        built.uri() + " answered with status " + answer.statusCode());
            }
            return JsonReader.readFields(answer.body());
        } catch (IOException e) {
            throw new ProviderRefused(built.uri() + " does not answer", e);
        } catch (MalformedJson e) {
            throw new ProviderRefused(built.uri() + " does not answer with a JSON object", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderRefused("the gateway is stopping", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
