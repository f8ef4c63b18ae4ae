package dev.remit.identity;

import dev.remit.call.IdForm;

/** Names one mandate, as a token does; never used again. */
public record MandateId(String text) {
    public MandateId {
        IdForm.check("mdt_", text);
    }

    @Override
    public String toString() {
        return text;
    }
}
