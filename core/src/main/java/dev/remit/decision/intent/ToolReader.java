package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Effect;
import dev.remit.call.Value;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a tool's definition as a careful stranger would: by the verb of its name, then by the first
 * verb of its description, by the names and types of its arguments. What it says about itself
 * beyond that is not believed; its hints may only tighten.
 */
public final class ToolReader {
    private static final Lexicon LEXICON = Lexicon.english();
    private static final Set<String> ADDRESSES =
            Set.of("url", "uri", "link", "website", "webpage", "host", "domain", "endpoint");
    private static final Set<String> PROGRAMS =
            Set.of("sql", "command", "script", "shell", "code", "statement", "cmd");
    private static final Set<String> RECEIVERS = Set.of("recipient", "recipients", "cc", "bcc");
    private static final Set<Effect> READS = EnumSet.of(Effect.READ, Effect.FETCH);
    private static final Set<String> TAILS =
            Set.of("id", "ids", "name", "names", "number", "handle");
    private static final Set<String> RIGHTS =
            stems(
                    "member membership permission role access collaborator privilege grant acl admin");
    private static final Set<Effect> MENDING = EnumSet.of(Effect.CREATE, Effect.CHANGE);
    private static final Set<String> OWNED = stems("contact user friend");
    private static final Set<Effect> SAYING = EnumSet.of(Effect.SEND, Effect.CREATE, Effect.SHARE);
    private static final Set<String> TEXTS = Set.of("text", "body", "content", "message");
    private static final String LOOKS = "list";
    private static final Set<String> PREPOSITIONS =
            Set.of("on", "of", "for", "by", "in", "at", "with");
    private static final Set<String> PAST =
            Set.of(
                    "paid", "sent", "bought", "written", "made", "given", "kept", "taken", "found",
                    "told");
    private static final Set<String> SHELVES =
            Set.of(
                    ("inbox outbox calendar list log history book directory status balance chat feed"
                                    + " agenda schedule overview summary catalog catalogue archive info"
                                    + " index menu inventory stock timeline")
                            .split(" "));
    private static final Set<String> SENDING =
            Set.of(
                    "ship",
                    "deliver",
                    "forward",
                    "redirect",
                    "send",
                    "bill",
                    "pay",
                    "transfer",
                    "mail",
                    "reply");
    private static final Set<String> SOURCES = Set.of("from", "source", "payer", "debit");
    private static final Set<String> WRITTEN = Set.of("file", "article");
    private static final Set<String> READABLE = Set.of("mail", "file", "post", "ticket", "event");
    private static final int DEEPEST = 8; // of what it declares to answer
    private static final Set<String> MONEY =
            Set.of("amount", "price", "cost", "payment", "iban", "fund", "money");
    private static final Set<String> PAYING = Set.of("amount", "payment", "fund", "money");
    private static final Set<String> AMOUNTS = Set.of("amount", "sum", "total");
    private static final Set<String> PAYEES =
            stems("payee beneficiary recipient contact customer supplier vendor");
    private static final Set<String> SAID =
            stems("comment reply message tweet announcement mail email sms");

    private ToolReader() {}

    private static Set<String> stems(String words) {
        return Stream.of(words.split(" ")).map(Words::stem).collect(Collectors.toUnmodifiableSet());
    }

    /** What a definition as an upstream lists it ({@code tools/list}) says. */
    public static ToolReading read(Value.Fields definition) {
        String name = definition.text("name").orElse("");
        String description = definition.text("description").orElse("");
        Map<String, Value> properties =
                definition
                        .fields("inputSchema")
                        .flatMap(schema -> schema.fields("properties"))
                        .map(Value.Fields::values)
                        .orElse(Map.of());
        List<String> parts = Words.parts(name);
        boolean looks = isList(parts, description, definition);
        Optional<String> verb =
                looks ? Optional.of(LOOKS) : verb(parts).or(() -> verb(description));
        Set<String> nouns = new HashSet<>();
        parts.forEach(part -> nouns.add(Words.stem(part)));
        verb.ifPresent(nouns::remove);
        Set<Effect> effects =
                isSum(properties)
                        ? EnumSet.of(Effect.READ)
                        : effects(verb, parts, nouns, properties, definition);
        Map<String, ArgumentRole> roles = new HashMap<>();
        properties.forEach(
                (argument, schema) -> {
                    ArgumentRole role = role(argument, schema, effects, properties.keySet());
                    boolean told =
                            role == ArgumentRole.CONTENT
                                    && nouns.contains(Words.stem(argument))
                                    && (effects.stream().noneMatch(SAYING::contains)
                                            || properties.keySet().stream()
                                                    .anyMatch(
                                                            one ->
                                                                    TEXTS.contains(one)
                                                                            && !one.equals(
                                                                                    argument)));
                    boolean object =
                            role == ArgumentRole.PLAIN
                                    && isFree(schema)
                                    && isObject(argument, nouns);
                    roles.put(argument, object || told ? ArgumentRole.TARGET : role);
                });
        return new ToolReading(
                effects, verb.orElse(""), nouns, roles, !looks && acts(parts, properties));
    }

