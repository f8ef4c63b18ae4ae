package dev.remit.ledger;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import java.util.Optional;

/** Where questions lie; part of {@link Books.Shelf}. */
public interface QuestionShelf {
    Optional<Question> question(QuestionId id);

    void put(Question question);
}
