package dev.remit.store;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.conduct.Conduct;
import dev.remit.conduct.Strike;
import dev.remit.conduct.Subject;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
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

/** Pages of conduct, by whom they are about. */
final class ConductTable {
    static final String CREATE =
            """
            create table conduct (
                subject text primary key,
                forgiven_by bigint not null,
                strikes text not null,
                since bigint not null)
            """;

    private ConductTable() {}

    static Optional<Row<Conduct>> find(Connection connection, Subject subject) throws SQLException {
        return Sql.one(
                connection,
                "select * from conduct where subject = ?",
                ConductTable::read,
                subject.text());
    }

    static void save(Connection connection, Map<Subject, Optional<Row<Conduct>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Conduct>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into conduct (subject, forgiven_by, strikes, since) values (?, ?, ?, ?)
                on conflict (subject) do update set forgiven_by = excluded.forgiven_by,
                    strikes = excluded.strikes
                """,
                rows);
    }

    private static Object[] columns(Row<Conduct> row) {
        Conduct conduct = row.value();
        Value strikes =
                new Value.Items(conduct.strikes().stream().map(one -> (Value) write(one)).toList());
        return new Object[] {
            conduct.subject().text(),
            conduct.forgivenBy(),
            Value.object().put("strikes", strikes).build().json(),
            row.since()
        };
    }

    private static Value.Fields write(Strike strike) {
        return Value.object()
                .put("entry", strike.entry())
                .put("at", strike.at().toString())
                .put("weight", strike.weight())
                .putIf("mandate", strike.mandate().map(one -> Value.of(one.text())))
                .put("instance", strike.instance().text())
                .putIf("agent", strike.agent().map(one -> Value.of(one.text())))
                .build();
    }

    private static Row<Conduct> read(ResultSet row) throws SQLException {
        try {
            Value.Fields text =
                    JsonReader.readFields(
                            row.getString("strikes").getBytes(StandardCharsets.UTF_8));
            return new Row<>(
                    new Conduct(
                            Subject.read(row.getString("subject")),
                            text.items("strikes").stream()
                                    .map(one -> strike((Value.Fields) one))
                                    .toList(),
                            row.getLong("forgiven_by")),
                    row.getLong("since"));
        } catch (MalformedJson e) {
            throw new SQLException("a page of conduct cannot be read", e);
        }
    }

    private static Strike strike(Value.Fields text) {
        return new Strike(
                text.whole("entry").orElseThrow(),
                Instant.parse(text.text("at").orElseThrow()),
                text.whole("weight").orElseThrow(),
                text.text("mandate").map(MandateId::new),
                new InstanceId(text.text("instance").orElseThrow()),
                text.text("agent").map(AgentId::new));
    }
}
