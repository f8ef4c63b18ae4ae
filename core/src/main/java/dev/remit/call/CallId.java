package dev.remit.call;

/** Names one attempted action; time-ordered, so that the ledger can be searched by it. */
public record CallId(String text) {
    public CallId {
        if (!text.matches("call_[0-9A-Za-z_-]{1,64}")) {
            throw new IllegalArgumentException("`" + text + "` is not of the form call_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
