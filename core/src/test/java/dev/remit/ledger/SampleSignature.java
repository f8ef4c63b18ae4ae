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
                            "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiVFRESGlBNE1wWnJlR0Rh"
                                    + "REpUTjhNMElPQ254Y0E1UHVtdVNoVmRtVzBQayIsIm9yaWdpbiI6Imh0dHBzOi8v"
                                    + "cmVtaXQuZXhhbXBsZSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
                            "nkZMm1ZmqE4VLWg2DNkydHceGANtB-2GrmDOSoVxS6nm-sYY8zanP8CRxX0EpA3tmuUq"
                                    + "7ez_HhheGtrBCj8vCg"));

    private SampleSignature() {}

    static Event.MandateGiven of(Mandate mandate) {
        assertThat(SIGNATURE.fault(mandate, ORIGIN)).as("it is this mandate's").isEmpty();
        return new Event.MandateGiven(mandate, Optional.of(SIGNATURE));
    }
}