    /**
     * Whether it is called like what there is to see and takes nothing but what narrows that down:
     * {@code inbox}, {@code open_invoices(patient)}.
     */
    private static boolean isList(List<String> name, String description, Value.Fields definition) {
        boolean sure =
                name.stream()
                        .filter(one -> isVerb(Words.stem(one)))
                        .anyMatch(one -> doubt(one) == 0);
        if (sure || name.isEmpty()) {
            return false;
        }
        Value.Fields schema = definition.fields("inputSchema").orElse(Value.Fields.EMPTY);
        Map<String, Value> properties =
                schema.fields("properties").map(Value.Fields::values).orElse(Map.of());
        Set<String> needed = new HashSet<>();
        schema.items("required")
                .forEach(one -> needed.add(one instanceof Value.Text(String text) ? text : ""));
        boolean narrows =
                properties.entrySet().stream()
                        .allMatch(
                                one ->
                                        isWord(one.getValue())
                                                && (!needed.contains(one.getKey())
                                                        || isWhich(one.getKey())));
        String last =
                name.size() > 1 && PREPOSITIONS.contains(name.getLast())
                        ? name.get(name.size() - 2)
                        : name.getLast();
        boolean several = last.endsWith("s") && !last.endsWith("ss");
        boolean acts =
                Words.of(Words.normal(description)).stream()
                        .limit(2)
                        .map(Words::stem)
                        .anyMatch(
                                stem ->
                                        isVerb(stem)
                                                && !LEXICON.isAlsoNoun(stem)
                                                && LEXICON.effects(stem).stream()
                                                        .noneMatch(READS::contains));
        return narrows
                && !acts
                && (several || SHELVES.contains(last) || name.size() == 1 && needed.isEmpty());
    }

    private static boolean isWhich(String argument) {
        ArgumentRole role = role(argument, EnumSet.of(Effect.READ));
        return role == ArgumentRole.TARGET || role == ArgumentRole.PLAIN;
    }

    /** A text or a number; neither a switch nor anything with parts. */
    private static boolean isWord(Value schema) {
        return schema instanceof Value.Fields fields
                && Set.of("string", "integer", "number").contains(fields.text("type").orElse(""));
    }

    /** Whether its name says that it has an effect, and nothing that it may only read. */
    private static boolean acts(List<String> name, Map<String, Value> properties) {
        return !isAbout(PROGRAMS, properties)
                && verb(name)
                        .filter(stem -> LEXICON.effects(stem).stream().noneMatch(READS::contains))
                        .isPresent();
    }

    /** The fields of its answers that whoever sends something sets, as far as it declares any. */
    public static List<String> outsiders(Value.Fields definition) {
        Set<String> found = new TreeSet<>();
        definition.fields("outputSchema").ifPresent(schema -> outsiders(schema, DEEPEST, found));
        return List.copyOf(found);
    }

    private static void outsiders(Value.Fields schema, int deep, Set<String> found) {
        if (deep == 0) {
            return;
        }
        schema.fields("properties").orElse(Value.Fields.EMPTY).values().keySet().stream()
                .filter(Ground::isOutsiders)
                .forEach(found::add);
        schema.fields("properties").orElse(Value.Fields.EMPTY).values().values().stream()
                .filter(Value.Fields.class::isInstance)
                .forEach(inner -> outsiders((Value.Fields) inner, deep - 1, found));
        schema.fields("items").ifPresent(items -> outsiders(items, deep - 1, found));
    }

    /**
     * The first that is surely a verb; forms like "delivered" and "trading" only if nothing else
     * is.
     */
    private static Optional<String> verb(List<String> words) {
        List<String> verbs =
                words.stream()
                        .filter(word -> isVerb(Words.stem(word)))
                        .sorted(Comparator.comparingInt(ToolReader::doubt))
                        .toList();
        return verbs.stream().findFirst().map(Words::stem);
    }

    private static int doubt(String word) {
        boolean form = word.endsWith("ed") || word.endsWith("ing");
        boolean object = !LEXICON.kinds(Set.of(Words.stem(word))).isEmpty(); // as in mail_open
        boolean several =
                word.endsWith("s") && !Words.stem(word).endsWith("s"); // as in dns-records
        return (form || PAST.contains(word) ? 2 : 0)
                + (several ? 2 : 0)
                + (LEXICON.isAlsoNoun(Words.stem(word)) ? 1 : 0)
                + (object ? 2 : 0);
    }

    private static boolean isVerb(String stem) {
        return !LEXICON.effects(stem).isEmpty();
    }

