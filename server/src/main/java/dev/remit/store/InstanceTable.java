package dev.remit.store;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.identity.AgentId;
import dev.remit.identity.Descent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
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
import org.jspecify.annotations.Nullable;

/** Instances, by id and by agent. */
final class InstanceTable {
    static final String CREATE =
            """
            create table instances (
                id text primary key,
                agent text not null,
                public_key text,
                thumbprint text,
                enrolled_at text not null,
                revoked integer not null,
                tokens_from text not null,
                renewals bigint not null,
                suspended_why text,
                suspended_at text,
                descent text,
                since bigint not null)
            """;
    static final String INDEX = "create index instances_agent on instances (agent, since)";
    static final String KEY = "create index instances_key on instances (thumbprint, since)";
    static final String ORDER = "create index instances_since on instances (since)";

    private InstanceTable() {}

    static Optional<Row<Instance>> find(Connection connection, InstanceId id) throws SQLException {
        return Sql.one(
                connection, "select * from instances where id = ?", InstanceTable::read, id.text());
    }

    static void save(Connection connection, Map<InstanceId, Optional<Row<Instance>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Instance>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into instances (id, agent, public_key, thumbprint, enrolled_at, revoked,
                    tokens_from, renewals, suspended_why, suspended_at, descent, since)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set agent = excluded.agent,
                    public_key = excluded.public_key, thumbprint = excluded.thumbprint,
                    enrolled_at = excluded.enrolled_at,
                    revoked = excluded.revoked, tokens_from = excluded.tokens_from,
                    renewals = excluded.renewals, suspended_why = excluded.suspended_why,
                    suspended_at = excluded.suspended_at
                """,
                rows);
    }

    private static Object[] columns(Row<Instance> row) {
        Instance instance = row.value();
        return new Object[] {
            instance.id().text(),
            instance.agent().text(),
            instance.key().map(key -> key.members().json()).orElse(null),
            instance.key().map(key -> key.thumbprint().base64Url()).orElse(null),
            instance.since().toString(),
            instance.revoked() ? 1 : 0,
            instance.tokensFrom().toString(),
            instance.renewals(),
            instance.suspension().map(Instance.Suspension::why).orElse(null),
            instance.suspension().map(one -> one.at().toString()).orElse(null),
            instance.from().map(from -> from.write().json()).orElse(null),
            row.since()
        };
    }

    static Row<Instance> read(ResultSet row) throws SQLException {
        try {
            return new Row<>(
                    new Instance(
                            new InstanceId(row.getString("id")),
                            new AgentId(row.getString("agent")),
                            key(row.getString("public_key")),
                            Instant.parse(row.getString("enrolled_at")),
                            row.getInt("revoked") != 0,
                            Instant.parse(row.getString("tokens_from")),
                            row.getLong("renewals"),
                            suspension(
                                    row.getString("suspended_why"), row.getString("suspended_at")),
                            descent(row.getString("descent"))),
                    row.getLong("since"));
        } catch (MalformedJson e) {
            throw new SQLException("an instance cannot be read", e);
        }
    }

    private static Optional<Instance.Suspension> suspension(
            @Nullable String why, @Nullable String at) {
        return why == null || at == null
                ? Optional.empty()
                : Optional.of(new Instance.Suspension(why, Instant.parse(at)));
    }

    private static Optional<Descent> descent(@Nullable String text) throws MalformedJson {
        return text == null
                ? Optional.empty()
                : Optional.of(
                        Descent.read(JsonReader.readFields(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Optional<Jwk> key(@Nullable String members) throws MalformedJson {
        return members == null
                ? Optional.empty()
                : Optional.of(
                        Jwk.of(JsonReader.readFields(members.getBytes(StandardCharsets.UTF_8)))
                                .orElseThrow());
    }
}
