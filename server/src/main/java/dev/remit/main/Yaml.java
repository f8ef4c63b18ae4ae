package dev.remit.main;

import dev.remit.call.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * A YAML document as a {@link Value} that remembers the line each thing stands on. Keys that occur
 * twice, aliases and more than one document are refused.
 *
 * @param places by path, {@code /mcpServers/files/command}
 */
record Yaml(Value.Fields value, Map<String, Place> places) {
    /** Where something stands, both counted from 1. */
    record Place(int line, int column) {}

    static Yaml read(String file, String text) {
        Map<String, Place> places = new HashMap<>();
        try (YAMLParser parser =
                (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return new Yaml(Value.Fields.EMPTY, Map.of());
            }
            Value value = new Reading(file, parser, places).value("");
            if (parser.nextToken() != null) {
                throw new ConfigRefused(
                        file + ": one document is expected; remove what follows `---`");
            }
            if (value instanceof Value.Fields fields) {
                return new Yaml(fields, Map.copyOf(places));
            }
            throw new ConfigRefused(
                    file + ": line 1: names with values are expected, as in `listen: …`");
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ConfigRefused(
                    file + ": line " + line + ": this is not YAML: " + e.getOriginalMessage());
        }
    }

    /** The line that a path, or the nearest thing above it, stands on. */
    int line(String path) {
        return place(path).line();
    }

    /** Where a path, or the nearest thing above it, stands. */
    Place place(String path) {
        String at = path;
        while (!at.isEmpty() && !places.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return places.getOrDefault(at, new Place(1, 1));
    }

    /** The walk over one document. */
    private record Reading(String file, YAMLParser parser, Map<String, Place> places) {

        Value value(String path) {
            places.putIfAbsent(path, place());
            if (parser.isCurrentAlias()) {
                throw new ConfigRefused(file + ": line " + line() + ": aliases are not supported");
            }
            JsonToken token = parser.currentToken();
            return switch (token) {
                case START_OBJECT -> object(path);
                case START_ARRAY -> array(path);
                case VALUE_STRING -> Value.of(parser.getString());
                case VALUE_NUMBER_INT ->
                        new Value.Num(new BigDecimal(new BigInteger(parser.getString())));
                case VALUE_NUMBER_FLOAT -> new Value.Num(parser.getDecimalValue());
                case VALUE_TRUE -> Value.of(true);
                case VALUE_FALSE -> Value.of(false);
                case VALUE_NULL -> new Value.Nothing();
                case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                        throw new ConfigRefused(
                                file + ": line " + line() + ": a value is expected");
            };
        }

        private Value object(String path) {
            Map<String, Value> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.getString();
                String below = path + "/" + name;
                places.put(below, place());
                parser.nextToken();
                if (fields.put(name, value(below)) != null) {
                    throw new ConfigRefused(
                            file + ": line " + line() + ": `" + name + "` occurs twice");
                }
            }
            return new Value.Fields(fields);
        }

        private Value array(String path) {
            List<Value> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(path + "/" + items.size()));
            }
            return new Value.Items(items);
        }

        private int line() {
            return place().line();
        }

        private Place place() {
            TokenStreamLocation at = parser.currentTokenLocation();
            return new Place(at.getLineNr(), at.getColumnNr());
        }
    }
}
