package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.PasskeyAnswer;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import java.util.Optional;

/** A passkey's yes, for {@link SampleEvents}: the key is that of RFC 8032, section 7.1, test 1. */
final class SampleSignature {
    static final String ORIGIN = "https://remit.example";

    private static final MandateSignature SIGNATURE =
            new MandateSignature(
                    "aWQ",
                    "pAEBAycgBiFYINdamAGCsQq31Uv-08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
                    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
                    new PasskeyAnswer(
                            "rQL6QNdWWoteGf4GUFBZOCK7q2j3fihlTPD40T1PRl0FAAAACQ",
                            "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoicnh5bmJrUFRLSzR5VzVV"
                                    + "Vk1GZDI0UUZVQkdwcVhsVGdZaFg4aV9SR2F0OCIsIm9yaWdpbiI6Imh0dHBzOi8v"
                                    + "cmVtaXQuZXhhbXBsZSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
                            "s7vdWnObQ8spwSTvd7UicpMDQ-mr884af0-E-cpVgnsYkQIUD8i5gPVssYZ6q8WoCbqo"
                                    + "vGw1So6_8HYtVrtTDA"));

    private SampleSignature() {}

    static Event.MandateGiven of(Mandate mandate) {
        assertThat(SIGNATURE.fault(mandate, ORIGIN)).as("it is this mandate's").isEmpty();
        return new Event.MandateGiven(mandate, Optional.of(SIGNATURE));
    }
}
