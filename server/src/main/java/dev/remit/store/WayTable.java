package dev.remit.store;

import dev.remit.identity.PersonId;
import dev.remit.identity.SignInWay;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose each passkey and each identity at a provider is. */
final class WayTable {
    static final String CREATE =
            """
            create table ways (
                kind text not null,
                issuer text not null,
                name text not null,
                person text not null,
                since bigint not null,
                primary key (kind, issuer, name))
            """;

    private WayTable() {}

    static Optional<Row<PersonId>> find(Connection connection, SignInWay way) throws SQLException {
        return Sql.one(
                connection,
                "select * from ways where kind = ? and issuer = ? and name = ?",
                row -> new Row<>(new PersonId(row.getString("person")), row.getLong("since")),
                key(way));
    }

    static void save(Connection connection, Map<SignInWay, Optional<Row<PersonId>>> changes)
            throws SQLException {
        List<Object[]> put = new ArrayList<>();
        List<Object[]> removed = new ArrayList<>();
        changes.forEach(
                (way, change) ->
                        change.ifPresentOrElse(
                                row ->
                                        put.add(
                                                new Object[] {
                                                    way.kind().name(),
                                                    way.issuer(),
                                                    way.name(),
                                                    row.value().text(),
                                                    row.since()
                                                }),
                                () -> removed.add(key(way))));
        Sql.run(
                connection,
                """
                insert into ways (kind, issuer, name, person, since) values (?, ?, ?, ?, ?)
                on conflict (kind, issuer, name) do update set person = excluded.person
                """,
                put);
        Sql.run(connection, "delete from ways where kind = ? and issuer = ? and name = ?", removed);
    }

    private static Object[] key(SignInWay way) {
        return new Object[] {way.kind().name(), way.issuer(), way.name()};
    }
}
