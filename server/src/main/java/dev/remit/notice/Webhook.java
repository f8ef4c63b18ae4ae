package dev.remit.notice;

import dev.remit.identity.Secret;
import java.util.Optional;

/**
 * Where questions are posted to.
 *
 * @param name as the configuration has it
 * @param url https; whoever knows it can post there, so it is a secret
 * @param key what each post is signed with, if it is
 */
public record Webhook(String name, Secret url, Optional<Secret> key) {
    public Webhook {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "a webhook's name is 1 to 32 of a-z, 0-9 and -, a letter first");
        }
    }
}
