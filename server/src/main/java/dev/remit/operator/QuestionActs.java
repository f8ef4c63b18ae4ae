package dev.remit.operator;

import dev.remit.approval.Likeness;
import dev.remit.approval.Question;
import dev.remit.approval.QuestionBook;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.identity.Account;
import dev.remit.identity.Person;
import dev.remit.identity.PersonBook;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Permission;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Grantor;
import dev.remit.registry.asked.Before;
import dev.remit.registry.asked.Difference;
import dev.remit.registry.asked.Presenter;
import dev.remit.registry.asked.SentValue;
import dev.remit.registry.asked.Waiting;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The operator's acts on questions that wait for an answer. To say yes to what cannot be undone
 * they use their passkey, on the page, if they have one: the word of this door may be read by
 * whatever runs as the same user.
 */
public final class QuestionActs {
    private static final int MOST = 200;
    private static final String STOP = "stop";

    private final Asked asked;
    private final InstantSource clock;

    /**
     * What the acts work with.
     *
     * @param operator in whose name they are done
     * @param page where questions are answered with a passkey; empty if people have no pages
     */
    public record Asked(
            Person operator,
            Grantor grantor,
            QuestionBook questions,
            PersonBook people,
            Presenter presenter,
            Optional<String> page) {}

    public QuestionActs(Asked asked, InstantSource clock) {
        this.asked = asked;
        this.clock = clock;
    }

    /** Does the act; empty if there is none of this name. */
    Optional<Value> act(String name, Value.Fields given) {
        return Optional.ofNullable(
                switch (name) {
                    case "questions/list" -> list();
                    case "questions/answer" -> answer(given);
                    default -> null;
                });
    }

    /** The gravest first. */
    private Value list() {
        return new Value.Items(
                asked.questions().waiting(MOST).stream()
                        .filter(one -> one.isWaiting(clock.instant()))
                        .map(asked.presenter()::of)
                        .sorted(Waiting.GRAVEST)
                        .map(one -> (Value) write(one))
                        .toList());
    }

    private Value answer(Value.Fields given) {
        Waiting one = asked.presenter().of(find(given.text("question").orElse("")));
        String said = given.text("verdict").orElse("");
        if (said.equals(STOP)) {
            return stop(one);
        }
        Verdict verdict =
                Verdict.of(said)
                        .orElseThrow(
                                () ->
                                        new ActRefused(
                                                "the answer is once, for-task, like-it, no, never"
                                                        + " or stop"));
        if (verdict.isYes()) {
            passkey(one)
                    .ifPresent(
                            page -> {
                                throw new ActRefused(
                                        "this cannot be undone, so a yes to it needs your passkey;"
                                                + " say it at "
                                                + page);
                            });
        }
        Optional<Permission> more =
                asked.grantor().answer(one.question(), verdict, one.arguments(), asked.operator());
        return write(one)
                .with("verdict", Value.of(verdict.code()))
                .with("more", said(more.stream().toList()));
    }

    /** No, and every mandate that the operator gave this agent ends. */
    private Value stop(Waiting one) {
        Question question = one.question();
        if (!question.giver().equals(asked.operator().id())) {
            throw new ActRefused(
                    "only who gave its mandate stops an agent so; `remit agent suspend` stops any");
        }
        asked.grantor().stopAt(question, one.arguments(), asked.operator());
        return write(one).with("verdict", Value.of(STOP)).with("more", Value.ofTexts(List.of()));
    }

    private Question find(String id) {
        try {
            return asked.questions()
                    .question(new QuestionId(id))
                    .orElseThrow(() -> new ActRefused("there is no question " + id));
        } catch (IllegalArgumentException e) {
            throw new ActRefused("`" + id + "` is no question's id; `remit pending` shows them");
        }
    }

    /** The page where a yes to this is said with a passkey; empty if it can be said here. */
    private Optional<String> passkey(Waiting one) {
        boolean has =
                asked.people()
                        .account(asked.operator().id())
                        .map(Account::passkeys)
                        .filter(keys -> !keys.isEmpty())
                        .isPresent();
        return asked.page()
                .filter(_ -> has && one.risk().isFinal())
                .map(page -> page + "#q-" + one.question().id().text());
    }

    /**
     * What is asked, and what each yes would give, so that nobody says yes to more than they see.
     */
    private Value.Fields write(Waiting one) {
        Question question = one.question();
        return Value.object()
                .put("question", question.id().text())
                .put("mandate", question.mandate().text())
                .put("task", one.sheet().map(sheet -> sheet.mandate().task().words()).orElse(""))
                .put("agent", question.agent().text())
                .put("agent_name", one.agent())
                .put("tool", question.tool().toString())
                .put("arguments", one.arguments().fields())
                .put(
                        "risk",
                        Value.object()
                                .put("title", one.risk().title())
                                .put("words", one.risk().words())
                                .put("final", one.risk().isFinal())
                                .build())
                .put("sent", new Value.Items(one.sent().stream().map(it -> sent(it, one)).toList()))
                .put("because", question.refusal())
                .put("detail", question.detail())
                .put("doubt", one.doubt().map(IntentSaid::said).orElse(""))
                .put("since", question.since().toString())
                .put("until", question.waitsUntil().toString())
                .put("like_it", like(one))
                .put("widens", !question.refusal().equals(Refusal.RULE_ASKS.code()))
                .put("own", question.giver().equals(asked.operator().id()))
                .put("passkey_at", passkey(one).orElse(""))
                .build();
    }

    private static Value like(Waiting one) {
        return said(List.of(Likeness.like("q", one.question().tool(), one.arguments())));
    }

    private static Value sent(SentValue sent, Waiting one) {
        return Value.object()
                .put("argument", sent.argument())
                .put("role", sent.role().name().toLowerCase(Locale.ROOT))
                .put("purpose", sent.purpose())
                .put("value", sent.value())
                .put("agents_words", sent.isAgents())
                .put("origins", Value.ofTexts(sent.standings()))
                .put(
                        "before",
                        one.before()
                                .filter(_ -> sent.before().isPresent())
                                .map(before -> before(sent, before))
                                .orElse(Value.Fields.EMPTY))
                .build();
    }

    private static Value.Fields before(SentValue sent, Before before) {
        List<Value> lines =
                sent.difference().stream()
                        .map(
                                line ->
                                        (Value)
                                                Value.object()
                                                        .put("line", fate(line.fate()))
                                                        .put("text", line.text())
                                                        .build())
                        .toList();
        return Value.object()
                .put("value", sent.before().orElseThrow())
                .put("read_at", before.readAt().toString())
                .put("read_by", before.by().toString())
                .put("difference", new Value.Items(lines))
                .build();
    }

    private static String fate(Difference.Fate fate) {
        return switch (fate) {
            case STAYS -> "stays";
            case GOES -> "goes";
            case COMES -> "comes";
            case LEFT_OUT -> "left-out";
        };
    }

    private static Value said(List<Permission> permissions) {
        return Value.ofTexts(
                permissions.stream()
                        .map(one -> one.tools().text() + ": " + String.join("; ", one.said()))
                        .toList());
    }
}
