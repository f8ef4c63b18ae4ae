package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.InstanceId;
import dev.remit.mandate.Unanswered;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The questions that calls ended with, as the books keep them. */
final class UnansweredText {
    private UnansweredText() {}

    static Value.Fields write(Map<CallId, Unanswered> unanswered) {
        Value.Building all = Value.object();
        unanswered.forEach(
                (call, one) ->
                        all.put(
                                call.text(),
                                Value.object()
                                        .put("instance", one.instance().text())
                                        .put("permission", one.permission())
                                        .put("action", one.action().hex())
                                        .put("round", one.round())
                                        .put("since", one.since().toString())
                                        .build()));
        return all.build();
    }

    static Map<CallId, Unanswered> read(Value.Fields text) {
        Map<CallId, Unanswered> unanswered = new HashMap<>();
        for (String call : text.values().keySet()) {
            Value.Fields one = text.fields(call).orElseThrow();
            unanswered.put(
                    new CallId(call),
                    new Unanswered(
                            new InstanceId(one.text("instance").orElseThrow()),
                            one.text("permission").orElseThrow(),
                            Digest.ofHex(one.text("action").orElseThrow()),
                            one.whole("round").orElseThrow(),
                            Instant.parse(one.text("since").orElseThrow())));
        }
        return unanswered;
    }
}
