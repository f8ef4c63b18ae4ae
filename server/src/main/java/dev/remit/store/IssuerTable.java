package dev.remit.store;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.IssuerPage;
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
import java.util.TreeMap;

/** What follows from the passports of trusted issuers, by issuer. */
final class IssuerTable {
    static final String CREATE =
            """
            create table issuers (
                issuer text primary key,
                agents bigint not null,
                lists text not null,
                since bigint not null)
            """;

    private IssuerTable() {}

    static Optional<Row<IssuerPage>> find(Connection connection, String issuer)
            throws SQLException {
        return Sql.one(
                connection, "select * from issuers where issuer = ?", IssuerTable::read, issuer);
    }

    static void save(Connection connection, Map<String, Optional<Row<IssuerPage>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<IssuerPage>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into issuers (issuer, agents, lists, since) values (?, ?, ?, ?)
                on conflict (issuer) do update set agents = excluded.agents, lists = excluded.lists
                """,
                rows);
    }

    private static Object[] columns(Row<IssuerPage> row) {
        Value.Building lists = Value.object();
        row.value().lists().forEach((list, until) -> lists.put(list, until.toString()));
        return new Object[] {
            row.value().issuer(), row.value().agents(), lists.build().json(), row.since()
        };
    }

    private static Row<IssuerPage> read(ResultSet row) throws SQLException {
        try {
            Value.Fields written =
                    JsonReader.readFields(row.getString("lists").getBytes(StandardCharsets.UTF_8));
            Map<String, Instant> lists = new TreeMap<>();
            for (String list : written.values().keySet()) {
                lists.put(list, Instant.parse(written.text(list).orElseThrow()));
            }
            return new Row<>(
                    new IssuerPage(row.getString("issuer"), row.getLong("agents"), lists),
                    row.getLong("since"));
        } catch (MalformedJson e) {
            throw new SQLException("an issuer's lists cannot be read", e);
        }
    }
}
