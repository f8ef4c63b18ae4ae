package dev.remit.testkit.simulation;

import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.decision.Case;
import dev.remit.gate.Answer;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the client and the upstream wrote down for themselves; the product cannot touch it. */
final class Journals {
    final Map<CallId, Asked> asked = new LinkedHashMap<>();
    final Map<CallId, Answer> answered = new LinkedHashMap<>();
    final List<Arrived> arrived = new ArrayList<>();

    /** The upstream: calls that it ended with a question. */
    final Set<CallId> questions = new HashSet<>();

    /** What the client asked for; that nobody asked for a call is a breach in itself. */
    Asked asked(CallId call) {
        Asked found = asked.get(call);
        if (found == null) {
            throw new AssertionError("nobody asked for " + call);
        }
        return found;
    }

    /** The client: who asked for what. */
    record Asked(AgentId agent, InstanceId instance, Call call) {}

    /**
     * The upstream: what arrived.
     *
     * @param file the case of the permit it came with
     * @param logSize how many entries were durable at that moment
     */
    record Arrived(CallId call, Digest arguments, Case file, long logSize) {}
}
