package dev.remit.cedar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Entities and values as the public tests of the language write them. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    static Entities entities(JsonNode all) {
        List<Entity> entities = new ArrayList<>();
        for (JsonNode one : all) {
            Set<Uid> parents = new HashSet<>();
            one.path("parents").forEach(parent -> parents.add(uid(parent)));
            entities.add(
                    new Entity(
                            uid(one.path("uid")),
                            fields(one.path("attrs")),
                            parents,
                            fields(one.path("tags"))));
        }
        return Entities.of(entities);
    }

    static Uid uid(JsonNode node) {
        JsonNode inner = node.has("__entity") ? node.path("__entity") : node;
        return new Uid(inner.path("type").asString(), inner.path("id").asString());
    }

    static Value.Fields fields(JsonNode node) {
        Map<String, Value> fields = new HashMap<>();
        node.properties().forEach(one -> fields.put(one.getKey(), value(one.getValue())));
        return Value.fields(fields);
    }

    static Value value(JsonNode node) {
        if (node.isBoolean()) {
            return Value.Bool.of(node.asBoolean());
        }
        if (node.isIntegralNumber()) {
            return new Value.Whole(node.asLong());
        }
        if (node.isString()) {
            return new Value.Text(node.asString());
        }
        if (node.isArray()) {
            List<Value> all = new ArrayList<>();
            node.forEach(one -> all.add(value(one)));
            return Value.set(all);
        }
        if (node.has("__entity") || isBareUid(node)) {
            return uid(node);
        }
        return node.has("__extn") ? extension(node.path("__extn")) : fields(node);
    }

    /** Where a schema says that it is an entity, their files leave out that it is. */
    private static boolean isBareUid(JsonNode node) {
        return node.size() == 2 && node.path("type").isString() && node.path("id").isString();
    }

    private static Value extension(JsonNode node) {
        List<Value> arguments = new ArrayList<>();
        if (node.has("arg")) {
            arguments.add(value(node.path("arg")));
        }
        node.path("args").forEach(one -> arguments.add(value(one)));
        Optional<Function> function = Function.named(node.path("fn").asString());
        try {
            return function.orElseThrow().call(arguments);
        } catch (Fault fault) {
            throw new IllegalArgumentException(fault.sentence(), fault);
        }
    }
}
