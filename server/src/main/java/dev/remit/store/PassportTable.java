package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.identity.AgentId;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Passports that this gateway issued, by number and by agent. */
final class PassportTable {
    static final String CREATE =
            """
            create table passports (
                number integer primary key,
                agent text not null,
                key_hash text not null,
                issued_at text not null,
                expires_at text not null,
                revoked integer not null,
                since bigint not null)
            """;
    static final String INDEX = "create index passports_agent on passports (agent, number)";

    private PassportTable() {}

    static Optional<Row<Passport>> find(Connection connection, PassportId id) throws SQLException {
        return Sql.one(
                connection,
                "select * from passports where number = ?",
                PassportTable::read,
                id.number());
    }

    static List<Row<Passport>> of(Connection connection, AgentId agent) throws SQLException {
        return Sql.list(
                connection,
                "select * from passports where agent = ? order by number",
                PassportTable::read,
                agent.text());
    }

    static long next(Connection connection) throws SQLException {
        return Sql.one(
                        connection,
                        "select coalesce(max(number) + 1, 0) as next from passports",
                        row -> row.getLong("next"))
                .orElseThrow();
    }

    static List<PassportId> revoked(Connection connection, long from, long to) throws SQLException {
        return Sql.list(
                connection,
                "select number from passports where number >= ? and number < ? and revoked = 1",
                row -> PassportId.of(row.getLong("number")),
                from,
                to);
    }

    static void save(Connection connection, Map<PassportId, Optional<Row<Passport>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Passport>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into passports
                    (number, agent, key_hash, issued_at, expires_at, revoked, since)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (number) do update set revoked = excluded.revoked
                """,
                rows);
    }

    private static Object[] columns(Row<Passport> row) {
        Passport passport = row.value();
        return new Object[] {
            passport.id().number(),
            passport.agent().text(),
            passport.key().hex(),
            passport.issuedAt().toString(),
            passport.expiresAt().toString(),
            passport.revoked() ? 1 : 0,
            row.since()
        };
    }

    private static Row<Passport> read(ResultSet row) throws SQLException {
        return new Row<>(
                new Passport(
                        PassportId.of(row.getLong("number")),
                        new AgentId(row.getString("agent")),
                        Digest.ofHex(row.getString("key_hash")),
                        Instant.parse(row.getString("issued_at")),
                        Instant.parse(row.getString("expires_at")),
                        row.getInt("revoked") != 0),
                row.getLong("since"));
    }
}
