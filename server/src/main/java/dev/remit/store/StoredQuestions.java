package dev.remit.store;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.identity.PersonId;
import dev.remit.store.Pages.Row;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The embedded store's book of questions. */
final class StoredQuestions implements QuestionBook {
    private final BookShelf shelf;
    private final StoredPassports.Listing listing;

    StoredQuestions(BookShelf shelf, StoredPassports.Listing listing) {
        this.shelf = shelf;
        this.listing = listing;
    }

    @Override
    public Optional<Question> question(QuestionId id) {
        return shelf.questions.get(id);
    }

    @Override
    public List<Question> waiting(int most) {
        return newest(StoredQuestions::waits, on -> QuestionTable.waiting(on, most), most);
    }

    @Override
    public List<Question> waiting(PersonId giver, int most) {
        return newest(
                one -> waits(one) && one.giver().equals(giver),
                on -> QuestionTable.waiting(on, giver, most),
                most);
    }

    @Override
    public List<Question> lately(int most) {
        return newest(_ -> true, on -> QuestionTable.lately(on, most), most);
    }

    @Override
    public List<Question> lately(PersonId giver, int most) {
        return newest(
                one -> one.giver().equals(giver),
                on -> QuestionTable.lately(on, giver, most),
                most);
    }

    private static boolean waits(Question question) {
        return question.state() instanceof Question.State.Waiting;
    }

    /** What the database has, as it is by now, and what it does not have yet. */
    private List<Question> newest(
            Predicate<Question> wanted, BooksFile.Query<List<Row<Question>>> query, int most) {
        Map<QuestionId, Optional<Row<Question>>> found = new LinkedHashMap<>();
        listing.of(query).forEach(row -> found.put(row.value().id(), Optional.of(row)));
        found.putAll(shelf.questions.unsaved());
        return found.values().stream()
                .flatMap(Optional::stream)
                .map(Row::value)
                .filter(wanted)
                .sorted(Comparator.comparing(Question::since).reversed())
                .limit(most)
                .toList();
    }
}
