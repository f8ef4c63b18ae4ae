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
import java.util.function.Predicate;

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
        return newest(one -> one.state() instanceof Question.State.Waiting, most);
    }

    @Override
    public List<Question> waiting(PersonId giver, int most) {
        return newest(
                one -> one.state() instanceof Question.State.Waiting && one.giver().equals(giver),
                most);
    }

    @Override
    public List<Question> lately(int most) {
        return newest(_ -> true, most);
    }

    @Override
    public List<Question> lately(PersonId giver, int most) {
        return newest(one -> one.giver().equals(giver), most);
    }

    private List<Question> newest(Predicate<Question> wanted, int most) {
        return all.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Question::since).reversed())
                .limit(most)
                .toList();
    }
}
