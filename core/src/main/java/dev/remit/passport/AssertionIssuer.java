package dev.remit.passport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An issuer whose signed statements (RFC 7523, section 3) the operator believes, and how far.
 *
 * @param issuer its name, exactly as in {@code iss}; a SPIFFE trust domain as {@code spiffe://…},
 *     for statements that have no {@code iss}
 * @param audience whom its statements must be for, exactly and alone
 */
public record AssertionIssuer(String issuer, KeySource keys, String audience, Scope scope) {
    public static final Duration USUAL_RENEWAL = Duration.ofHours(24);

    /** Whom it speaks for. */
    public sealed interface Scope {}

    /**
     * It says which workload runs: enrols instances.
     *
     * @param subjects which of its subjects may come, the first that describes one counts
     * @param required claims that must be there with exactly these texts or truth values
     * @param renewal an instance ends unless it comes with a newer statement by then
     * @param mostAgents how many of its subjects may become agents here
     */
    public record Workloads(
            List<Subject> subjects, Map<String, String> required, Duration renewal, long mostAgents)
            implements Scope {
        public Workloads {
            subjects = List.copyOf(subjects);
            required = Map.copyOf(required);
        }
    }

    /**
     * Subjects that may come.
     *
     * @param agent the name of the agent whose instances they are; unless said, each subject is an
     *     agent of its own
     */
    public record Subject(SegmentPattern pattern, Optional<String> agent) {}

    /** It says that a person uses a client (identity assertion grants). */
    public record People() implements Scope {}
}
