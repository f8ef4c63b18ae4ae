package dev.remit.authority;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.identity.Doubt;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Limits;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The mandate that a client would like, in its own words (RFC 9396, type {@code mandate}). */
record Wish(Task task, Permissions permissions, Duration lives) {
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final String TYPE = "mandate";

    /** The limits of what is given for it now. */
    Limits limits(Instant now) {
        return new Limits(
                now.plus(lives), Optional.empty(), OptionalLong.empty(), Limits.USUAL_STRIKES);
    }

    /**
     * Reads the parameter {@code authorization_details}.
     *
     * @throws OauthRefused with what the client is to be told
     */
    static Wish read(String json) {
        try {
            Value read = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
            if (read instanceof Value.Items(List<Value> all)
                    && all.size() == 1
                    && all.getFirst() instanceof Value.Fields one
                    && one.text("type").equals(Optional.of(TYPE))) {
                return read(one);
            }
        } catch (MalformedJson | IllegalArgumentException | DateTimeParseException e) {
            // told below
        }
        throw new OauthRefused(
                400,
                "invalid_authorization_details",
                Doubt.REQUEST_REFUSED,
                "`authorization_details` is one object of the type `mandate`, with `task`,"
                        + " `permissions` and `lives` and nothing else, in words that are known here");
    }

    private static Wish read(Value.Fields one) {
        for (String name : one.values().keySet()) {
            if (!List.of("type", "task", "permissions", "lives").contains(name)) {
                throw new IllegalArgumentException(name);
            }
        }
        Permissions permissions = MandateText.readPermissions(one);
        Duration lives = Duration.parse(one.text("lives").orElse("PT1H"));
        boolean understood =
                permissions.all().stream()
                        .flatMap(permission -> permission.arguments().values().stream())
                        .noneMatch(Constraint.Unrecognised.class::isInstance);
        String words = one.text("task").orElse("");
        if (!understood
                || words.codePointCount(0, words.length()) > Quotation.MOST // all is shown
                || permissions.all().isEmpty()
                || lives.isNegative()
                || lives.isZero()
                || lives.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("nothing is asked for");
        }
        return new Wish(new Task(words), permissions, lives);
    }
}
