package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.MandateId;
import dev.remit.mandate.OpenCall;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Allowed calls that have not ended. There are few; all are written anew each time. */
final class OpenCallTable {
    static final String CREATE =
            "create table open_calls (id text primary key, text text not null)";

    private OpenCallTable() {}

    static Map<CallId, OpenCall> all(Connection connection) throws SQLException {
        Map<CallId, OpenCall> open = new HashMap<>();
        for (Map.Entry<CallId, OpenCall> one :
                Sql.list(
                        connection,
                        "select * from open_calls",
                        row -> Map.entry(new CallId(row.getString("id")), read(row)))) {
            open.put(one.getKey(), one.getValue());
        }
        return open;
    }

    static void save(Connection connection, Map<CallId, OpenCall> open) throws SQLException {
        Sql.run(connection, "delete from open_calls");
        List<Object[]> rows = new ArrayList<>();
        open.forEach((id, call) -> rows.add(new Object[] {id.text(), write(call).json()}));
        Sql.run(connection, "insert into open_calls (id, text) values (?, ?)", rows);
    }

    private static Value.Fields write(OpenCall call) {
        Value.Building spent = Value.object();
        call.spent().forEach((budget, amount) -> spent.put(budget, amount.toPlainString()));
        return Value.object()
                .put("index", call.index())
                .put("mandate", call.mandate().text())
                .put("permission", call.permission())
                .put("tool", call.tool().toString())
                .put("spent", spent.build())
                .put("first", call.first())
                .build();
    }

    private static OpenCall read(ResultSet row) throws SQLException {
        try {
            Value.Fields text =
                    JsonReader.readFields(row.getString("text").getBytes(StandardCharsets.UTF_8));
            Map<String, BigDecimal> spent = new HashMap<>();
            text.fields("spent")
                    .orElseThrow()
                    .values()
                    .forEach(
                            (budget, amount) ->
                                    spent.put(
                                            budget, new BigDecimal(((Value.Text) amount).value())));
            return new OpenCall(
                    text.whole("index").orElseThrow(),
                    new MandateId(text.text("mandate").orElseThrow()),
                    text.text("permission").orElseThrow(),
                    Tool.of(text.text("tool").orElseThrow()),
                    spent,
                    text.flag("first"));
        } catch (MalformedJson e) {
            throw new SQLException("an open call cannot be read", e);
        }
    }
}
