package dev.remit.identity;

import dev.remit.call.IdForm;

/** Names one credential that the gateway keeps for an upstream; says nothing of its content. */
public record CredentialId(String text) {
    public CredentialId {
        IdForm.check("crd_", text);
    }

    @Override
    public String toString() {
        return text;
    }
}
