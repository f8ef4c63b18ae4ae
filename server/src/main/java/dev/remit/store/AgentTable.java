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
                standing text not null,
                standing_at text not null,
                standing_why text not null,
                tags text not null,
                issuer text not null,
                since bigint not null)
            """;
    static final String INDEX = "create index agents_name on agents (name)";
    static final String STANDING = "create index agents_standing on agents (standing, name)";
    static final String ISSUER = "create index agents_issuer on agents (issuer, name)";

    private AgentTable() {}

    static Optional<Row<Agent>> find(Connection connection, AgentId id) throws SQLException {
        return Sql.one(
                connection, "select * from agents where id = ?", AgentTable::read, id.text());
    }

    static Optional<Row<Agent>> named(Connection connection, String name) throws SQLException {
        return Sql.one(connection, "select * from agents where name = ?", AgentTable::read, name);
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
                insert into agents (id, name, added_at, standing, standing_at, standing_why, tags,
                    issuer, since)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set name = excluded.name,
                    added_at = excluded.added_at, standing = excluded.standing,
                    standing_at = excluded.standing_at, standing_why = excluded.standing_why,
                    tags = excluded.tags, issuer = excluded.issuer
                """,
                rows);
        TagTable.save(connection, changes.values().stream().flatMap(Optional::stream).toList());
    }

    private static Object[] columns(Row<Agent> row) {
        Agent agent = row.value();
        String at = "";
        String why = "";
        switch (agent.standing()) {
            case Agent.Standing.Good() -> {}
            case Agent.Standing.Suspended(String reason, Instant when) -> {
                at = when.toString();
                why = reason;
            }
            case Agent.Standing.Revoked(String reason, Instant when) -> {
                at = when.toString();
                why = reason;
            }
        }
        return new Object[] {
            agent.id().text(),
            agent.name(),
            agent.since().toString(),
            agent.standing().kind().name(),
            at,
            why,
            TagTable.write(agent.tags()),
            agent.issuer().orElse(""),
            row.since()
        };
    }

    static Row<Agent> read(ResultSet row) throws SQLException {
        String why = row.getString("standing_why");
        String at = row.getString("standing_at");
        Agent.Standing standing =
                switch (Agent.Standing.Kind.valueOf(row.getString("standing"))) {
                    case GOOD -> new Agent.Standing.Good();
                    case SUSPENDED -> new Agent.Standing.Suspended(why, Instant.parse(at));
                    case REVOKED -> new Agent.Standing.Revoked(why, Instant.parse(at));
                };
        String issuer = row.getString("issuer");
        return new Row<>(
                new Agent(
                        new AgentId(row.getString("id")),
                        row.getString("name"),
                        Instant.parse(row.getString("added_at")),
                        standing,
                        TagTable.read(row.getString("tags")),
                        issuer.isEmpty() ? Optional.empty() : Optional.of(issuer)),
                row.getLong("since"));
    }
}
