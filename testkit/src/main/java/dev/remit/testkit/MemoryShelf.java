package dev.remit.testkit;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.conduct.Conduct;
import dev.remit.conduct.Subject;
import dev.remit.identity.Account;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Credential;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MandateId;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.identity.SignInLink;
import dev.remit.identity.SignInWay;
import dev.remit.ledger.Books;
import dev.remit.mandate.OpenCall;
import dev.remit.mandate.Sheet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Where the books of a {@link MemoryStore} lie: maps, behind one lock. */
abstract class MemoryShelf implements Books.Shelf {
    final ReentrantLock lock = new ReentrantLock(); // guards everything below
    final Map<AgentId, Agent> agents = new LinkedHashMap<>();
    final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    final Map<Digest, EnrolmentCode> codes = new HashMap<>();
    final Map<MandateId, Sheet> sheets = new LinkedHashMap<>();
    final Map<AgentId, MandateId> current = new HashMap<>();
    final Map<Tool, Pin> pins = new HashMap<>();
    final Map<Credential.Place, Credential> credentials = new HashMap<>();
    final Map<PersonId, Account> accounts = new LinkedHashMap<>();
    final Map<SignInWay, PersonId> ways = new HashMap<>();
    final Map<Digest, SignInLink> links = new HashMap<>();
    final Map<PassportId, Passport> passports = new HashMap<>();
    final Map<InstanceId, Admission> admissions = new HashMap<>();
    final Map<String, IssuerPage> issuers = new HashMap<>();
    final Map<Revocation.Of, Revocation> revocations = new HashMap<>();
    final Map<KeyUse, KeyPage> keys = new EnumMap<>(KeyUse.class);
    final Map<Subject, Conduct> conduct = new HashMap<>();
    final MemoryQuestions questions = new MemoryQuestions();
    final Map<CallId, OpenCall> open = new HashMap<>();
    final MemoryFleet fleet = new MemoryFleet(agents, instances, admissions, sheets);

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
    public Optional<Revocation> revocation(Revocation.Of what) {
        return locked(() -> Optional.ofNullable(revocations.get(what)));
    }

    @Override
    public void put(Revocation revocation) {
        revocations.put(revocation.what(), revocation);
    }

    @Override
    public Optional<Sheet> sheet(MandateId id) {
        return locked(() -> Optional.ofNullable(sheets.get(id)));
    }

    @Override
    public Optional<Pin> pin(Tool tool) {
        return locked(() -> Optional.ofNullable(pins.get(tool)));
    }

    @Override
    public Optional<Account> account(PersonId id) {
        return locked(() -> Optional.ofNullable(accounts.get(id)));
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
    public void put(Passport passport) {
        passports.put(passport.id(), passport);
    }

    @Override
    public Optional<Admission> admission(InstanceId instance) {
        return locked(() -> Optional.ofNullable(admissions.get(instance)));
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
    public Optional<Question> question(QuestionId id) {
        return questions.question(id);
    }

    @Override
    public void put(Question question) {
        questions.put(question);
    }

    @Override
    public Conduct conduct(Subject subject) {
        return locked(() -> conduct.getOrDefault(subject, Conduct.clean(subject)));
    }

    @Override
    public void put(Conduct page) {
        conduct.put(page.subject(), page);
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

    final <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
