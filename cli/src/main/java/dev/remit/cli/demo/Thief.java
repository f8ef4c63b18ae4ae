package dev.remit.cli.demo;

import dev.remit.client.Gateway;
import dev.remit.client.Identity;
import dev.remit.identity.DpopSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/** Somebody who has got hold of an access token, but not of the key that it is bound to. */
final class Thief {
    private final Gateway victim;
    private final Identity thief;
    private final URI target;

    Thief(Gateway victim, Identity thief, URI gateway) {
        this.victim = victim;
        this.thief = thief;
        this.target = gateway.resolve("/mcp");
    }

    /** The HTTP status of the stolen token with a proof made with the thief's own key. */
    int tokenWithAnotherKey() {
        String token = victim.token();
        DpopSigner own = new DpopSigner(thief.key().pair());
        String proof =
                own.proof("POST", target.toString(), Optional.of(token), "thief", Instant.now());
        return send("DPoP " + token, Optional.of(proof));
    }

    /** The HTTP status of the stolen token as a bearer token. */
    int tokenAlone() {
        return send("Bearer " + victim.token(), Optional.empty());
    }

    /** The HTTP status of a good request that is sent a second time. */
    int proofAgain() {
        String token = victim.token();
        String caught = victim.proof("POST", "/mcp", token);
        send("DPoP " + token, Optional.of(caught));
        return send("DPoP " + token, Optional.of(caught));
    }

    private int send(String authorization, Optional<String> proof) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
        proof.ifPresent(text -> request.header("DPoP", text));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