    /** The first verb of what it says it does, if it starts with one. */
    private static Optional<String> verb(String description) {
        String text = Words.normal(description);
        int mark = text.indexOf("tool description:");
        String said = mark < 0 ? text : text.substring(mark + "tool description:".length());
        if (said.startsWith("who ") || said.startsWith("where ")) {
            return Optional.empty(); // what somebody else does
        }
        return Words.of(said).stream()
                .limit(6)
                .map(Words::stem)
                .filter(ToolReader::isVerb)
                .findFirst();
    }

    private static EnumSet<Effect> effects(
            Optional<String> verb,
            List<String> name,
            Set<String> nouns,
            Map<String, Value> properties,
            Value.Fields definition) {
        EnumSet<Effect> effects =
                verb.map(stem -> EnumSet.copyOf(LEXICON.effects(stem)))
                        .orElse(EnumSet.of(Effect.CHANGE));
        boolean addressed = isAbout(ADDRESSES, properties);
        if (effects.contains(Effect.FETCH) && effects.contains(Effect.CHANGE)) {
            effects =
                    addressed
                            ? EnumSet.of(Effect.FETCH)
                            : isLookedAt(nouns, properties)
                                    ? EnumSet.of(Effect.READ)
                                    : EnumSet.of(Effect.CREATE, Effect.CHANGE);
        }
        boolean reads = effects.contains(Effect.READ) || effects.contains(Effect.FETCH);
        if (reads && !doesMore(name, properties)) {
            effects = EnumSet.of(addressed ? Effect.FETCH : Effect.READ);
        } else if (reads) {
            effects = EnumSet.of(Effect.CREATE, Effect.CHANGE);
            reads = false;
        } else if (isAboutMoney(nouns, properties)) {
            effects.add(Effect.PAY);
        } else if (effects.size() > 1) {
            effects.remove(Effect.PAY);
        }
        if (nouns.stream().anyMatch(SAID::contains) && !nouns.contains("draft")) {
            if (effects.contains(Effect.CREATE)) {
                effects =
                        EnumSet.of(Effect.CREATE, Effect.SEND); // who adds a comment says something
            }
        }
        if (effects.contains(Effect.SEND)
                && effects.contains(Effect.CREATE)
                && LEXICON.kinds(nouns).stream().anyMatch(WRITTEN::contains)) {
            effects = EnumSet.of(Effect.CREATE, Effect.CHANGE); // who writes a page
        }
        boolean rights =
                isAbout(Set.of("role", "right", "rights", "permission", "access"), properties)
                        && isAbout(
                                Set.of("user", "member", "who", "mail", "email", "principal"),
                                properties);
        if ((rights || nouns.stream().anyMatch(RIGHTS::contains))
                && EnumSet.of(Effect.CREATE, Effect.CHANGE).containsAll(effects)) {
            effects.add(Effect.SHARE); // somebody may do more, or less, whatever the verb
        }
        if (isAbout(RECEIVERS, properties)
                && EnumSet.of(Effect.CREATE, Effect.CHANGE).containsAll(effects)) {
            effects = EnumSet.of(Effect.SEND, Effect.SHARE); // somebody gets it, whatever the verb
        }
        Value.Fields hints = definition.fields("annotations").orElse(Value.Fields.EMPTY);
        if (hints.get("readOnlyHint").filter(Value.of(false)::equals).isPresent() && reads) {
            effects = EnumSet.of(Effect.CHANGE);
        }
        if (hints.flag("destructiveHint")) {
            effects.removeAll(EnumSet.of(Effect.READ, Effect.FETCH));
            effects.add(Effect.REMOVE);
        }
        return effects;
    }

    /** Whether what is opened is there to be read: nothing else is said than which. */
    private static boolean isLookedAt(Set<String> nouns, Map<String, Value> properties) {
        return LEXICON.kinds(nouns).stream().anyMatch(READABLE::contains)
                && properties.keySet().stream()
                        .map(argument -> role(argument, EnumSet.of(Effect.READ)))
                        .allMatch(
                                role -> role == ArgumentRole.TARGET || role == ArgumentRole.PLAIN);
    }

    private static boolean isAboutMoney(Set<String> nouns, Map<String, Value> properties) {
        if (nouns.stream().anyMatch(PAYEES::contains) && !isAbout(AMOUNTS, properties)) {
            return false; // who is paid one day
        }
        return nouns.stream().anyMatch(MONEY::contains) || isAbout(PAYING, properties);
    }

    private static boolean isAbout(Set<String> words, Map<String, Value> properties) {
        return properties.keySet().stream()
                .flatMap(argument -> Words.parts(argument).stream())
                .anyMatch(words::contains);
    }

