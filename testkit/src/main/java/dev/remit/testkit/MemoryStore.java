package dev.remit.testkit;

import dev.remit.approval.QuestionBook;
import dev.remit.call.CallId;
import dev.remit.call.Pin;
import dev.remit.call.ToolBook;
import dev.remit.conduct.ConductBook;
import dev.remit.identity.Account;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Credential;
import dev.remit.identity.CredentialBook;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.KeyBook;
import dev.remit.identity.MandateId;
import dev.remit.identity.Page;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PassportId;
import dev.remit.identity.PersonBook;
import dev.remit.identity.SignInWay;
import dev.remit.ledger.Books;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.LogReader;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A store in memory, for tests: the same contract, gone with the process. */
public final class MemoryStore extends MemoryShelf
        implements LedgerStore,
                LogReader,
                AgentBook,
                MandateBook,
                ToolBook,
                CredentialBook,
                PersonBook,
                PassportBook,
                KeyBook {
    private final Books books = new Books(this);
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public Optional<Sheet> find(MandateId id) {
        return sheet(id);
    }

    @Override
    public Optional<Sheet> current(AgentId agent) {
        return locked(() -> Optional.ofNullable(current.get(agent)).map(sheets::get));
    }

    @Override
    public Optional<Account> accountWithPasskey(String credential) {
        return locked(() -> personBy(SignInWay.ofPasskey(credential)).flatMap(this::account));
    }

    @Override
    public Optional<Account> accountOf(ExternalIdentity external) {
        return locked(() -> personBy(SignInWay.of(external)).flatMap(this::account));
    }

    @Override
    public Stored append(Draft draft) {
        return locked(
                () -> {
                    Optional<String> objection = books.objection(draft.event(), draft.at());
                    if (objection.isPresent()) {
                        return new Stored.Objected(objection.get());
                    }
                    return write(draft);
                });
    }

    /** Appends whatever the books say: what is known to have been written, or a planted fault. */
    public Stored force(Draft draft) {
        return locked(() -> write(draft));
    }

    private Stored write(Draft draft) {
        Entry entry = new Entry(entries.size(), draft.at(), draft.event());
        entries.add(entry);
        books.apply(entry);
        return new Stored.At(entry.index());
    }

    /** Calls that were allowed and have not ended. */
    public List<CallId> openCalls() {
        return locked(() -> MemoryLists.calls(open.keySet()));
    }

    @Override
    public Optional<Entry> entry(long index) {
        return locked(() -> MemoryLists.at(index, entries));
    }

    @Override
    public long size() {
        return locked(entries::size);
    }

    /** Everything that was written, in order. */
    public List<Entry> entries() {
        return locked(() -> List.copyOf(entries));
    }

    @Override
    public Page<Agent> agents(AgentQuery query, String from, int most) {
        return locked(() -> fleet.agents(query, from, most));
    }

    @Override
    public long count(AgentQuery query) {
        return locked(() -> fleet.count(query));
    }

    @Override
    public Page<Instance> instances(InstanceQuery query, String from, int most) {
        return locked(() -> fleet.instances(query, from, most));
    }

    @Override
    public List<Sheet> list(int most) {
        return locked(() -> MemoryLists.newest(most, sheets.values()));
    }

    @Override
    public List<Pin> pins(String upstream) {
        return locked(() -> MemoryLists.pins(upstream, pins.values()));
    }

    @Override
    public List<Account> accounts() {
        return locked(() -> MemoryLists.accounts(accounts.values()));
    }

    @Override
    public List<Passport> passports(AgentId agent) {
        return locked(() -> MemoryPassports.of(agent, passports.values()));
    }

    @Override
    public long nextPassport() {
        return locked(() -> MemoryPassports.next(passports.values()));
    }

    @Override
    public List<PassportId> revokedPassports(long from, long to) {
        return locked(() -> MemoryPassports.revoked(from, to, passports.values()));
    }

    @Override
    public List<Admission> admissions(String list, String after, int most) {
        return locked(() -> MemoryPassports.on(list, after, most, admissions.values()));
    }

    @Override
    public OptionalLong lastPlace(String lists) {
        return locked(() -> MemoryPassports.last(lists, admissions.values()));
    }

    @Override
    public List<Credential> credentials() {
        return locked(() -> credentials.values().stream().sorted(CredentialBook.BY_PLACE).toList());
    }

    /** The book of how agents behave. */
    public ConductBook conduct() {
        return this::conduct;
    }

    /** The book of questions. */
    public QuestionBook questions() {
        return questions;
    }
}
