package dev.remit.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.decision.intent.Plan;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Amendment;
import dev.remit.mandate.Amendment.Act;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Suggestions.Suggestion;
import dev.remit.mandate.Task;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model may read out of a task's words, and what it cannot make of them. */
class ModelSuggestionsTest {
    private static final String WORDS = "Move the review to Friday and keep Ruth in the loop";

    private final Vertx vertx = Vertx.vertx();
    private FakeModel model;

    @BeforeEach
    void start() throws IOException {
        model = new FakeModel();
    }

    @AfterEach
    void stop() {
        model.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private List<Suggestion> suggested(Amendment amended) {
        try (SafeFetch fetch = model.fetch(vertx)) {
            Instant now = Instant.parse("2026-11-22T09:00:00Z");
            Mandate mandate =
                    new Mandate(
                            new MandateId("mdt_1"),
                            new Person(new PersonId("per_1"), "Ada"),
                            new AgentId("agt_1"),
                            new Task(WORDS, amended),
                            new Permissions(List.of()),
                            new Limits(
                                    now.plusSeconds(60), Optional.empty(), OptionalLong.empty(), 5),
                            now,
                            new Mandate.Status.Active(),
                            1);
            return Plan.suggested(
                    mandate,
                    new ModelSuggestions(model.settings(Set.of(ModelSettings.Look.TASKS)), fetch));
        }
    }

    @Test
    void whatTheWordsMayAskForAsWellIsSuggested() {
        model.says(
                "{\"acts\": [{\"act\": \"send\", \"words\": \"keep Ruth in the loop\"},"
                        + " {\"act\": \"change\", \"words\": \"Move the review\"}]}");
        assertThat(suggested(Amendment.NONE))
                .as("that something is changed is understood anyway")
                .containsExactly(new Suggestion(Act.SEND, "keep Ruth in the loop"));
        assertThat(model.asked().getFirst()).contains("keep Ruth in the loop");
        assertThat(model.tokens()).containsExactly("Bearer s3cret");
    }

    @Test
    void whatTheGiverSaidIsNotSuggestedOnceMore() {
        model.says("{\"acts\": [{\"act\": \"send\", \"words\": \"in the loop\"}]}");
        assertThat(suggested(new Amendment(Set.of(), Set.of(Act.SEND)))).isEmpty();
        assertThat(suggested(new Amendment(Set.of(Act.SEND), Set.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"acts\": [{\"act\": \"send\", \"words\": \"mail everybody\"}]}",
                "{\"acts\": [{\"act\": \"send\", \"words\": \"\"}]}",
                "{\"acts\": [{\"act\": \"send\"}]}",
                "{\"acts\": [{\"act\": \"steal\", \"words\": \"in the loop\"}]}",
                "{\"acts\": [\"send\"]}",
                "{\"acts\": {\"act\": \"send\", \"words\": \"in the loop\"}}",
                "[]",
                "send it",
                ""
            })
    void whatPointsAtNoWordsOrIsNoAnswerIsNothing(String said) {
        model.says(said);
        assertThat(suggested(Amendment.NONE)).isEmpty();
    }

    @Test
    void oneThatFailsSuggestsNothing() {
        model.says("{\"acts\": [{\"act\": \"send\", \"words\": \"in the loop\"}]}");
        model.status(500);
        assertThat(suggested(Amendment.NONE)).isEmpty();
    }
}