    /**
     * Whether it does more than its first verb says: it is told what to run, or the name goes on.
     */
    private static boolean doesMore(List<String> name, Map<String, Value> properties) {
        for (int i = 0; i + 1 < name.size(); i++) {
            boolean on = name.get(i).equals("and") || name.get(i).equals("or");
            if (on
                    && LEXICON.effects(Words.stem(name.get(i + 1))).stream()
                            .noneMatch(READS::contains)) {
                return true;
            }
            boolean counter = name.get(i).equals("check");
            if (counter && (name.get(i + 1).equals("in") || name.get(i + 1).equals("out"))) {
                return true;
            }
        }
        return isAbout(PROGRAMS, properties) || (name.contains("echo") && properties.size() > 1);
    }

    /** Whether there is nothing to it but numbers, as in a pocket calculator. */
    private static boolean isSum(Map<String, Value> properties) {
        Set<String> operands =
                Set.of("a", "b", "x", "y", "number", "numbers", "value", "base", "exponent");
        return !properties.isEmpty()
                && properties.values().stream().allMatch(ToolReader::isNumeric)
                && properties.keySet().stream().anyMatch(operands::contains);
    }

    private static boolean isNumeric(Value schema) {
        if (!(schema instanceof Value.Fields fields)) {
            return false;
        }
        String type = fields.text("type").orElse("");
        return switch (type) {
            case "number", "integer", "float" -> true;
            case "array" -> fields.get("items").filter(ToolReader::isNumeric).isPresent();
            default -> false;
        };
    }

    private static ArgumentRole role(
            String argument, Value schema, Set<Effect> effects, Set<String> all) {
        if (!isFree(schema)) {
            return ArgumentRole.PLAIN;
        }
        if (argument.equals("to") && all.contains("from") && !effects.contains(Effect.SEND)) {
            return ArgumentRole.PLAIN; // the end of a time, or of a way
        }
        boolean says = effects.contains(Effect.SEND);
        if (says && Set.of("list", "group", "team").contains(argument)) {
            return ArgumentRole.DESTINATION;
        }
        if (argument.equals("value")) {
            return isNumeric(schema) ? ArgumentRole.AMOUNT : ArgumentRole.TARGET;
        }
        return role(argument, effects);
    }

    /** Whether it may be anything: neither a switch nor one of a few choices. */
    private static boolean isFree(Value schema) {
        return !(schema instanceof Value.Fields fields)
                || (fields.text("type").filter("boolean"::equals).isEmpty()
                        && fields.items("enum").isEmpty()
                        && fields.get("items").filter(items -> !isFree(items)).isEmpty());
    }

    /** Whether an argument is called like what the tool acts on, or like a kind of objects. */
    private static boolean isObject(String argument, Set<String> nouns) {
        List<String> parts = Words.parts(argument);
        if (parts.isEmpty() || LEXICON.role(parts.getLast()).isPresent()) {
            return false; // a date is a date
        }
        String noun = Words.stem(parts.getLast());
        return nouns.contains(noun) || !LEXICON.kinds(Set.of(noun)).isEmpty();
    }

    /** What an argument, or a field inside of one, is for. */
    static ArgumentRole role(String argument, Set<Effect> effects) {
        boolean reads = effects.stream().anyMatch(READS::contains);
        List<String> parts = Words.parts(argument);
        String last = parts.isEmpty() ? "" : parts.getLast();
        if (TAILS.contains(last)
                && parts.size() > 1
                && LEXICON.role(parts.get(parts.size() - 2))
                        .filter(ArgumentRole.DESTINATION::equals)
                        .isPresent()) {
            String owner = Words.stem(parts.get(parts.size() - 2));
            boolean whose = OWNED.contains(owner) || owner.equals("account");
            return reads || (whose && MENDING.containsAll(effects))
                    ? ArgumentRole.TARGET
                    : ArgumentRole.DESTINATION;
        }
        boolean source = parts.size() > 1 && SOURCES.contains(parts.getFirst());
        if (source && Set.of("account", "iban", "wallet", "card").contains(last)) {
            return reads ? ArgumentRole.PLAIN : ArgumentRole.TARGET;
        }
        if (last.equals("to") && parts.size() > 1 && SENDING.contains(parts.getFirst())) {
            return ArgumentRole.DESTINATION;
        }
        if (last.equals("to") && parts.size() > 1 && !effects.contains(Effect.SEND)) {
            return ArgumentRole.TARGET;
        }
        for (int i = parts.size() - 1; i >= 0; i--) { // the last word is the noun
            String part = parts.get(i);
            Optional<ArgumentRole> role =
                    LEXICON.role(part).or(() -> LEXICON.role(Words.stem(part)));
            if (role.isPresent()) {
                boolean whose = OWNED.contains(Words.stem(part)) && MENDING.containsAll(effects);
                return whose ? ArgumentRole.TARGET : role.get();
            }
        }
        return ArgumentRole.PLAIN;
    }
}
