package dev.remit.cli;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The running gateway of a data folder, as its operator asks it to act. */
public final class Operator {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI gateway;
    private final String word;

    private Operator(URI gateway, String word) {
        this.gateway = gateway;
        this.word = word;
    }

    /** Finds the gateway that runs on this data folder. */
    public static Operator of(Path data) {
        Path file = data.resolve("operator.json");
        try {
            Value.Fields text = JsonReader.readFields(Files.readAllBytes(file));
            return new Operator(
                    URI.create(text.text("gateway").orElseThrow()),
                    text.text("word").orElseThrow());
        } catch (IOException | MalformedJson | RuntimeException e) {
            throw notRunning(data);
        }
    }

    public URI gateway() {
        return gateway;
    }

    /** Asks for an act; {@link CommandFailed} carries the gateway's own reason. */
    public Value act(String name, Value.Fields asked) {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.resolve("/operator/v1/" + name))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + word)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(asked.json()))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Value answer = JsonReader.read(response.body());
            if (response.statusCode() == 200) {
                return answer;
            }
            throw new CommandFailed(
                    answer instanceof Value.Fields problem
                            ? problem.text("title").orElse("the gateway refused without a reason")
                            : "the gateway refused without a reason");
        } catch (IOException e) {
            throw new CommandFailed(
                    "the gateway at "
                            + gateway
                            + " does not answer ("
                            + e
                            + "); start it with `remit up`");
        } catch (MalformedJson e) {
            throw new CommandFailed(
                    "the answer from " + gateway + " cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private static CommandFailed notRunning(Path data) {
        return new CommandFailed(
                "no gateway runs on " + data + "; start one with `remit up --data " + data + "`");
    }
}
