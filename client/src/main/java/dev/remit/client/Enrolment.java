package dev.remit.client;

import dev.remit.identity.DpopSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What an instance shows to become one: the word that says whose it is. */
public sealed interface Enrolment {
    /** A one-time code that a person got with {@code remit agent new} or {@code agent code}. */
    record ByCode(String code) implements Enrolment {
        @Override
        public String toString() {
            return "ByCode";
        }
    }

    /** A passport (SD-JWT VC) for the instance's key, in a file; read anew each time. */
    record ByPassport(Path file) implements Enrolment {}

    /**
     * What the platform says of this workload (RFC 7523), in a file that the platform renews, such
     * as a Kubernetes service account's token; read anew each time.
     */
    record ByAssertion(Path file) implements Enrolment {}

    /**
     * What another instance passed on to this one's key, in a file; read anew each time, so that a
     * newer one may take its place.
     */
    record ByChain(Path file) implements Enrolment {
        /** Whether the identity has its authority by the very chain that is in the file. */
        public boolean isThatOf(Identity identity) {
            String text = read(file);
            return identity.chain().filter(one -> one.text().equals(text)).isPresent();
        }
    }

    /** Whether it can be shown again when the gateway knows the instance no more. */
    default boolean lasts() {
        return switch (this) {
            case ByCode _ -> false;
            case ByPassport _, ByAssertion _, ByChain _ -> true;
        };
    }

    /**
     * The word to send.
     *
     * @param audience the gateway's own name
     * @param id a fresh random name
     */
    default String word(DpopSigner signer, String audience, String id, Instant now) {
        return switch (this) {
            case ByCode(String code) -> code;
            case ByPassport(Path file) -> signer.presentation(read(file), audience, id, now);
            case ByAssertion(Path file) -> read(file);
            case ByChain(Path file) -> read(file);
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new GatewayFailed("the file " + file + " cannot be read", e);
        }
    }
}
