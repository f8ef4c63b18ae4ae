package dev.remit.store;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.store.Pages.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions to people, by id; those that wait, by the person who is asked. */
final class QuestionTable {
    static final String CREATE =
            """
            create table questions (
                id text primary key,
                giver text not null,
                waits integer not null,
                asked_at text not null,
                text text not null,
                since bigint not null)
            """;
    static final String INDEX =
            "create index questions_waiting on questions (giver, asked_at) where waits = 1";

    private QuestionTable() {}

    static Optional<Row<Question>> find(Connection connection, QuestionId id) throws SQLException {
        return Sql.one(
                connection, "select * from questions where id = ?", QuestionTable::read, id.text());
    }

    /** The newest first. */
    static List<Row<Question>> waiting(Connection connection, int most) throws SQLException {
        return Sql.list(
                connection,
                "select * from questions where waits = 1 order by asked_at desc limit ?",
                QuestionTable::read,
                most);
    }

    static List<Row<Question>> waiting(Connection connection, PersonId giver, int most)
            throws SQLException {
        return Sql.list(
                connection,
                "select * from questions where giver = ? and waits = 1 order by asked_at desc limit ?",
                QuestionTable::read,
                giver.text(),
                most);
    }

    /** Whatever has become of them, the newest first. */
    static List<Row<Question>> lately(Connection connection, int most) throws SQLException {
        return Sql.list(
                connection,
                "select * from questions order by asked_at desc limit ?",
                QuestionTable::read,
                most);
    }

    static List<Row<Question>> lately(Connection connection, PersonId giver, int most)
            throws SQLException {
        return Sql.list(
                connection,
                "select * from questions where giver = ? order by asked_at desc limit ?",
                QuestionTable::read,
                giver.text(),
                most);
    }

    static void save(Connection connection, Map<QuestionId, Optional<Row<Question>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Question>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into questions (id, giver, waits, asked_at, text, since)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update set waits = excluded.waits,
                    asked_at = excluded.asked_at, text = excluded.text
                """,
                rows);
    }

    private static Object[] columns(Row<Question> row) {
        Question question = row.value();
        return new Object[] {
            question.id().text(),
            question.giver().text(),
            question.state() instanceof Question.State.Waiting ? 1 : 0,
            question.since().toString(),
            write(question).json(),
            row.since()
        };
    }

    private static Value.Fields write(Question question) {
        return Value.object()
                .put("mandate", question.mandate().text())
                .put("agent", question.agent().text())
                .put("instance", question.instance().text())
                .put("tool", question.tool().toString())
                .put("entry", question.entry())
                .put("refusal", question.refusal())
                .put("detail", question.detail())
                .put("state", state(question.state()))
                .build();
    }

    private static Value state(Question.State state) {
        return switch (state) {
            case Question.State.Waiting() -> Value.object().put("is", "waiting").build();
            case Question.State.Answered(Verdict verdict, PersonId by, Instant at) ->
                    Value.object()
                            .put("is", verdict.code())
                            .put("by", by.text())
                            .put("at", at.toString())
                            .build();
            case Question.State.Used(Instant at) ->
                    Value.object().put("is", "used").put("at", at.toString()).build();
        };
    }

    private static Row<Question> read(ResultSet row) throws SQLException {
        try {
            Value.Fields text =
                    JsonReader.readFields(row.getString("text").getBytes(StandardCharsets.UTF_8));
            return new Row<>(
                    new Question(
                            new QuestionId(row.getString("id")),
                            new MandateId(text.text("mandate").orElseThrow()),
                            new PersonId(row.getString("giver")),
                            new AgentId(text.text("agent").orElseThrow()),
                            new InstanceId(text.text("instance").orElseThrow()),
                            Tool.of(text.text("tool").orElseThrow()),
                            text.whole("entry").orElseThrow(),
                            text.text("refusal").orElseThrow(),
                            text.text("detail").orElseThrow(),
                            Instant.parse(row.getString("asked_at")),
                            readState(text.fields("state").orElseThrow())),
                    row.getLong("since"));
        } catch (MalformedJson e) {
            throw new SQLException("a question cannot be read", e);
        }
    }

    private static Question.State readState(Value.Fields text) {
        String is = text.text("is").orElseThrow();
        return switch (is) {
            case "waiting" -> new Question.State.Waiting();
            case "used" -> new Question.State.Used(Instant.parse(text.text("at").orElseThrow()));
            default ->
                    new Question.State.Answered(
                            Verdict.of(is).orElseThrow(),
                            new PersonId(text.text("by").orElseThrow()),
                            Instant.parse(text.text("at").orElseThrow()));
        };
    }
}
