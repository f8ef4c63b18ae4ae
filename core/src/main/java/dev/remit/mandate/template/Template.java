package dev.remit.mandate.template;

import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.mandate.Basis;
import dev.remit.mandate.LimitsText;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Proposal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A mandate with slots, for tasks of one kind. A slot is filled with a value, whole and typed,
 * before the permissions are read; nothing is ever put together from pieces of text but the
 * sentence.
 */
public final class Template {
    private static final byte[] DOMAIN = "remit/template/v1\0".getBytes(StandardCharsets.US_ASCII);

    /** The one field of an object that stands for a slot. */
    static final String SLOT = "slot";

    private final String name;
    private final String about;
    private final Sentence task;
    private final Map<String, Slot> slots;
    private final Eligible agents;
    private final Value.Items permissions;
    private final Value.Fields limits;
    private final Duration lives;

    /** Only {@link TemplateText} makes one, which has checked that all of it fits together. */
    Template(
            String name,
            String about,
            Sentence task,
            Map<String, Slot> slots,
            Eligible agents,
            Value.Items permissions,
            Value.Fields limits,
            Duration lives) {
        this.name = name;
        this.about = about;
        this.task = task;
        this.slots = new LinkedHashMap<>(slots);
        this.agents = agents;
        this.permissions = permissions;
        this.limits = limits;
        this.lives = lives;
    }

    /** Whether this can be the name of a template. */
    public static boolean isName(String text) {
        return text.matches("[a-z0-9][a-z0-9_-]{0,63}");
    }

    public String name() {
        return name;
    }

    /** What it is for, in the words of whoever wrote it. */
    public String about() {
        return about;
    }

    /** The task, with its slots as {@code {name}}. */
    public String task() {
        return task.written();
    }

    /** In the order in which they were written. */
    public Map<String, Slot> slots() {
        return Collections.unmodifiableMap(slots);
    }

    /** Whether this agent may be given a mandate from it. */
    public boolean admits(Agent agent) {
        return agents.admits(agent);
    }

    /** Whether any agent may. */
    public boolean admitsAny() {
        return agents.written().isEmpty();
    }

    /** The same for the same template, however it is laid out in its file. */
    public Digest digest() {
        return Digest.of(DOMAIN, JsonWriter.canonical(TemplateText.write(this)));
    }

    /**
     * The mandate that it describes, with these values in its slots.
     *
     * @throws IllegalArgumentException if a value is missing, of the wrong kind, or for no slot
     */
    public Proposal fill(Map<String, Value> given) {
        for (String one : given.keySet()) {
            if (!slots.containsKey(one)) {
                throw new IllegalArgumentException(
                        "the template `"
                                + name
                                + "` has no slot `"
                                + one
                                + "`; it has "
                                + (slots.isEmpty() ? "none" : String.join(", ", slots.keySet())));
            }
        }
        Map<String, Value> values = new LinkedHashMap<>();
        slots.forEach((slot, kind) -> values.put(slot, value(slot, kind, given)));
        return put(values);
    }

    private Value value(String slot, Slot kind, Map<String, Value> given) {
        Value one = given.get(slot);
        if (one == null) {
            throw new IllegalArgumentException(
                    "the slot `" + slot + "` is not filled; it is " + kind.said());
        }
        try {
            return kind.read(one);
        } catch (
                IllegalArgumentException _) { // what was given may be anything, and is not repeated
            throw new IllegalArgumentException(
                    "what was given for the slot `"
                            + slot
                            + "` does not fit; it is "
                            + kind.said());
        }
    }

    /** With values that fit. */
    Proposal put(Map<String, Value> values) {
        Value.Fields filled =
                Value.object().put("permissions", filled(permissions, values)).build();
        return Proposal.of(
                task.said(slots, values),
                MandateText.readPermissions(filled),
                LimitsText.read((Value.Fields) filled(limits, values), Instant.EPOCH),
                lives,
                Optional.of(new Basis.OfTemplate(name, digest())));
    }

    /** The same with each slot's value in its place. */
    static Value filled(Value written, Map<String, Value> values) {
        return switch (written) {
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> written;
            case Value.Items(List<Value> all) -> {
                List<Value> items = new ArrayList<>();
                all.forEach(one -> items.add(filled(one, values)));
                yield new Value.Items(items);
            }
            case Value.Fields fields -> {
                Optional<String> slot = slot(fields);
                if (slot.isPresent()) {
                    yield Objects.requireNonNull(values.get(slot.get()));
                }
                Value.Building copy = Value.object();
                fields.values().forEach((key, one) -> copy.put(key, filled(one, values)));
                yield copy.build();
            }
        };
    }

    /** The slot that this stands for, if it stands for one. */
    static Optional<String> slot(Value written) {
        return written instanceof Value.Fields fields && fields.values().size() == 1
                ? fields.text(SLOT)
                : Optional.empty();
    }

    Eligible agents() {
        return agents;
    }

    Value.Items permissions() {
        return permissions;
    }

    Value.Fields limits() {
        return limits;
    }

    Duration lives() {
        return lives;
    }
}
