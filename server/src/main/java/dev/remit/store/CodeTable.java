package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.identity.AgentId;
import dev.remit.identity.EnrolmentCode;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Enrolment codes that were issued and not used, by their hash. */
final class CodeTable {
    static final String CREATE =
            """
            create table codes (
                hash text primary key,
                agent text not null,
                expires_at text not null,
                since bigint not null)
            """;

    private CodeTable() {}

    static Optional<Row<EnrolmentCode>> find(Connection connection, Digest hash)
            throws SQLException {
        return Sql.one(
                connection, "select * from codes where hash = ?", CodeTable::read, hash.hex());
    }

    static void save(Connection connection, Map<Digest, Optional<Row<EnrolmentCode>>> changes)
            throws SQLException {
        List<Object[]> issued = new ArrayList<>();
        List<Object[]> used = new ArrayList<>();
        changes.forEach(
                (hash, change) ->
                        change.ifPresentOrElse(
                                row -> issued.add(columns(row)),
                                () -> used.add(new Object[] {hash.hex()})));
        Sql.run(
                connection,
                """
                insert into codes (hash, agent, expires_at, since) values (?, ?, ?, ?)
                on conflict (hash) do update set agent = excluded.agent,
                    expires_at = excluded.expires_at
                """,
                issued);
        Sql.run(connection, "delete from codes where hash = ?", used);
    }

    private static Object[] columns(Row<EnrolmentCode> row) {
        EnrolmentCode code = row.value();
        return new Object[] {
            code.hash().hex(), code.agent().text(), code.expiresAt().toString(), row.since()
        };
    }

    private static Row<EnrolmentCode> read(ResultSet row) throws SQLException {
        return new Row<>(
                new EnrolmentCode(
                        Digest.ofHex(row.getString("hash")),
                        new AgentId(row.getString("agent")),
                        Instant.parse(row.getString("expires_at"))),
                row.getLong("since"));
    }
}
