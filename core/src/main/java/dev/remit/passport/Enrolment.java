package dev.remit.passport;

import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.registry.Registrar;
import java.util.Optional;

/** Enrols a proven key, by whichever word comes with it: a one-time code, or a shown passport. */
public final class Enrolment {
    private final Registrar registrar;
    private final Optional<Admissions> admissions;

    public Enrolment(Registrar registrar, Admissions admissions) {
        this(registrar, Optional.of(admissions));
    }

    private Enrolment(Registrar registrar, Optional<Admissions> admissions) {
        this.registrar = registrar;
        this.admissions = admissions;
    }

    /** Takes codes, and no passports. */
    public static Enrolment byCodeAlone(Registrar registrar) {
        return new Enrolment(registrar, Optional.empty());
    }

    /** What came of it. */
    public sealed interface Answer {
        record Enrolled(Instance instance) implements Answer {}

        record Refused(Doubt doubt) implements Answer {}
    }

    public Answer enrol(String word, Jwk proven) {
        return word.indexOf('~') >= 0 && admissions.isPresent()
                ? admissions.get().admit(word, proven)
                : registrar
                        .enrol(word, proven)
                        .<Answer>map(Answer.Enrolled::new)
                        .orElse(new Answer.Refused(Doubt.CODE_REFUSED));
    }
}
