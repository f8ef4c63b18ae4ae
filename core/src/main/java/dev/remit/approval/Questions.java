package dev.remit.approval;

import java.time.Instant;
import java.util.List;

/**
 * How many calls people were asked about, and what became of the questions; a call that is repeated
 * is one question.
 *
 * @param asked all of them
 * @param answered by a person, yes or no
 * @param waiting that can still be answered
 */
public record Questions(long asked, long answered, long waiting) {
    /** Counts them, as they stand at a moment. */
    public static Questions of(List<Question> all, Instant now) {
        return new Questions(
                all.size(),
                all.stream()
                        .filter(one -> !(one.state() instanceof Question.State.Waiting))
                        .count(),
                all.stream().filter(one -> one.isWaiting(now)).count());
    }

    /** In words. */
    public String said() {
        return asked
                + " asked, "
                + answered
                + " answered"
                + (waiting > 0 ? ", " + waiting + " waiting" : "")
                + (tooLate() > 0 ? ", " + tooLate() + " too late" : "");
    }

    /** Those that nobody answered in time. */
    public long tooLate() {
        return asked - answered - waiting;
    }
}
