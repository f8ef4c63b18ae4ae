package dev.remit.passport;

import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.registry.Registrar;
import java.util.Optional;

/**
 * Enrols a proven key, by whichever word comes with it: a one-time code, a shown passport, or what
 * an issuer says of a workload.
 */
public final class Enrolment {
    private final Registrar registrar;
    private final Optional<Admissions> admissions;
    private final Optional<Assertions> assertions;

    public Enrolment(Registrar registrar, Admissions admissions) {
        this(registrar, Optional.of(admissions), Optional.empty());
    }

    public Enrolment(Registrar registrar, Admissions admissions, Assertions assertions) {
        this(registrar, Optional.of(admissions), Optional.of(assertions));
    }

    private Enrolment(
            Registrar registrar, Optional<Admissions> admissions, Optional<Assertions> assertions) {
        this.registrar = registrar;
        this.admissions = admissions;
        this.assertions = assertions;
    }

    /** Takes codes, and nothing else. */
    public static Enrolment byCodeAlone(Registrar registrar) {
        return new Enrolment(registrar, Optional.empty(), Optional.empty());
    }

    /** What came of it. */
    public sealed interface Answer {
        record Enrolled(Instance instance) implements Answer {}

        record Refused(Doubt doubt) implements Answer {}
    }

    /** Enrols by any word; its form says what it is. */
    public Answer enrol(String word, Jwk proven) {
        if (word.indexOf('~') >= 0 && admissions.isPresent()) {
            return admissions.get().admit(word, proven);
        }
        if (word.indexOf('.') >= 0 && assertions.isPresent()) {
            return assertions.get().admit(word, proven);
        }
        return registrar
                .enrol(word, proven)
                .<Answer>map(Answer.Enrolled::new)
                .orElse(new Answer.Refused(Doubt.CODE_REFUSED));
    }

    /** Enrols by what an issuer says, or notes that it says so still. */
    public Answer byStatement(String statement, Jwk proven) {
        return assertions.isPresent()
                ? assertions.get().admit(statement, proven)
                : new Answer.Refused(Doubt.OUTSIDE_ISSUER);
    }
}
