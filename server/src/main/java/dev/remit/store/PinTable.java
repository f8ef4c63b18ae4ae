package dev.remit.store;

import dev.remit.call.Correction;
import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.store.Pages.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tools with their accepted definitions, by upstream and name. */
final class PinTable {
    static final String CREATE =
            """
            create table pins (
                upstream text not null,
                name text not null,
                accepted text not null,
                held text not null,
                definition text not null,
                reads integer not null,
                labels text not null,
                correction text not null,
                former text not null,
                since bigint not null,
                primary key (upstream, name))
            """;

    private PinTable() {}

    static Optional<Row<Pin>> find(Connection connection, Tool tool) throws SQLException {
        return Sql.one(
                connection,
                "select * from pins where upstream = ? and name = ?",
                PinTable::read,
                tool.upstream(),
                tool.name());
    }

    static List<Row<Pin>> of(Connection connection, String upstream) throws SQLException {
        return Sql.list(
                connection,
                "select * from pins where upstream = ? order by name",
                PinTable::read,
                upstream);
    }

    static void save(Connection connection, Map<Tool, Optional<Row<Pin>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Pin>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into pins (upstream, name, accepted, held, definition, reads, labels,
                    correction, former, since)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (upstream, name) do update set accepted = excluded.accepted,
                    held = excluded.held, definition = excluded.definition,
                    reads = excluded.reads, labels = excluded.labels,
                    correction = excluded.correction, former = excluded.former
                """,
                rows);
    }

    private static Object[] columns(Row<Pin> row) {
        Pin pin = row.value();
        return new Object[] {
            pin.tool().upstream(),
            pin.tool().name(),
            pin.accepted().hex(),
            pin.held().map(Digest::hex).orElse(""),
            pin.definition().json(),
            pin.reads() ? 1 : 0,
            String.join(" ", pin.labels()),
            pin.correction().isNone() ? "" : pin.correction().write().json(),
            pin.former().map(Value.Fields::json).orElse(""),
            row.since()
        };
    }

    private static Set<String> labels(String written) {
        return written.isEmpty() ? Set.of() : Set.of(written.split(" "));
    }

    private static Row<Pin> read(ResultSet row) throws SQLException {
        String held = row.getString("held");
        String former = row.getString("former");
        String correction = row.getString("correction");
        try {
            return new Row<>(
                    new Pin(
                            new Tool(row.getString("upstream"), row.getString("name")),
                            Digest.ofHex(row.getString("accepted")),
                            held.isEmpty() ? Optional.empty() : Optional.of(Digest.ofHex(held)),
                            fields(row.getString("definition")),
                            row.getInt("reads") != 0,
                            labels(row.getString("labels")),
                            correction.isEmpty()
                                    ? Correction.NONE
                                    : Correction.read(fields(correction)),
                            former.isEmpty() ? Optional.empty() : Optional.of(fields(former))),
                    row.getLong("since"));
        } catch (MalformedJson e) {
            throw new SQLException("a tool's definition cannot be read", e);
        }
    }

    private static Value.Fields fields(String written) throws MalformedJson {
        return JsonReader.readFields(written.getBytes(StandardCharsets.UTF_8));
    }
}
