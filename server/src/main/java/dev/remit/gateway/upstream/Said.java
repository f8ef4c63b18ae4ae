package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import java.util.List;

/** A tool's result in the gateway's own words. */
final class Said {
    private Said() {}

    static Value.Fields error(String text) {
        Value.Fields content = Value.object().put("type", "text").put("text", text).build();
        return Value.object()
                .put("content", new Value.Items(List.of(content)))
                .put("isError", true)
                .build();
    }
}
