package dev.remit.vault;

import dev.remit.identity.CredentialId;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Where sealed contents lie, each under its credential's id. What is put is durable. */
public interface SealedShelf {
    Optional<byte[]> get(CredentialId id) throws IOException;

    void put(CredentialId id, byte[] sealed) throws IOException;

    /** Erases it; fine if there is none. */
    void remove(CredentialId id) throws IOException;

    Set<CredentialId> all() throws IOException;
}
