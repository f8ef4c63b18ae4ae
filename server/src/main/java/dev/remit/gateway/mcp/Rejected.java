package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gateway.wire.Rpc;
import java.util.Optional;

/** A request that does not become a call; the edge answers it, writes it down, and is done. */
final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Value id;
    private final transient Value.Fields fault;
    private final Refusal refusal;
    private final String detail;

    private Rejected(int status, Value id, Value.Fields fault, Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.id = id;
        this.fault = fault;
        this.refusal = refusal;
        this.detail = detail;
    }

    static Rejected unreadable(int status, Value id, long code, String detail) {
        return new Rejected(
                status, id, Rpc.fault(code, "Refused: " + detail), Refusal.UNREADABLE, detail);
    }

    static Rejected unreadable(int status, Value id, long code, String detail, Value.Fields data) {
        Value.Fields fault = Rpc.fault(code, "Refused: " + detail, Optional.of(data));
        return new Rejected(status, id, fault, Refusal.UNREADABLE, detail);
    }

    static Rejected tooLarge(int most) {
        String detail = "the request is larger than " + most + " bytes";
        return new Rejected(
                413,
                new Value.Nothing(),
                Rpc.fault(Rpc.INVALID_REQUEST, "Refused: " + detail),
                Refusal.TOO_LARGE,
                detail);
    }

    int status() {
        return status;
    }

    Value.Fields message() {
        return Rpc.error(id, fault);
    }

    Refusal refusal() {
        return refusal;
    }

    String detail() {
        return detail;
    }
}
