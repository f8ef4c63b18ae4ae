package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Authentication;
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
                            "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiMllNVUxlMC1XcWNCYVhp"
                                    + "MXN0WEk0WU1GNEdTZDlfRlZDNFdKd3dqS3IwYyIsIm9yaWdpbiI6Imh0dHBzOi8v"
                                    + "cmVtaXQuZXhhbXBsZSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
                            "-HvPfMXck81bstYqYXGtH1vf9A_GDpZVhDlywJDT2FMnKibYdBzVTuquQJKFtKqVob3G"
                                    + "4Wj1HvcM94rtHAaPDw"));

    private SampleSignature() {}

    /** Given by somebody who had signed in with a passkey. */
    static Mandate onPage(Mandate mandate) {
        return new Mandate(
                mandate.id(),
                mandate.giver(),
                mandate.agent(),
                mandate.task(),
                mandate.permissions(),
                mandate.limits(),
                mandate.givenAt(),
                mandate.status(),
                mandate.delegates(),
                Optional.of(Authentication.byPasskey(SampleEvents.AT)),
                mandate.version());
    }

    static Event.MandateGiven of(Mandate mandate) {
        assertThat(SIGNATURE.fault(mandate, ORIGIN)).as("it is this mandate's").isEmpty();
        return new Event.MandateGiven(mandate, Optional.of(SIGNATURE));
    }
}
