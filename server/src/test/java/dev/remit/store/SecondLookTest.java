package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.decision.intent.Modes;
import dev.remit.gate.Answer;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.gate.Readings;
import dev.remit.gate.Recollections;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.ledger.Event;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Permission;
import dev.remit.model.FakeModel;
import dev.remit.model.ModelCounsel;
import dev.remit.model.ModelSettings;
import dev.remit.testkit.SomeAgent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model behind the chat completions that local servers have, asked by the real gate. */
class SecondLookTest {
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    private static final Value.Fields EDIT = Value.object().put("text", "Room 4").build();

    @TempDir private Path data;
    private final Vertx vertx = Vertx.vertx();
    private final List<String> effects = new ArrayList<>();
    private FakeModel model;
    private GateRig rig;
    private SomeAgent agent;

    @BeforeEach
    void given() throws IOException {
        model = new FakeModel();
        model.says("{\"fits\": false, \"why\": \"It looks odd.\"}");
        rig = new GateRig(data, START);
        for (String tool : List.of("office.read_agenda", "office.update_agenda", "office.pay")) {
            rig.pin(tool, Value.object().put("name", tool.substring(7)).build());
        }
        rig.recalling(
                store ->
                        new Recollections(
                                store,
                                store,
                                store,
                                new Readings(Map.of()),
                                Modes.USUAL,
                                Recollections.USUAL));
        agent = rig.agent("agent");
        rig.give(
                agent,
                "Update the agenda",
                new Limits(START.plusSeconds(36_000), Optional.empty(), OptionalLong.empty(), 9)
                        .asking(20),
                new Permission("all", new Glob("office.*"), Map.of(), OptionalLong.empty()));
    }

    @AfterEach
    void close() {
        rig.close();
        model.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String call(String tool, Set<ModelSettings.Look> looks) {
        try (SafeFetch fetch = model.fetch(vertx)) {
            Gate gate =
                    rig.gate(
                            (permit, _) -> {
                                effects.add(permit.call().tool().name());
                                return new Outcome.Answered(
                                        Value.Fields.EMPTY, Duration.ZERO, false);
                            },
                            new ModelCounsel(model.settings(looks), fetch));
            return switch (gate.call(
                    rig.caller(agent), rig.call("office." + tool, EDIT), Line.closed())) {
                case Answer.Ended _ -> "made";
                case Answer.CutShort _ -> "cut short";
                case Answer.Asked one -> "asked: " + one.refusal().code();
                case Answer.Refused refused -> refused.refusal().code();
            };
        }
    }

    private IntentSaid said() {
        Event last = rig.store().entry(rig.store().size() - 1).orElseThrow().event();
        return ((Event.Decided) last).intent().orElseThrow();
    }

    @Test
    void itHoldsBackWhatTheRulesLetThrough() {
        assertThat(call("update_agenda", Set.of(ModelSettings.Look.EFFECTS)))
                .isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("second-look");
        assertThat(said().said()).contains("It looks odd.");
        assertThat(effects).isEmpty();
        assertThat(model.asked().getFirst()).contains("Update the agenda", "office.update_agenda");
        assertThat(model.tokens()).containsExactly("Bearer s3cret");
        model.says("{\"fits\": true, \"why\": \"It is asked for.\"}");
        assertThat(call("update_agenda", Set.of(ModelSettings.Look.EFFECTS))).isEqualTo("made");
    }

    /** Whatever it says, what the rules hold stays held; it only explains. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itLetsNothingThrough(boolean fits) {
        model.says("{\"fits\": " + fits + ", \"why\": \"Nobody spoke of money.\"}");
        assertThat(call("pay", Set.of(ModelSettings.Look.DOUBTS, ModelSettings.Look.EFFECTS)))
                .isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("effect-not-asked");
        assertThat(said().said()).contains("a model says: Nobody spoke of money.");
        assertThat(effects).isEmpty();
    }

    @Test
    void itLooksOnlyAtWhatItIsToLookAt() {
        assertThat(call("update_agenda", Set.of(ModelSettings.Look.DOUBTS))).isEqualTo("made");
        assertThat(call("read_agenda", Set.of(ModelSettings.Look.EFFECTS))).isEqualTo("made");
        assertThat(call("pay", Set.of(ModelSettings.Look.EFFECTS))).isEqualTo("asked: intent-asks");
        assertThat(model.asked()).isEmpty();
    }

    /** What is no answer is no opinion: then the rules alone decide, as without a model. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "[]",
                "{\"fits\": \"no\"}",
                "{\"why\": \"hm\"}",
                "{\"fits\": false} {\"fits\": false}",
                "{\"fits\": false, \"fits\": true}"
            })
    void whatIsNoAnswerIsNoOpinion(String answer) {
        model.says(answer);
        assertThat(call("update_agenda", Set.of(ModelSettings.Look.EFFECTS))).isEqualTo("made");
        assertThat(model.asked()).hasSize(1);
    }

    @Test
    void aModelThatFailsHasNoOpinion() {
        model.status(500);
        assertThat(call("update_agenda", Set.of(ModelSettings.Look.EFFECTS))).isEqualTo("made");
        model.says("{\"fits\": false, \"why\": \"" + "long ".repeat(2_000) + "\"}");
        model.status(200);
        assertThat(call("update_agenda", Set.of(ModelSettings.Look.EFFECTS)))
                .isEqualTo("asked: intent-asks");
        assertThat(said().evidence()).hasSizeLessThan(400);
    }
}
