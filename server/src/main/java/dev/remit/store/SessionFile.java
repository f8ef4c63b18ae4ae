package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.identity.Authentication;
import dev.remit.identity.PersonId;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.session.Session;
import dev.remit.session.SessionBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/** People's sessions in a file of their own; removing it while nothing runs signs everybody out. */
public final class SessionFile implements SessionBook, AutoCloseable {
    private static final String NAME = "sessions.db";
    private static final String CREATE =
            """
            create table if not exists sessions (
                id text primary key,
                person text not null,
                started_at bigint not null,
                shown_at bigint not null,
                acr text not null,
                seen_at bigint not null,
                device text not null)
            """;
    private static final String INDEX =
            "create index if not exists sessions_person on sessions (person)";

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock(); // guards `connection`

    private SessionFile(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the file in a data folder, which is made if there is none.
     *
     * @throws LedgerUnavailable if it cannot be used
     */
    public static SessionFile open(Path data) {
        Path file = data.resolve(NAME);
        try {
            DiskFolder.make(data);
            if (!Files.exists(file)) {
                Files.createFile(file, DiskFolder.ownerOnly(file, "rw-------"));
            }
            Properties settings = new Properties();
            settings.setProperty("journal_mode", "WAL");
            settings.setProperty("synchronous", "NORMAL");
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, settings);
            Sql.run(connection, CREATE);
            Sql.run(connection, INDEX);
            return new SessionFile(connection);
        } catch (IOException | SQLException e) {
            throw new LedgerUnavailable(
                    "the sessions in " + file + " cannot be used; remove the file: " + e, e);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T locked(Work<T> work) {
        lock.lock();
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new LedgerUnavailable("the sessions cannot be used now: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private void run(String sql, Object... parameters) {
        locked(
                on -> {
                    Sql.run(on, sql, parameters);
                    return true;
                });
    }

    @Override
    public Optional<Session> find(Digest id) {
        return locked(
                on ->
                        Sql.one(
                                on,
                                "select * from sessions where id = ?",
                                SessionFile::read,
                                id.hex()));
    }

    @Override
    public void keep(Session session) {
        run(
                """
                insert into sessions (id, person, started_at, shown_at, acr, seen_at, device)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set seen_at = excluded.seen_at
                """,
                session.id().hex(),
                session.person().text(),
                session.startedAt().toEpochMilli(),
                session.shown().at().toEpochMilli(),
                session.shown().acr().orElse(""),
                session.seenAt().toEpochMilli(),
                session.device());
    }

    @Override
    public void remove(Digest id) {
        run("delete from sessions where id = ?", id.hex());
    }

    @Override
    public List<Session> of(PersonId person) {
        return locked(
                on ->
                        Sql.list(
                                on,
                                "select * from sessions where person = ? order by seen_at desc, id",
                                SessionFile::read,
                                person.text()));
    }

    @Override
    public void forget(Instant startedBefore, Instant seenBefore) {
        run(
                "delete from sessions where started_at < ? or seen_at < ?",
                startedBefore.toEpochMilli(),
                seenBefore.toEpochMilli());
    }

    private static Session read(ResultSet row) throws SQLException {
        return new Session(
                Digest.ofHex(row.getString("id")),
                new PersonId(row.getString("person")),
                Instant.ofEpochMilli(row.getLong("started_at")),
                new Authentication(
                        Instant.ofEpochMilli(row.getLong("shown_at")),
                        Optional.of(row.getString("acr")).filter(acr -> !acr.isEmpty())),
                Instant.ofEpochMilli(row.getLong("seen_at")),
                row.getString("device"));
    }

    @Override
    public void close() {
        locked(
                on -> {
                    on.close();
                    return true;
                });
    }
}
