package dev.remit.identity;

/** Names one running copy of an agent, with one key. */
public record InstanceId(String text) {
    public InstanceId {
        if (!text.matches("ins_[0-9A-Za-z_-]{1,64}")) {
            throw new IllegalArgumentException("`" + text + "` is not of the form ins_…");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
