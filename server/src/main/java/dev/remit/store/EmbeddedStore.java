package dev.remit.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.approval.QuestionBook;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.conduct.Conduct;
import dev.remit.conduct.ConductBook;
import dev.remit.identity.Account;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Credential;
import dev.remit.identity.CredentialBook;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.KeyBook;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MandateId;
import dev.remit.identity.Page;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.identity.SignInLink;
import dev.remit.identity.SignInWay;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.LogReader;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.OpenCall;
import dev.remit.mandate.Sheet;
import dev.remit.store.Pages.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The store of one gateway on one machine: the log in segment files, the books in a database beside
 * it, all in one folder that one process works in at a time.
 */
public final class EmbeddedStore
        implements LedgerStore,
                LogReader,
                AgentBook,
                MandateBook,
                ToolBook,
                CredentialBook,
                PersonBook,
                KeyBook,
                AutoCloseable {
    /** The folder of the log within the data folder; what an auditor copies. */
    public static final String LEDGER = "ledger";

    private static final int CACHED = 100_000;

    private final Opening.Parts parts;
    private final Archive archive;
    private final PublishedLog published;
    private final Cache<AgentId, MandateId> current =
            Caffeine.newBuilder().maximumSize(CACHED).executor(Runnable::run).build();
    private final Scribe scribe;
    private final Thread writing;
    private final Thread following;

    private EmbeddedStore(Opening.Parts parts, LogFolder folder) {
        this.parts = parts;
        this.archive = new Archive(folder);
        this.published =
                new PublishedLog(
                        folder, archive, parts.checkpoints()::own, parts.recorder()::refuse);
        this.scribe =
                new Scribe(
                        parts.recorder(),
                        parts.shelf(),
                        parts.file(),
                        parts.checkpoints(),
                        this::forget);
        parts.recorder().onListed(scribe::wake);
        this.writing = Thread.ofPlatform().name("ledger").unstarted(parts.recorder());
        this.following = Thread.ofPlatform().name("books").unstarted(scribe);
    }

    /**
     * Opens the store in a data folder, which is made if there is none. Brings the books up to the
     * log, and ends every call that the last process left open.
     *
     * @param keys sign the checkpoints
     * @param nameOfNew names the log in them, if it is begun here
     * @throws LedgerUnavailable if another process has the folder, or the log is not as it was left
     */
    public static EmbeddedStore open(
            Path data, LogKeys keys, String nameOfNew, InstantSource clock, String version) {
        try {
            DiskFolder.make(data);
            DiskFolder folder = DiskFolder.at(data.resolve(LEDGER));
            return open(
                    data,
                    folder,
                    new Checkpoints(folder, keys, nameOfNew),
                    new Opening(clock, version, Opening.SEGMENT));
        } catch (IOException e) {
            throw new LedgerUnavailable("the store cannot be opened in " + data + ": " + e, e);
        }
    }

    static EmbeddedStore open(Path data, LogFolder folder, Checkpoints checkpoints, Opening opening)
            throws IOException {
        Opening.Parts parts = opening.parts(data, folder, checkpoints);
        EmbeddedStore store = new EmbeddedStore(parts, folder);
        store.writing.start();
        store.following.start();
        try {
            opening.greet(parts.recorder(), parts.recorder().moment().tree());
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    @Override
    public Stored append(Draft draft) {
        return parts.recorder().hand(draft).await();
    }

    @Override
    public Optional<Entry> entry(long index) {
        return index < size() ? archive.entry(index) : Optional.empty();
    }

    /** The entry as it lies in its segment. */
    Optional<Frame> frame(long index) {
        return index < size() ? archive.frame(index) : Optional.empty();
    }

    /** The proof that this entry is in the log; empty if no checkpoint has it yet. */
    public Optional<InclusionProof> proof(long index) {
        sign();
        return published.proof(index);
    }

    /** What the log shows of itself. */
    public PublishedLog published() {
        return published;
    }

    /** The calls that were allowed and have not ended, and where that was decided. */
    Map<CallId, OpenCall> openCalls() {
        return parts.recorder().openCalls();
    }

    @Override
    public long size() {
        return parts.recorder().size();
    }

    /** Why nothing can be written now; empty if it can, as far as one sees without trying. */
    public Optional<String> trouble() {
        return parts.recorder().trouble();
    }

    @Override
    public void read(long from, Predicate<Entry> more) {
        archive.read(from, entry -> entry.index() < size() && more.test(entry));
    }

    @Override
    public List<Entry> entries(CallId call) {
        return new CallSearch(archive)
                .of(call).stream().filter(entry -> entry.index() < size()).toList();
    }

    @Override
    public Optional<Agent> agent(AgentId id) {
        return parts.shelf().agents.get(id);
    }

    @Override
    public Optional<Agent> agentNamed(String name) {
        return parts.shelf().named(name);
    }

    @Override
    public Optional<Instance> instance(InstanceId id) {
        return parts.shelf().instances.get(id);
    }

    @Override
    public Optional<EnrolmentCode> code(Digest hash) {
        return parts.shelf().codes.get(hash);
    }

    @Override
    public Page<Agent> agents(AgentQuery query, String from, int most) {
        return listed(on -> FleetSearch.agents(on, query, from, most));
    }

    @Override
    public long count(AgentQuery query) {
        return listed(on -> FleetSearch.count(on, query));
    }

    @Override
    public Page<Instance> instances(InstanceQuery query, String from, int most) {
        return listed(on -> FleetSearch.instances(on, query, from, most));
    }

    @Override
    public Optional<Revocation> revocation(Revocation.Of what) {
        return parts.shelf().revocations.get(what);
    }

    /** The book of passports. */
    public PassportBook passports() {
        return new StoredPassports(parts.shelf(), this::listed);
    }

    /** The book of how agents behave. */
    public ConductBook conduct() {
        return whom -> parts.shelf().conduct.get(whom).orElseGet(() -> Conduct.clean(whom));
    }

    /** The book of questions. */
    public QuestionBook questions() {
        return new StoredQuestions(parts.shelf(), this::listed);
    }

    @Override
    public Optional<Pin> pin(Tool tool) {
        return parts.shelf().pins.get(tool);
    }

    @Override
    public List<Pin> pins(String upstream) {
        return listed(on -> PinTable.of(on, upstream)).stream().map(Row::value).toList();
    }

    @Override
    public Optional<Credential> credential(Credential.Place place) {
        return parts.shelf().credentials.get(place);
    }

    @Override
    public List<Credential> credentials() {
        return listed(CredentialTable::all).stream().map(Row::value).toList();
    }

    @Override
    public KeyPage keys(KeyUse use) {
        return parts.shelf().keys.get(use).orElseGet(() -> KeyPage.empty(use));
    }

    /** Signs a checkpoint of all that is durable now, and not only with the next round. */
    public void sign() {
        try {
            parts.checkpoints().sign(parts.recorder().tree());
        } catch (IOException e) {
            throw new LedgerUnavailable("the checkpoint is not signed: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Account> account(PersonId id) {
        return parts.shelf().accounts.get(id);
    }

    @Override
    public Optional<Account> accountWithPasskey(String credential) {
        return parts.shelf()
                .ways
                .get(SignInWay.ofPasskey(credential))
                .flatMap(this::account)
                .filter(account -> account.passkey(credential).isPresent());
    }

    @Override
    public Optional<Account> accountOf(ExternalIdentity external) {
        return parts.shelf().ways.get(SignInWay.of(external)).flatMap(this::account);
    }

    @Override
    public Optional<SignInLink> link(Digest hash) {
        return parts.shelf().links.get(hash);
    }

    @Override
    public List<Account> accounts() {
        return listed(AccountTable::all).stream()
                .map(Row::value)
                .sorted(Comparator.comparing(account -> account.person().name()))
                .toList();
    }

    @Override
    public Optional<Sheet> find(MandateId id) {
        return parts.shelf().sheets.get(id);
    }

    @Override
    public Optional<Sheet> current(AgentId agent) {
        return currentId(agent).flatMap(this::find);
    }

    @Override
    public Optional<Sheet> current(AgentId agent, PersonId giver) {
        return listed(on -> MandateTable.current(on, agent, giver)).flatMap(this::find);
    }

    @SuppressWarnings("NullAway") // the cache takes null for “there is none, keep nothing”
    private Optional<MandateId> currentId(AgentId agent) {
        refuseIfBehind();
        return Optional.ofNullable(
                current.get(
                        agent, one -> listed(on -> MandateTable.current(on, one)).orElse(null)));
    }

    @Override
    public List<Sheet> given(PersonId giver, int most) {
        Map<MandateId, Optional<Row<Sheet>>> found = new HashMap<>();
        listed(on -> MandateTable.given(on, giver, most))
                .forEach(row -> found.put(row.value().mandate().id(), Optional.of(row)));
        found.putAll(parts.shelf().sheets.unsaved());
        return found.values().stream()
                .flatMap(Optional::stream)
                .filter(row -> row.value().mandate().giver().id().equals(giver))
                .sorted(Comparator.comparingLong((Row<Sheet> row) -> row.since()).reversed())
                .limit(most)
                .map(Row::value)
                .toList();
    }

    @Override
    public List<Sheet> list(int most) {
        Map<MandateId, Optional<Row<Sheet>>> newer = parts.shelf().sheets.unsaved();
        return listed(on -> MandateTable.newest(on, most)).stream()
                .map(row -> newer.getOrDefault(row.value().mandate().id(), Optional.of(row)))
                .map(row -> row.orElseThrow().value())
                .toList();
    }

    /** After an agent's mandates were saved, its current one is looked up anew. */
    private void forget(Changes changes) {
        for (Optional<Row<Sheet>> row : changes.sheets().values()) {
            current.invalidate(row.orElseThrow().value().mandate().agent());
        }
    }

    private <T> T listed(BooksFile.Query<T> query) {
        refuseIfBehind();
        return parts.file().read(query);
    }

    private void refuseIfBehind() {
        if (scribe.isBehind()) {
            throw new LedgerUnavailable("the books cannot be saved now, so lists are not shown");
        }
    }

    /** Lets what waits be written, saves the books, signs a last checkpoint. */
    @Override
    public void close() {
        try {
            parts.recorder().close();
            writing.join();
            scribe.close();
            following.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            parts.close();
        }
    }
}
