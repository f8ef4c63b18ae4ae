package dev.remit.approval;

import dev.remit.identity.PersonId;
import java.util.List;
import java.util.Optional;

/** What the ledger says of questions, for reading; it changes only by appending to the ledger. */
public interface QuestionBook {
    Optional<Question> question(QuestionId id);

    /** Those without an answer, the newest first; time may have run out for some. */
    List<Question> waiting(int most);

    /** The same, of the mandates that this person gave. */
    List<Question> waiting(PersonId giver, int most);

    /** All, whatever has become of them, the newest first. */
    List<Question> lately(int most);

    /** The same, of the mandates that this person gave. */
    List<Question> lately(PersonId giver, int most);
}
