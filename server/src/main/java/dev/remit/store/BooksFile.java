package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.OpenCall;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The books in a database: what the log's first entries add up to, and how many they are. A copy of
 * what the log says, so it may lag, and be thrown away.
 */
final class BooksFile implements Closeable {
    static final String NAME = "books.db";
    private static final String VERSION = "16";
    private static final List<String> TABLES =
            List.of(
                    "create table meta (name text primary key, value text not null)",
                    OpenCallTable.CREATE,
                    QuestionTable.CREATE,
                    QuestionTable.INDEX,
                    ConductTable.CREATE,
                    AgentTable.CREATE,
                    AgentTable.INDEX,
                    AgentTable.STANDING,
                    AgentTable.ISSUER,
                    TagTable.CREATE,
                    TagTable.INDEX,
                    RevocationTable.CREATE,
                    InstanceTable.CREATE,
                    InstanceTable.INDEX,
                    InstanceTable.KEY,
                    InstanceTable.ORDER,
                    CodeTable.CREATE,
                    PinTable.CREATE,
                    CredentialTable.CREATE,
                    AccountTable.CREATE,
                    WayTable.CREATE,
                    LinkTable.CREATE,
                    PassportTable.CREATE,
                    PassportTable.INDEX,
                    AdmissionTable.CREATE,
                    AdmissionTable.INDEX,
                    AdmissionTable.ISSUER,
                    IssuerTable.CREATE,
                    KeyTable.CREATE,
                    MandateTable.CREATE,
                    MandateTable.INDEX,
                    MandateTable.GIVER,
                    MandateTable.GIVEN,
                    MandateTable.ORDER);

    private final Connection writing; // the scribe's own
    private final Connection reading;
    private final ReentrantLock lock = new ReentrantLock(); // guards `reading`

    private BooksFile(Connection writing, Connection reading) {
        this.writing = writing;
        this.reading = reading;
    }

    /** A query on the books. */
    interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    /** How far the database has got. */
    record Mark(long applied, Digest lastLeaf) {}

    /** Opens the database; one that is missing, of another version or damaged is made anew. */
    static BooksFile open(Path data) throws IOException {
        Path file = data.resolve(NAME);
        try {
            return opened(file);
        } catch (SQLException e) {
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(data.resolve(NAME + end));
            }
        }
        try {
            return opened(file);
        } catch (SQLException e) {
            throw new LedgerUnavailable("the books cannot be opened: " + e.getMessage(), e);
        }
    }

    private static BooksFile opened(Path file) throws IOException, SQLException {
        boolean fresh = !Files.exists(file);
        if (fresh) {
            Files.createFile(file, DiskFolder.ownerOnly(file, "rw-------"));
        }
        Connection writing = connect(file);
        try {
            writing.setAutoCommit(false);
            if (fresh) {
                for (String table : TABLES) {
                    Sql.run(writing, table);
                }
                meta(writing, "version", VERSION);
                mark(writing, new Mark(0, Digest.of()));
                writing.commit();
            }
            if (!meta(writing, "version").equals(VERSION)) {
                throw new SQLException("the books are of another version");
            }
            writing.commit();
            return new BooksFile(writing, connect(file));
        } catch (SQLException e) {
            writing.close();
            throw e;
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "NORMAL"); // may lag after a power cut, never be torn
        settings.setProperty("busy_timeout", "5000");
        return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
    }

    Mark mark() {
        return read(
                connection ->
                        new Mark(
                                Long.parseLong(meta(connection, "applied")),
                                Digest.ofHex(meta(connection, "last_leaf"))));
    }

    Map<CallId, OpenCall> openCalls() {
        return read(OpenCallTable::all);
    }

    <T> T read(Query<T> query) {
        lock.lock();
        try {
            return query.on(reading);
        } catch (SQLException e) {
            throw new LedgerUnavailable("the books cannot be read: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Writes the changes and how far they go: all or nothing. */
    void save(Changes changes, Mark mark, Predicate<Mandate> known) throws SQLException {
        try {
            AgentTable.save(writing, changes.agents());
            InstanceTable.save(writing, changes.instances());
            CodeTable.save(writing, changes.codes());
            PinTable.save(writing, changes.pins());
            CredentialTable.save(writing, changes.credentials());
            AccountTable.save(writing, changes.accounts());
            WayTable.save(writing, changes.ways());
            LinkTable.save(writing, changes.links());
            PassportTable.save(writing, changes.passports());
            AdmissionTable.save(writing, changes.admissions());
            IssuerTable.save(writing, changes.issuers());
            RevocationTable.save(writing, changes.revocations());
            KeyTable.save(writing, changes.keys());
            QuestionTable.save(writing, changes.questions());
            ConductTable.save(writing, changes.conduct());
            MandateTable.save(writing, changes.sheets(), known);
            OpenCallTable.save(writing, changes.open());
            mark(writing, mark);
            writing.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(SQLException cause) {
        try {
            writing.rollback();
        } catch (SQLException already) {
            cause.addSuppressed(already); // SQLite itself rolls back when the disk is full
            try {
                Sql.run(writing, "begin"); // which the driver only does after a rollback of its own
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static void mark(Connection connection, Mark mark) throws SQLException {
        meta(connection, "applied", Long.toString(mark.applied()));
        meta(connection, "last_leaf", mark.lastLeaf().hex());
    }

    private static String meta(Connection connection, String name) throws SQLException {
        Optional<String> value =
                Sql.one(
                        connection,
                        "select value from meta where name = ?",
                        row -> row.getString("value"),
                        name);
        return value.orElseThrow(() -> new SQLException("the books do not say their " + name));
    }

    private static void meta(Connection connection, String name, String value) throws SQLException {
        Sql.run(
                connection,
                """
                insert into meta (name, value) values (?, ?)
                on conflict (name) do update set value = excluded.value
                """,
                name,
                value);
    }

    @Override
    public void close() throws IOException {
        try {
            reading.close();
            writing.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
