package dev.remit.store;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateText;
import dev.remit.mandate.Sheet;
import dev.remit.store.Pages.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Mandates and what has been used of them, by id and by agent. */
final class MandateTable {
    static final String CREATE =
            """
            create table mandates (
                id text primary key,
                agent text not null,
                giver text not null,
                text text not null,
                used text not null,
                since bigint not null)
            """;
    static final String INDEX = "create index mandates_agent on mandates (agent, since)";
    static final String GIVER = "create index mandates_giver on mandates (agent, giver, since)";
    static final String GIVEN = "create index mandates_given on mandates (giver, agent)";
    static final String ORDER = "create index mandates_since on mandates (since)";

    private MandateTable() {}

    static Optional<Row<Sheet>> find(Connection connection, MandateId id) throws SQLException {
        return Sql.one(
                connection, "select * from mandates where id = ?", MandateTable::read, id.text());
    }

    static Optional<MandateId> current(Connection connection, AgentId agent) throws SQLException {
        return Sql.one(
                connection,
                "select id from mandates where agent = ? order by since desc limit 1",
                row -> new MandateId(row.getString("id")),
                agent.text());
    }

    static Optional<MandateId> current(Connection connection, AgentId agent, PersonId giver)
            throws SQLException {
        return Sql.one(
                connection,
                "select id from mandates where agent = ? and giver = ? order by since desc limit 1",
                row -> new MandateId(row.getString("id")),
                agent.text(),
                giver.text());
    }

    /** Those of one giver, the newest first. */
    static List<Row<Sheet>> given(Connection connection, PersonId giver, int most)
            throws SQLException {
        return Sql.list(
                connection,
                "select * from mandates where giver = ? order by since desc limit ?",
                MandateTable::read,
                giver.text(),
                most);
    }

    /** The newest first. */
    static List<Row<Sheet>> newest(Connection connection, int most) throws SQLException {
        return Sql.list(
                connection,
                "select * from mandates order by since desc limit ?",
                MandateTable::read,
                most);
    }

    /**
     * @param known whether the database has this very mandate, so that only its usage is new
     */
    static void save(
            Connection connection,
            Map<MandateId, Optional<Row<Sheet>>> changes,
            Predicate<Mandate> known)
            throws SQLException {
        List<Object[]> whole = new ArrayList<>();
        List<Object[]> usage = new ArrayList<>();
        for (Optional<Row<Sheet>> change : changes.values()) {
            Row<Sheet> row = change.orElseThrow();
            if (known.test(row.value().mandate())) {
                usage.add(usage(row.value()));
            } else {
                whole.add(columns(row));
            }
        }
        Sql.run(
                connection,
                """
                insert into mandates (used, id, agent, giver, text, since)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update set used = excluded.used,
                    agent = excluded.agent, giver = excluded.giver, text = excluded.text
                """,
                whole);
        Sql.run(connection, "update mandates set used = ? where id = ?", usage);
    }

    private static Object[] usage(Sheet sheet) {
        return new Object[] {UsageText.write(sheet.usage()).json(), sheet.mandate().id().text()};
    }

    private static Object[] columns(Row<Sheet> row) {
        Mandate mandate = row.value().mandate();
        return new Object[] {
            UsageText.write(row.value().usage()).json(),
            mandate.id().text(),
            mandate.agent().text(),
            mandate.giver().id().text(),
            MandateText.write(mandate).json(),
            row.since()
        };
    }

    private static Row<Sheet> read(ResultSet row) throws SQLException {
        return new Row<>(
                new Sheet(
                        MandateText.read(json(row.getString("text"))),
                        UsageText.read(json(row.getString("used")))),
                row.getLong("since"));
    }

    private static Value.Fields json(String text) throws SQLException {
        try {
            return JsonReader.readFields(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new SQLException("a mandate cannot be read", e);
        }
    }
}
