package dev.remit.operator;

import dev.remit.approval.Likeness;
import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Person;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Permission;
import dev.remit.registry.ActRefused;
import dev.remit.registry.AskedCalls;
import dev.remit.registry.Grantor;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The operator's acts on questions that wait for an answer. */
public final class QuestionActs {
    private static final int MOST = 200;

    private final Person operator;
    private final Grantor grantor;
    private final QuestionBook questions;
    private final MandateBook mandates;
    private final AgentBook agents;
    private final AskedCalls calls;
    private final InstantSource clock;

    public QuestionActs(
            Person operator,
            Grantor grantor,
            QuestionBook questions,
            MandateBook mandates,
            AgentBook agents,
            AskedCalls calls,
            InstantSource clock) {
        this.operator = operator;
        this.grantor = grantor;
        this.questions = questions;
        this.mandates = mandates;
        this.agents = agents;
        this.calls = calls;
        this.clock = clock;
    }

    /** Does the act; empty if there is none of this name. */
    Optional<Value> act(String name, Value.Fields asked) {
        return Optional.ofNullable(
                switch (name) {
                    case "questions/list" -> list();
                    case "questions/answer" -> answer(asked);
                    default -> null;
                });
    }

    private Value list() {
        return new Value.Items(
                questions.waiting(MOST).stream()
                        .filter(one -> one.isWaiting(clock.instant()))
                        .map(one -> (Value) write(one))
                        .toList());
    }

    private Value answer(Value.Fields asked) {
        Question question = find(asked.text("question").orElse(""));
        Verdict verdict =
                asked.text("verdict")
                        .flatMap(Verdict::of)
                        .orElseThrow(
                                () ->
                                        new ActRefused(
                                                "the answer is once, for-task, like-it, no or"
                                                        + " never"));
        Optional<Permission> more =
                grantor.answer(question, verdict, calls.arguments(question), operator);
        return write(question)
                .with("verdict", Value.of(verdict.code()))
                .with("more", said(more.stream().toList()));
    }

    private Question find(String id) {
        try {
            return questions
                    .question(new QuestionId(id))
                    .orElseThrow(() -> new ActRefused("there is no question " + id));
        } catch (IllegalArgumentException e) {
            throw new ActRefused("`" + id + "` is no question's id; `remit pending` shows them");
        }
    }

    /**
     * What is asked, and what each yes would give, so that nobody says yes to more than they see.
     */
    private Value.Fields write(Question question) {
        Arguments arguments = calls.arguments(question);
        return Value.object()
                .put("question", question.id().text())
                .put("mandate", question.mandate().text())
                .put(
                        "task",
                        mandates.find(question.mandate())
                                .map(one -> one.mandate().task().words())
                                .orElse(""))
                .put("agent", question.agent().text())
                .put("agent_name", agents.agent(question.agent()).map(Agent::name).orElse(""))
                .put("tool", question.tool().toString())
                .put("arguments", arguments.fields())
                .put("because", question.refusal())
                .put("detail", question.detail())
                .put("doubt", calls.doubt(question).map(IntentSaid::said).orElse(""))
                .put("since", question.since().toString())
                .put("until", question.waitsUntil().toString())
                .put("like_it", said(List.of(Likeness.like("q", question.tool(), arguments))))
                .build();
    }

    private static Value said(List<Permission> permissions) {
        return Value.ofTexts(
                permissions.stream()
                        .map(one -> one.tools().text() + ": " + String.join("; ", one.said()))
                        .toList());
    }
}
