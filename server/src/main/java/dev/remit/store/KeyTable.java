package dev.remit.store;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
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

/** The gateway's own keys, by use; their public halves alone. */
final class KeyTable {
    static final String CREATE =
            """
            create table own_keys (
                key_use text primary key,
                keys text not null,
                since bigint not null)
            """;

    private KeyTable() {}

    static Optional<Row<KeyPage>> find(Connection connection, KeyUse use) throws SQLException {
        return Sql.one(
                connection,
                "select * from own_keys where key_use = ?",
                row -> read(use, row),
                use.text());
    }

    static void save(Connection connection, Map<KeyUse, Optional<Row<KeyPage>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<KeyPage>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into own_keys (key_use, keys, since) values (?, ?, ?)
                on conflict (key_use) do update set keys = excluded.keys
                """,
                rows);
    }

    private static Object[] columns(Row<KeyPage> row) {
        List<Value> keys = new ArrayList<>();
        for (OwnKey key : row.value().keys()) {
            keys.add(
                    Value.object()
                            .put("key", key.key().members())
                            .put("since", key.since().toString())
                            .put("entry", key.entry())
                            .putIf("replaced", key.replacedAt().map(at -> Value.of(at.toString())))
                            .put("refused", key.refused())
                            .build());
        }
        Value.Fields all = Value.object().put("keys", new Value.Items(keys)).build();
        return new Object[] {row.value().use().text(), all.json(), row.since()};
    }

    private static Row<KeyPage> read(KeyUse use, ResultSet row) throws SQLException {
        try {
            List<OwnKey> keys = new ArrayList<>();
            byte[] written = row.getString("keys").getBytes(StandardCharsets.UTF_8);
            for (Value one : JsonReader.readFields(written).items("keys")) {
                Value.Fields key = (Value.Fields) one;
                keys.add(
                        new OwnKey(
                                use,
                                keys.size() + 1L,
                                Jwk.of(key.fields("key").orElseThrow()).orElseThrow(),
                                Instant.parse(key.text("since").orElseThrow()),
                                key.whole("entry").orElseThrow(),
                                key.text("replaced").map(Instant::parse),
                                key.flag("refused")));
            }
            return new Row<>(new KeyPage(use, keys), row.getLong("since"));
        } catch (MalformedJson e) {
            throw new SQLException("the keys cannot be read", e);
        }
    }
}
