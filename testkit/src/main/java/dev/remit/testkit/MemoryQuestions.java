package dev.remit.testkit;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.identity.PersonId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The questions of a {@link MemoryStore}. */
final class MemoryQuestions implements QuestionBook {
    private final Map<QuestionId, Question> all = new ConcurrentHashMap<>();

    void put(Question question) {
        all.put(question.id(), question);
    }

    @Override
    public Optional<Question> question(QuestionId id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public List<Question> waiting(int most) {
        return all.values().stream()
                .filter(one -> one.state() instanceof Question.State.Waiting)
                .sorted(Comparator.comparing(Question::since).reversed())
                .limit(most)
                .toList();
    }

    @Override
    public List<Question> waiting(PersonId giver, int most) {
        return waiting(Integer.MAX_VALUE).stream()
                .filter(one -> one.giver().equals(giver))
                .limit(most)
                .toList();
    }
}
