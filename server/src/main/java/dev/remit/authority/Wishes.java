package dev.remit.authority;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.identity.Doubt;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Limits;
import dev.remit.mandate.LimitsText;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Task;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Templates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the mandates that clients would like (RFC 9396, type {@code mandate}). */
final class Wishes {
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final String USUAL_LIFE = "PT1H";
    private static final String TYPE = "mandate";

    private final Templates templates;

    Wishes(Templates templates) {
        this.templates = templates;
    }

    /**
     * Reads the parameter {@code authorization_details}. Whether there is a template of some name
     * is not told to whoever cannot fill it.
     *
     * @throws OauthRefused with what the client is to be told
     */
    Proposal read(String json) {
        try {
            Value read = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
            if (read instanceof Value.Items(List<Value> all)
                    && all.size() == 1
                    && all.getFirst() instanceof Value.Fields one
                    && one.text("type").equals(Optional.of(TYPE))) {
                return whole(one.get("template").isPresent() ? filled(one) : own(one));
            }
        } catch (MalformedJson | IllegalArgumentException | DateTimeParseException | ActRefused e) {
            // told below
        }
        throw new OauthRefused(
                400,
                "invalid_authorization_details",
                Doubt.REQUEST_REFUSED,
                "`authorization_details` is one object of the type `mandate`, with `task`,"
                        + " `permissions`, `limits` and `lives`, or with `template`, `set` and"
                        + " `lives`, and nothing else, in words that are known here");
    }

    private static Proposal own(Value.Fields one) {
        only(one, "type", "task", "permissions", "limits", "lives");
        Value.Fields limits = fields(one, "limits");
        if (limits.get("expires").isPresent()) {
            throw new IllegalArgumentException("the end is told by `lives`");
        }
        Limits read = LimitsText.read(limits, Instant.EPOCH);
        return Proposal.of(
                new Task(one.text("task").orElse("")),
                MandateText.readPermissions(one),
                limits.get("asks").isEmpty() ? read.asking(Limits.USUAL_ASKS) : read,
                lives(one, Duration.parse(USUAL_LIFE)),
                Optional.empty());
    }

    private Proposal filled(Value.Fields one) {
        only(one, "type", "template", "set", "lives");
        Map<String, Value> set = fields(one, "set").values();
        Proposal filled = templates.fill(one.text("template").orElse(""), set);
        return filled.shortened(lives(one, filled.lives()));
    }

    /** If all of it is understood, and can be shown. */
    private static Proposal whole(Proposal wish) {
        String words = wish.task().words();
        if (wish.permissions().all().isEmpty()
                || !isUnderstood(wish.permissions())
                || words.codePointCount(0, words.length()) > Quotation.MOST
                || wish.lives().compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("nothing is asked for");
        }
        return wish;
    }

    private static boolean isUnderstood(Permissions permissions) {
        return permissions.all().stream()
                .noneMatch(
                        one ->
                                one.arguments().values().stream()
                                                .anyMatch(Constraint.Unrecognised.class::isInstance)
                                        || one.when().stream()
                                                .anyMatch(
                                                        Condition.Unrecognised.class::isInstance));
    }

    private static Duration lives(Value.Fields one, Duration usual) {
        return one.get("lives").isEmpty() ? usual : Duration.parse(one.text("lives").orElse(""));
    }

    private static Value.Fields fields(Value.Fields one, String name) {
        return one.get(name).isEmpty()
                ? Value.Fields.EMPTY
                : one.fields(name).orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static void only(Value.Fields one, String... known) {
        for (String name : one.values().keySet()) {
            if (!List.of(known).contains(name)) {
                throw new IllegalArgumentException(name);
            }
        }
    }
}
