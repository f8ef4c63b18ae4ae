package dev.remit.bench.tokens;

import java.util.Map;

/**
 * A server that runs, in a process of its own.
 *
 * @param cannot what it cannot do, and why
 */
record Rival(String name, Process process, Service service, Map<Operation, String> cannot) {
    Rival {
        cannot = Map.copyOf(cannot);
    }
}
