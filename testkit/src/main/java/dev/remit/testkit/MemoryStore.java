package dev.remit.testkit;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.identity.Account;
import dev.remit.identity.Admission;
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
import dev.remit.identity.IssuerPage;
import dev.remit.identity.KeyBook;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MandateId;
import dev.remit.identity.Page;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportBook;
import dev.remit.identity.PassportId;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.identity.SignInLink;
import dev.remit.identity.SignInWay;
import dev.remit.ledger.Books;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.LedgerStore;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.OpenCall;
import dev.remit.mandate.Sheet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A store in memory, for tests: the same contract, gone with the process. */
public final class MemoryStore
        implements LedgerStore,
                AgentBook,
                MandateBook,
                ToolBook,
                CredentialBook,
                PersonBook,
                PassportBook,
                KeyBook,
                Books.Shelf {
    private final ReentrantLock lock = new ReentrantLock(); // guards everything below
    private final Books books = new Books(this);
    private final List<Entry> entries = new ArrayList<>();
    private final Map<AgentId, Agent> agents = new LinkedHashMap<>();
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final Map<Digest, EnrolmentCode> codes = new HashMap<>();
    private final Map<MandateId, Sheet> sheets = new LinkedHashMap<>();
    private final Map<AgentId, MandateId> current = new HashMap<>();
    private final Map<Tool, Pin> pins = new HashMap<>();
    private final Map<Credential.Place, Credential> credentials = new HashMap<>();
    private final Map<PersonId, Account> accounts = new LinkedHashMap<>();
    private final Map<SignInWay, PersonId> ways = new HashMap<>();
    private final Map<Digest, SignInLink> links = new HashMap<>();
    private final Map<PassportId, Passport> passports = new HashMap<>();
    private final Map<InstanceId, Admission> admissions = new HashMap<>();
    private final Map<String, IssuerPage> issuers = new HashMap<>();
    private final Map<Revocation.Of, Revocation> revocations = new HashMap<>();
    private final Map<KeyUse, KeyPage> keys = new EnumMap<>(KeyUse.class);
    private final Map<CallId, OpenCall> open = new HashMap<>();
    private final MemoryFleet fleet = new MemoryFleet(agents, instances, admissions, sheets);

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
    public Optional<Agent> agent(AgentId id) {
        return locked(() -> Optional.ofNullable(agents.get(id)));
    }

    @Override
    public Optional<Agent> agentNamed(String name) {
        return locked(() -> fleet.named(name));
    }

    @Override
    public Optional<Instance> instance(InstanceId id) {
        return locked(() -> Optional.ofNullable(instances.get(id)));
    }

    @Override
    public Optional<EnrolmentCode> code(Digest hash) {
        return locked(() -> Optional.ofNullable(codes.get(hash)));
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
    public Optional<Revocation> revocation(Revocation.Of what) {
        return locked(() -> Optional.ofNullable(revocations.get(what)));
    }

    @Override
    public void put(Revocation revocation) {
        revocations.put(revocation.what(), revocation);
    }

    @Override
    public Optional<Sheet> find(MandateId id) {
        return sheet(id);
    }

    @Override
    public Optional<Sheet> sheet(MandateId id) {
        return locked(() -> Optional.ofNullable(sheets.get(id)));
    }

    @Override
    public Optional<Sheet> current(AgentId agent) {
        return locked(() -> Optional.ofNullable(current.get(agent)).map(sheets::get));
    }

    @Override
    public List<Sheet> list(int most) {
        return locked(() -> MemoryLists.newest(most, sheets.values()));
    }

    @Override
    public Optional<Pin> pin(Tool tool) {
        return locked(() -> Optional.ofNullable(pins.get(tool)));
    }

    @Override
    public List<Pin> pins(String upstream) {
        return locked(() -> MemoryLists.pins(upstream, pins.values()));
    }

    @Override
    public Optional<Account> account(PersonId id) {
        return locked(() -> Optional.ofNullable(accounts.get(id)));
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
    public List<Account> accounts() {
        return locked(() -> MemoryLists.accounts(accounts.values()));
    }

    @Override
    public Optional<PersonId> personBy(SignInWay way) {
        return locked(() -> Optional.ofNullable(ways.get(way)));
    }

    @Override
    public Optional<SignInLink> link(Digest hash) {
        return locked(() -> Optional.ofNullable(links.get(hash)));
    }

    @Override
    public void put(Account account) {
        accounts.put(account.id(), account);
    }

    @Override
    public void put(SignInWay way, PersonId person) {
        ways.put(way, person);
    }

    @Override
    public void remove(SignInWay way) {
        ways.remove(way);
    }

    @Override
    public void put(SignInLink link) {
        links.put(link.hash(), link);
    }

    @Override
    public void removeLink(Digest hash) {
        links.remove(hash);
    }

    @Override
    public void put(Agent agent) {
        agents.put(agent.id(), agent);
    }

    @Override
    public void put(Instance instance) {
        instances.put(instance.id(), instance);
    }

    @Override
    public void put(EnrolmentCode code) {
        codes.put(code.hash(), code);
    }

    @Override
    public void removeCode(Digest hash) {
        codes.remove(hash);
    }

    @Override
    public void put(Sheet sheet) {
        if (sheets.put(sheet.mandate().id(), sheet) == null) {
            current.put(sheet.mandate().agent(), sheet.mandate().id());
        }
    }

    @Override
    public void put(Pin pin) {
        pins.put(pin.tool(), pin);
    }

    @Override
    public Optional<Passport> passport(PassportId id) {
        return locked(() -> Optional.ofNullable(passports.get(id)));
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
    public void put(Passport passport) {
        passports.put(passport.id(), passport);
    }

    @Override
    public Optional<Admission> admission(InstanceId instance) {
        return locked(() -> Optional.ofNullable(admissions.get(instance)));
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
    public void put(Admission admission) {
        admissions.put(admission.instance(), admission);
    }

    @Override
    public Optional<IssuerPage> issuer(String issuer) {
        return locked(() -> Optional.ofNullable(issuers.get(issuer)));
    }

    @Override
    public void put(IssuerPage issuer) {
        issuers.put(issuer.issuer(), issuer);
    }

    @Override
    public Optional<Credential> credential(Credential.Place place) {
        return locked(() -> Optional.ofNullable(credentials.get(place)));
    }

    @Override
    public List<Credential> credentials() {
        return locked(() -> credentials.values().stream().sorted(CredentialBook.BY_PLACE).toList());
    }

    @Override
    public void put(Credential credential) {
        credentials.put(credential.place(), credential);
    }

    @Override
    public void removeCredential(Credential.Place place) {
        credentials.remove(place);
    }

    @Override
    public KeyPage keys(KeyUse use) {
        return locked(() -> keys.getOrDefault(use, KeyPage.empty(use)));
    }

    @Override
    public void put(KeyPage page) {
        keys.put(page.use(), page);
    }

    @Override
    public void open(CallId call, OpenCall about) {
        open.put(call, about);
    }

    @Override
    public void close(CallId call) {
        open.remove(call);
    }

    @Override
    public Optional<OpenCall> openCall(CallId call) {
        return locked(() -> Optional.ofNullable(open.get(call)));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
