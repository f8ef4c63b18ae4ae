package dev.remit.store;

import dev.remit.identity.Admission;
import dev.remit.identity.InstanceId;
import dev.remit.identity.PassportId;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** By which passports instances were enrolled, by instance and by status list. */
final class AdmissionTable {
    static final String CREATE =
            """
            create table admissions (
                instance text primary key,
                issuer text not null,
                passport text not null,
                list text not null,
                place bigint not null,
                expires_at text not null,
                since bigint not null)
            """;
    static final String INDEX = "create index admissions_list on admissions (list, instance)";
    static final String ISSUER = "create index admissions_issuer on admissions (issuer, since)";

    private AdmissionTable() {}

    static Optional<Row<Admission>> find(Connection connection, InstanceId id) throws SQLException {
        return Sql.one(
                connection,
                "select * from admissions where instance = ?",
                AdmissionTable::read,
                id.text());
    }

    static List<Row<Admission>> of(Connection connection, String list, String after, int most)
            throws SQLException {
        return Sql.list(
                connection,
                "select * from admissions where list = ? and instance > ? order by instance limit ?",
                AdmissionTable::read,
                list,
                after,
                most);
    }

    /** The highest place on the lists whose names begin so. */
    static OptionalLong last(Connection connection, String lists) throws SQLException {
        long most =
                Sql.one(
                                connection,
                                """
                                select coalesce(max(place), -1) as most from admissions
                                where list >= ? and list < ?
                                """,
                                row -> row.getLong("most"),
                                lists,
                                lists + "~") // after every digit and letter
                        .orElse(-1L);
        return most < 0 ? OptionalLong.empty() : OptionalLong.of(most);
    }

    static void save(Connection connection, Map<InstanceId, Optional<Row<Admission>>> changes)
            throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (Optional<Row<Admission>> change : changes.values()) {
            change.ifPresent(row -> rows.add(columns(row)));
        }
        Sql.run(
                connection,
                """
                insert into admissions (instance, issuer, passport, list, place, expires_at, since)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (instance) do update set issuer = excluded.issuer,
                    passport = excluded.passport, list = excluded.list, place = excluded.place,
                    expires_at = excluded.expires_at
                """,
                rows);
    }

    private static Object[] columns(Row<Admission> row) {
        Admission admission = row.value();
        return new Object[] {
            admission.instance().text(),
            admission.issuer(),
            admission.passport().map(PassportId::text).orElse(""),
            admission.list(),
            admission.index(),
            admission.expiresAt().toString(),
            row.since()
        };
    }

    private static Row<Admission> read(ResultSet row) throws SQLException {
        String passport = row.getString("passport");
        return new Row<>(
                new Admission(
                        new InstanceId(row.getString("instance")),
                        row.getString("issuer"),
                        passport.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new PassportId(passport)),
                        row.getString("list"),
                        row.getLong("place"),
                        Instant.parse(row.getString("expires_at"))),
                row.getLong("since"));
    }
}
