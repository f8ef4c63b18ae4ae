package dev.remit.identity;

/** Names one mandate, as a token does; never used again. */
public record MandateId(String text) {
    public MandateId {
        if (!text.matches("mdt_[0-9A-Za-z_-]{1,64}")) {
            throw new IllegalArgumentException("`" + text + "` is not of the form mdt_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
