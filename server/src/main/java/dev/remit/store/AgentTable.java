package dev.remit.store;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents, by id. */
final class AgentTable {
    static final String CREATE =
            """
            create table agents (
                id text primary key,
                name text not null,
                added_at text not null,
                suspended_at text not null,
                suspended_why text not null,
                since bigint not null)
            """;
    static final String INDEX = "create index agents_name on agents (name)";

    private AgentTable() {}

    static Optional<Row<Agent>> find(Connection connection, AgentId id) throws SQLException {
        return Sql.one(
                connection, "select * from agents where id = ?", AgentTable::read, id.text());
    }

    static Optional<Row<Agent>> named(Connection connection, String name) throws SQLException {
        return Sql.one(connection, "select * from agents where name = ?", AgentTable::read, name);
    }

    static List<Row<Agent>> all(Connection connection) throws SQLException {
        return Sql.list(connection, "select * from agents", AgentTable::read);
    }

    static void save(Connection connection, Map<AgentId, Optional<Row<Agent>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Agent>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into agents (id, name, added_at, suspended_at, suspended_why, since)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update set name = excluded.name,
                    added_at = excluded.added_at, suspended_at = excluded.suspended_at,
                    suspended_why = excluded.suspended_why
                """,
                rows);
    }

    private static Object[] columns(Row<Agent> row) {
        Agent agent = row.value();
        String at = "";
        String why = "";
        if (agent.standing() instanceof Agent.Standing.Suspended suspended) {
            at = suspended.at().toString();
            why = suspended.why();
        }
        return new Object[] {
            agent.id().text(), agent.name(), agent.since().toString(), at, why, row.since()
        };
    }

    private static Row<Agent> read(ResultSet row) throws SQLException {
        String at = row.getString("suspended_at");
        Agent.Standing standing =
                at.isEmpty()
                        ? new Agent.Standing.Good()
                        : new Agent.Standing.Suspended(
                                row.getString("suspended_why"), Instant.parse(at));
        return new Row<>(
                new Agent(
                        new AgentId(row.getString("id")),
                        row.getString("name"),
                        Instant.parse(row.getString("added_at")),
                        standing),
                row.getLong("since"));
    }
}
