package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.identity.Secret;
import dev.remit.notice.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code approvals}: where it is told that a question waits. */
final class WebhookReader {
    private static final String ABOVE = "/approvals/webhooks";
    private static final String REFERENCE = "file:.+|\\$\\{(env:|file:)?[^}:]+\\}";
    private static final int MOST = 8;
    private static final int SHORTEST_KEY = 32;

    private final ConfigReader reader;

    WebhookReader(ConfigReader reader) {
        this.reader = reader;
    }

    /**
     * @param peoplesOrigin where people answer; nobody is told of a question that has no page
     */
    List<Webhook> webhooks(Value.Fields top, Optional<String> peoplesOrigin) {
        Value.Fields approvals = reader.fields(top, "", "approvals");
        reader.only(approvals, "/approvals", List.of("webhooks"));
        Value.Fields webhooks = reader.fields(approvals, "/approvals", "webhooks");
        List<Webhook> read = new ArrayList<>();
        for (String name : webhooks.values().keySet()) {
            String path = ABOVE + "/" + name;
            Value.Fields one = reader.fields(webhooks, ABOVE, name);
            reader.only(one, path, List.of("url", "key"));
            Secret url =
                    secret(one, path, "url")
                            .orElseThrow(() -> reader.refused(path, "`url` is missing"));
            if (!url.reveal().matches("https?://[\\x21-\\x7e]{1,2000}")) {
                throw reader.refused(path + "/url", "what it names is no https address");
            }
            Optional<Secret> key = secret(one, path, "key");
            if (key.filter(some -> some.reveal().length() < SHORTEST_KEY).isPresent()) {
                throw reader.refused(
                        path + "/key",
                        "a key has at least "
                                + SHORTEST_KEY
                                + " characters; `openssl rand -hex 32` makes one");
            }
            try {
                read.add(new Webhook(name, url, key));
            } catch (IllegalArgumentException e) {
                throw reader.refused(path, String.valueOf(e.getMessage()));
            }
        }
        if (read.size() > MOST) {
            throw reader.refused(ABOVE, "at most " + MOST + " webhooks");
        }
        if (!read.isEmpty() && peoplesOrigin.isEmpty()) {
            throw reader.refused(
                    ABOVE,
                    "a question is answered on a page, and this gateway has none for people; set"
                            + " `public_url: https://…`");
        }
        return read;
    }

    private Optional<Secret> secret(Value.Fields one, String path, String name) {
        Optional<String> written = reader.text(one, path, name);
        if (written.filter(text -> !text.matches(REFERENCE)).isPresent()) {
            throw reader.refused(
                    path + "/" + name,
                    "write ${env:NAME} or file:/path; whoever has it can post there");
        }
        return written.map(text -> new Secret(reader.expand(text, path + "/" + name, name)));
    }
}
