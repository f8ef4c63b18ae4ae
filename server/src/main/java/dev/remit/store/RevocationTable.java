package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.identity.Revocation;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Revoked keys and issuers. */
final class RevocationTable {
    static final String CREATE =
            """
            create table revocations (
                kind text not null,
                name text not null,
                at text not null,
                why text not null,
                since bigint not null,
                primary key (kind, name))
            """;
    private static final String KEY = "key";
    private static final String ISSUER = "issuer";

    private RevocationTable() {}

    static Map<Revocation.Of, Optional<Row<Revocation>>> all(Connection connection)
            throws SQLException {
        Map<Revocation.Of, Optional<Row<Revocation>>> all = new HashMap<>();
        for (Row<Revocation> row :
                Sql.list(connection, "select * from revocations", RevocationTable::read)) {
            all.put(row.value().what(), Optional.of(row));
        }
        return all;
    }

    static void save(Connection connection, Map<Revocation.Of, Optional<Row<Revocation>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Revocation>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into revocations (kind, name, at, why, since) values (?, ?, ?, ?, ?)
                on conflict (kind, name) do nothing
                """,
                rows);
    }

    private static Object[] columns(Row<Revocation> row) {
        Revocation one = row.value();
        String kind =
                switch (one.what()) {
                    case Revocation.Of.Key _ -> KEY;
                    case Revocation.Of.Issuer _ -> ISSUER;
                };
        String name =
                switch (one.what()) {
                    case Revocation.Of.Key(Digest thumbprint) -> thumbprint.hex();
                    case Revocation.Of.Issuer(String issuer) -> issuer;
                };
        return new Object[] {kind, name, one.at().toString(), one.why(), row.since()};
    }

    private static Row<Revocation> read(ResultSet row) throws SQLException {
        String name = row.getString("name");
        Revocation.Of what =
                row.getString("kind").equals(KEY)
                        ? new Revocation.Of.Key(Digest.ofHex(name))
                        : new Revocation.Of.Issuer(name);
        return new Row<>(
                new Revocation(what, row.getString("why"), Instant.parse(row.getString("at"))),
                row.getLong("since"));
    }
}
