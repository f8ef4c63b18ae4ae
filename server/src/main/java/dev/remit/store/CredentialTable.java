package dev.remit.store;

import dev.remit.identity.Credential;
import dev.remit.identity.CredentialId;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.store.Pages.Row;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which credentials are kept for which upstream and person; their content is not here. */
final class CredentialTable {
    static final String CREATE =
            """
            create table credentials (
                upstream text not null,
                person text not null,
                id text not null,
                origin text not null,
                kind text not null,
                set_at text not null,
                since bigint not null,
                primary key (upstream, person))
            """;

    private CredentialTable() {}

    static Optional<Row<Credential>> find(Connection connection, Credential.Place place)
            throws SQLException {
        return Sql.one(
                connection,
                "select * from credentials where upstream = ? and person = ?",
                CredentialTable::read,
                place.upstream(),
                person(place));
    }

    static List<Row<Credential>> all(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "select * from credentials order by upstream, person",
                CredentialTable::read);
    }

    static void save(
            Connection connection, Map<Credential.Place, Optional<Row<Credential>>> changes)
            throws SQLException {
        List<Object[]> kept = new ArrayList<>();
        List<Object[]> removed = new ArrayList<>();
        changes.forEach(
                (place, change) ->
                        change.ifPresentOrElse(
                                row -> kept.add(columns(row)),
                                () -> removed.add(new Object[] {place.upstream(), person(place)})));
        Sql.run(
                connection,
                """
                insert into credentials (upstream, person, id, origin, kind, set_at, since)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (upstream, person) do update set id = excluded.id,
                    origin = excluded.origin, kind = excluded.kind, set_at = excluded.set_at
                """,
                kept);
        Sql.run(connection, "delete from credentials where upstream = ? and person = ?", removed);
    }

    private static String person(Credential.Place place) {
        return place.person().map(PersonId::text).orElse("");
    }

    private static Object[] columns(Row<Credential> row) {
        Credential credential = row.value();
        return new Object[] {
            credential.upstream(),
            person(credential.place()),
            credential.id().text(),
            credential.origin().toString(),
            credential.kind().text(),
            credential.since().toString(),
            row.since()
        };
    }

    private static Row<Credential> read(ResultSet row) throws SQLException {
        String person = row.getString("person");
        return new Row<>(
                new Credential(
                        new CredentialId(row.getString("id")),
                        row.getString("upstream"),
                        Origin.of(URI.create(row.getString("origin"))),
                        person.isEmpty() ? Optional.empty() : Optional.of(new PersonId(person)),
                        Credential.Kind.of(row.getString("kind")),
                        Instant.parse(row.getString("set_at"))),
                row.getLong("since"));
    }
}
