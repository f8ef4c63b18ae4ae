package dev.remit.office;

import dev.remit.call.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One tool of an office server.
 *
 * @param parameters names and what they mean; all are required texts
 * @param work gives the answer as JSON; an {@link IllegalArgumentException} is told to the caller
 */
record OfficeTool(
        String name,
        String description,
        Map<String, String> parameters,
        boolean readOnly,
        Function<Value.Fields, Value> work) {

    Value.Fields definition() {
        Value.Building properties = Value.object();
        parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        parameter ->
                                properties.put(
                                        parameter.getKey(),
                                        Value.object()
                                                .put("type", "string")
                                                .put("description", parameter.getValue())
                                                .build()));
        List<String> required = parameters.keySet().stream().sorted().toList();
        return Value.object()
                .put("name", name)
                .put("description", description)
                .put(
                        "inputSchema",
                        Value.object()
                                .put("type", "object")
                                .put("properties", properties.build())
                                .put("required", Value.ofTexts(required))
                                .build())
                .put("annotations", Value.object().put("readOnlyHint", readOnly).build())
                .build();
    }
}
