package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Rpc;

/** Error codes of upstreams, as the agent's revision knows them. */
final class Codes {
    private static final long FIRST_RESERVED = -32099;
    private static final long LAST_RESERVED = -32020;

    private Codes() {}

    /** For the revision without sessions, which forbids some codes of the others. */
    static Value.Fields withoutSession(Value.Fields error) {
        long code = error.whole("code").orElse(Rpc.INTERNAL_ERROR);
        if (code == Rpc.RESOURCE_NOT_FOUND) {
            return error.with("code", Value.of(Rpc.INVALID_PARAMS));
        }
        boolean forbidden = code == Rpc.URL_ELICITATION || error.whole("code").isEmpty();
        return forbidden ? error.with("code", Value.of(Rpc.INTERNAL_ERROR)) : error;
    }

    /** For sessions, which do not know the codes that came later. */
    static Value.Fields withSession(Value.Fields error) {
        long code = error.whole("code").orElse(FIRST_RESERVED);
        boolean later = code >= FIRST_RESERVED && code <= LAST_RESERVED;
        return later && code != Rpc.URL_ELICITATION
                ? error.with("code", Value.of(Rpc.INTERNAL_ERROR))
                : error;
    }

    /** The HTTP status that goes with an error of the revision without sessions. */
    static int status(Value.Fields error) {
        long code = error.whole("code").orElse(Rpc.INTERNAL_ERROR);
        if (code == Rpc.METHOD_NOT_FOUND) {
            return 404;
        }
        return code == Rpc.HEADER_MISMATCH
                        || code == Rpc.CAPABILITY_MISSING
                        || code == Rpc.VERSION_UNSUPPORTED
                ? 400
                : 200;
    }
}
