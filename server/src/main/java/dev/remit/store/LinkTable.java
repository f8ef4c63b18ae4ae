package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.identity.PersonId;
import dev.remit.identity.SignInLink;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links to add a passkey with that were issued and not used, by their hash. */
final class LinkTable {
    static final String CREATE =
            """
            create table links (
                hash text primary key,
                person text not null,
                issued_at text not null,
                expires_at text not null,
                since bigint not null)
            """;

    private LinkTable() {}

    static Optional<Row<SignInLink>> find(Connection connection, Digest hash) throws SQLException {
        return Sql.one(
                connection, "select * from links where hash = ?", LinkTable::read, hash.hex());
    }

    static void save(Connection connection, Map<Digest, Optional<Row<SignInLink>>> changes)
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
                insert into links (hash, person, issued_at, expires_at, since)
                values (?, ?, ?, ?, ?) on conflict (hash) do nothing
                """,
                issued);
        Sql.run(connection, "delete from links where hash = ?", used);
    }

    private static Object[] columns(Row<SignInLink> row) {
        SignInLink link = row.value();
        return new Object[] {
            link.hash().hex(),
            link.person().text(),
            link.issuedAt().toString(),
            link.expiresAt().toString(),
            row.since()
        };
    }

    private static Row<SignInLink> read(ResultSet row) throws SQLException {
        return new Row<>(
                new SignInLink(
                        Digest.ofHex(row.getString("hash")),
                        new PersonId(row.getString("person")),
                        Instant.parse(row.getString("issued_at")),
                        Instant.parse(row.getString("expires_at"))),
                row.getLong("since"));
    }
}
