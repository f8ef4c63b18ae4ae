package dev.remit.rules;

import dev.remit.call.Pin;
import dev.remit.call.Value;
import dev.remit.cedar.Mentions;
import dev.remit.cedar.Uid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds rules that do not do what whoever wrote them will have meant. */
public final class RuleFaults {
    private static final Set<String> TYPES =
            Set.of(
                    Facts.AGENT,
                    Facts.AGENT_GROUP,
                    Facts.ACTION,
                    Facts.UPSTREAM,
                    Facts.PERSON,
                    Facts.ROLE);
    private static final Set<String> ROLES = roles();
    private static final String LABEL = "label:";

    private final RuleSet rules;
    private final Known known;
    private final List<String> found = new ArrayList<>();

    private RuleFaults(RuleSet rules, Known known) {
        this.rules = rules;
        this.known = known;
    }

    /** A sentence for each, with its place and the mend. */
    public static List<String> of(RuleSet rules, Known known) {
        RuleFaults faults = new RuleFaults(rules, known);
        rules.all().forEach(faults::look);
        return List.copyOf(faults.found);
    }

    private void look(Rule rule) {
        Mentions names = rule.policy().mentions();
        for (String type : new TreeSet<>(names.types())) {
            if (!TYPES.contains(type)) {
                say(rule, "nothing is a `" + type + "`; known: " + known(TYPES));
            }
        }
        for (Uid uid : new TreeSet<>(names.entities())) {
            unknown(uid).ifPresent(why -> say(rule, why));
        }
        for (String field : new TreeSet<>(names.context())) {
            if (!Facts.CONTEXT.contains(field)) {
                say(
                        rule,
                        "`context."
                                + field
                                + "` is never there; known: "
                                + known(Facts.CONTEXT)
                                + ". Arguments are below `context.input`");
            }
        }
        arguments(rule, names.input());
        if (rule.policy().isBoundless()) {
            say(rule, "it always applies; say to what, or when");
        }
        if (rule.permits() && rule.draws() == 0 && rules.fallback() == RuleFolder.Fallback.PERMIT) {
            say(rule, "a `permit` changes nothing unless the configuration says `default: forbid`");
        }
        rules.all().stream()
                .filter(other -> rule.permits() && isPlainForbid(other))
                .filter(other -> other.policy().covers(rule.policy()))
                .findFirst()
                .ifPresent(
                        other ->
                                say(
                                        rule,
                                        "it permits nothing that `"
                                                + other.id()
                                                + "` does not forbid; take one of them away"));
    }

    /** A rule that looks at an argument which is never there refuses whatever it is asked about. */
    private void arguments(Rule rule, Set<String> looked) {
        List<Pin> tools = known.isWhole() ? known.of(rule) : List.of();
        if (tools.isEmpty()) {
            return;
        }
        Set<String> there = new TreeSet<>();
        tools.forEach(one -> there.addAll(properties(one)));
        for (String name : new TreeSet<>(looked)) {
            if (!there.contains(name)) {
                say(
                        rule,
                        "no tool that it is about has an argument `"
                                + name
                                + "`; they have: "
                                + known(there));
            }
        }
    }

    private static Set<String> properties(Pin pin) {
        return pin.definition()
                .fields("inputSchema")
                .flatMap(schema -> schema.fields("properties"))
                .orElse(Value.Fields.EMPTY)
                .values()
                .keySet();
    }

    private static boolean isPlainForbid(Rule other) {
        return !other.permits() && !other.asks() && other.mode() == Rule.Mode.ENFORCE;
    }

    private Optional<String> unknown(Uid uid) {
        return switch (uid.type()) {
            case Facts.UPSTREAM -> upstream(uid.id(), uid);
            case Facts.ACTION -> action(uid);
            case Facts.ROLE ->
                    ROLES.contains(uid.id())
                            ? Optional.empty()
                            : Optional.of("there is no " + uid + "; known: " + known(ROLES));
            case Facts.AGENT_GROUP ->
                    uid.id().contains("=")
                            ? Optional.empty()
                            : Optional.of(uid + " has nobody in it; write TAG=VALUE");
            case Facts.AGENT ->
                    known.agent().test(uid.id())
                            ? Optional.empty()
                            : Optional.of("there is no " + uid + "; `remit agent list` has ids");
            default -> Optional.empty();
        };
    }

    private Optional<String> action(Uid uid) {
        String id = uid.id();
        if (id.equals("reads") || id.equals("acts")) {
            return Optional.empty();
        }
        if (id.startsWith(LABEL)) {
            return known.isWhole() && !known.labels().contains(id.substring(LABEL.length()))
                    ? Optional.of(uid + ": no tool has this label; `remit tool label` sets one")
                    : Optional.empty();
        }
        int dot = id.indexOf('.');
        return dot < 0
                ? Optional.of(
                        uid
                                + " is no tool; write upstream.tool, upstream.*, reads, acts or label:…")
                : upstream(id.substring(0, dot), uid).or(() -> tool(id, uid));
    }

    private Optional<String> tool(String name, Uid uid) {
        String upstream = name.substring(0, name.indexOf('.'));
        Set<String> seen = known.names(upstream);
        return seen.isEmpty() || name.endsWith(".*") || seen.contains(name)
                ? Optional.empty()
                : Optional.of(
                        uid
                                + " never comes: `"
                                + upstream
                                + "` has no such tool; it has: "
                                + known(seen));
    }

    private Optional<String> upstream(String name, Uid uid) {
        return known.upstreams().contains(name)
                ? Optional.empty()
                : Optional.of(
                        uid
                                + " never comes: there is no upstream `"
                                + name
                                + "` here; known: "
                                + known(known.upstreams()));
    }

    private void say(Rule rule, String what) {
        found.add(rule.place() + ": `" + rule.id() + "`: " + what);
    }

    private static String known(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }

    private static Set<String> roles() {
        Set<String> roles = new TreeSet<>();
        for (dev.remit.identity.Role one : dev.remit.identity.Role.values()) {
            roles.add(one.name().toLowerCase(java.util.Locale.ROOT));
        }
        return roles;
    }
}
