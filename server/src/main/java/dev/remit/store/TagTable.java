package dev.remit.store;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.store.Pages.Row;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Agents by their tags, in the order of their names. */
final class TagTable {
    static final String CREATE =
            """
            create table tags (
                tag text not null,
                value text not null,
                name text not null,
                primary key (tag, value, name)) without rowid
            """;
    static final String INDEX = "create index tags_name on tags (name)";

    private TagTable() {}

    /** What these agents are tagged with now. */
    static void save(Connection connection, List<Row<Agent>> agents) throws SQLException {
        List<Object[]> names = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (Row<Agent> row : agents) {
            Agent agent = row.value();
            names.add(new Object[] {agent.name()});
            agent.tags().forEach((tag, to) -> rows.add(new Object[] {tag, to, agent.name()}));
        }
        Sql.run(connection, "delete from tags where name = ?", names);
        Sql.run(connection, "insert into tags (tag, value, name) values (?, ?, ?)", rows);
    }

    static String write(Map<String, String> tags) {
        Value.Building written = Value.object();
        new TreeMap<>(tags).forEach(written::put);
        return written.build().json();
    }

    static Map<String, String> read(String text) throws SQLException {
        try {
            Value.Fields written = JsonReader.readFields(text.getBytes(StandardCharsets.UTF_8));
            Map<String, String> tags = new TreeMap<>();
            for (String tag : written.values().keySet()) {
                tags.put(tag, written.text(tag).orElseThrow());
            }
            return tags;
        } catch (MalformedJson e) {
            throw new SQLException("an agent's tags cannot be read", e);
        }
    }
}
