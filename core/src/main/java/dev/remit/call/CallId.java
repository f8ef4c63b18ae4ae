package dev.remit.call;

/** Names one attempted action; time-ordered, so that the ledger can be searched by it. */
public record CallId(String text) {
    public CallId {
        IdForm.check("call_", text);
    }

    @Override
    public String toString() {
        return text;
    }
}
