package dev.remit.store;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.identity.Account;
import dev.remit.identity.AccountText;
import dev.remit.identity.PersonId;
import dev.remit.store.Pages.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People's accounts, by id. */
final class AccountTable {
    static final String CREATE =
            """
            create table accounts (
                id text primary key,
                text text not null,
                since bigint not null)
            """;

    private AccountTable() {}

    static Optional<Row<Account>> find(Connection connection, PersonId id) throws SQLException {
        return Sql.one(
                connection, "select * from accounts where id = ?", AccountTable::read, id.text());
    }

    static List<Row<Account>> all(Connection connection) throws SQLException {
        return Sql.list(connection, "select * from accounts", AccountTable::read);
    }

    static void save(Connection connection, Map<PersonId, Optional<Row<Account>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Account>> change : changes.values()) {
            Row<Account> row = change.orElseThrow();
            rows.add(
                    new Object[] {
                        row.value().id().text(), AccountText.write(row.value()).json(), row.since()
                    });
        }
        Sql.run(
                connection,
                """
                insert into accounts (id, text, since) values (?, ?, ?)
                on conflict (id) do update set text = excluded.text
                """,
                rows);
    }

    private static Row<Account> read(ResultSet row) throws SQLException {
        try {
            return new Row<>(
                    AccountText.read(
                            JsonReader.readFields(
                                    row.getString("text").getBytes(StandardCharsets.UTF_8))),
                    row.getLong("since"));
        } catch (MalformedJson e) {
            throw new SQLException("an account cannot be read", e);
        }
    }
}
