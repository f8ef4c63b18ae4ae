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
import dev.remit.mandate.Usage;
import dev.remit.store.Pages.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
                calls bigint not null,
                by_permission text not null,
                strikes bigint not null,
                last_allowed_at text not null,
                unanswered text not null,
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
                insert into mandates (calls, by_permission, strikes, last_allowed_at, unanswered, id,
                    agent, giver, text, since)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set calls = excluded.calls,
                    by_permission = excluded.by_permission, strikes = excluded.strikes,
                    last_allowed_at = excluded.last_allowed_at, unanswered = excluded.unanswered,
                    agent = excluded.agent, giver = excluded.giver, text = excluded.text
                """,
                whole);
        Sql.run(
                connection,
                """
                update mandates set calls = ?, by_permission = ?, strikes = ?,
                    last_allowed_at = ?, unanswered = ?
                where id = ?
                """,
                usage);
    }

    private static Object[] usage(Sheet sheet) {
        Usage usage = sheet.usage();
        Value.Building used = Value.object();
        usage.byPermission().forEach(used::put);
        return new Object[] {
            usage.calls(),
            used.build().json(),
            usage.strikes(),
            usage.lastAllowedAt().toString(),
            UnansweredText.write(usage.unanswered()).json(),
            sheet.mandate().id().text()
        };
    }

    private static Object[] columns(Row<Sheet> row) {
        Mandate mandate = row.value().mandate();
        Object[] usage = usage(row.value());
        return new Object[] {
            usage[0],
            usage[1],
            usage[2],
            usage[3],
            usage[4],
            usage[5],
            mandate.agent().text(),
            mandate.giver().id().text(),
            MandateText.write(mandate).json(),
            row.since()
        };
    }

    private static Row<Sheet> read(ResultSet row) throws SQLException {
        Map<String, Long> used = new HashMap<>();
        Value.Fields byPermission = json(row.getString("by_permission"));
        byPermission
                .values()
                .keySet()
                .forEach(name -> used.put(name, byPermission.whole(name).orElseThrow()));
        return new Row<>(
                new Sheet(
                        MandateText.read(json(row.getString("text"))),
                        new Usage(
                                row.getLong("calls"),
                                used,
                                row.getLong("strikes"),
                                Instant.parse(row.getString("last_allowed_at")),
                                UnansweredText.read(json(row.getString("unanswered"))))),
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
