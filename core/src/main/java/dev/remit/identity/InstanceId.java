package dev.remit.identity;

import dev.remit.call.IdForm;

/** Names one running copy of an agent, with one key. */
public record InstanceId(String text) {
    public InstanceId {
        IdForm.check("ins_", text);
    }

    @Override
    public String toString() {
        return text;
    }
}
