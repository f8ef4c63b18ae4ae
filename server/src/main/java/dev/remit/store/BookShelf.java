package dev.remit.store;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All books of the embedded store. As a {@link Books.Shelf} it is the writing thread's alone, and
 * shows what that thread has staged; the pages themselves show others what is committed.
 */
final class BookShelf implements Books.Shelf {
    private static final int CACHED = 10_000; // of each book; a mandate takes some kilobytes

    final Pages<AgentId, Agent> agents;
    final Pages<String, AgentId> names;
    final Pages<InstanceId, Instance> instances;
    final Pages<Digest, EnrolmentCode> codes;
    final Pages<MandateId, Sheet> sheets;
    final Pages<Tool, Pin> pins;
    final Pages<Credential.Place, Credential> credentials;
    final Pages<PersonId, Account> accounts;
    final Pages<SignInWay, PersonId> ways;
    final Pages<Digest, SignInLink> links;
    final Pages<PassportId, Passport> passports;
    final Pages<InstanceId, Admission> admissions;
    final Pages<String, IssuerPage> issuers;
    final Pages<Revocation.Of, Revocation> revocations;
    final Pages<KeyUse, KeyPage> keys;
    final Pages<QuestionId, Question> questions;
    final Pages<Subject, Conduct> conduct;
    private final List<Pages<?, ?>> all;
    private final Map<CallId, OpenCall> open; // committed; guarded by the writer's lock
    private final Map<CallId, Optional<OpenCall>> stagedOpen = new HashMap<>();
    private long index;

    BookShelf(BooksFile file) {
        agents = new Pages<>(CACHED, id -> file.read(on -> AgentTable.find(on, id)));
        names =
                new Pages<>(
                        CACHED,
                        name ->
                                file.read(on -> AgentTable.named(on, name))
                                        .map(
                                                row ->
                                                        new Pages.Row<>(
                                                                row.value().id(), row.since())));
        instances = new Pages<>(CACHED, id -> file.read(on -> InstanceTable.find(on, id)));
        codes = new Pages<>(CACHED, hash -> file.read(on -> CodeTable.find(on, hash)));
        sheets = new Pages<>(CACHED, id -> file.read(on -> MandateTable.find(on, id)));
        pins = new Pages<>(CACHED, tool -> file.read(on -> PinTable.find(on, tool)));
        credentials =
                new Pages<>(CACHED, place -> file.read(on -> CredentialTable.find(on, place)));
        accounts = new Pages<>(CACHED, id -> file.read(on -> AccountTable.find(on, id)));
        ways = new Pages<>(CACHED, way -> file.read(on -> WayTable.find(on, way)));
        links = new Pages<>(CACHED, hash -> file.read(on -> LinkTable.find(on, hash)));
        passports = new Pages<>(CACHED, id -> file.read(on -> PassportTable.find(on, id)));
        admissions = new Pages<>(CACHED, id -> file.read(on -> AdmissionTable.find(on, id)));
        issuers = new Pages<>(CACHED, name -> file.read(on -> IssuerTable.find(on, name)));
        revocations = Pages.whole(file.read(RevocationTable::all));
        keys = new Pages<>(CACHED, use -> file.read(on -> KeyTable.find(on, use)));
        questions = new Pages<>(CACHED, id -> file.read(on -> QuestionTable.find(on, id)));
        conduct = new Pages<>(CACHED, whom -> file.read(on -> ConductTable.find(on, whom)));
        all =
                List.of(
                        agents,
                        names,
                        instances,
                        codes,
                        sheets,
                        pins,
                        credentials,
                        accounts,
                        ways,
                        links,
                        passports,
                        admissions,
                        issuers,
                        revocations,
                        keys,
                        questions,
                        conduct);
        open = file.openCalls();
    }

    /** From now on, what is put there is put by the entry at this place. */
    void at(long next) {
        index = next;
    }

    void commit() {
        all.forEach(Pages::commit);
        stagedOpen.forEach(
                (call, entry) ->
                        entry.ifPresentOrElse(
                                place -> open.put(call, place), () -> open.remove(call)));
        stagedOpen.clear();
    }

    void discard() {
        all.forEach(Pages::discard);
        stagedOpen.clear();
    }

    /** What is committed and not saved. */
    Changes changes() {
        return new Changes(
                agents.unsaved(),
                instances.unsaved(),
                codes.unsaved(),
                sheets.unsaved(),
                pins.unsaved(),
                credentials.unsaved(),
                accounts.unsaved(),
                ways.unsaved(),
                links.unsaved(),
                passports.unsaved(),
                admissions.unsaved(),
                issuers.unsaved(),
                revocations.unsaved(),
                keys.unsaved(),
                questions.unsaved(),
                conduct.unsaved(),
                new HashMap<>(open));
    }

    /** Says that these are in the database now. */
    void saved(Changes changes) {
        agents.saved(changes.agents());
        names.saved(changes.names());
        instances.saved(changes.instances());
        codes.saved(changes.codes());
        sheets.saved(changes.sheets());
        pins.saved(changes.pins());
        credentials.saved(changes.credentials());
        accounts.saved(changes.accounts());
        ways.saved(changes.ways());
        links.saved(changes.links());
        passports.saved(changes.passports());
        admissions.saved(changes.admissions());
        issuers.saved(changes.issuers());
        revocations.saved(changes.revocations());
        keys.saved(changes.keys());
        questions.saved(changes.questions());
        conduct.saved(changes.conduct());
    }

    /** The committed agent of this name. */
    Optional<Agent> named(String name) {
        return names.get(name).flatMap(agents::get).filter(agent -> agent.name().equals(name));
    }

    Map<CallId, OpenCall> openCalls() {
        return Map.copyOf(open);
    }

    @Override
    public Optional<Agent> agent(AgentId id) {
        return agents.staged(id);
    }

    @Override
    public Optional<Agent> agentNamed(String name) {
        return names.staged(name)
                .flatMap(agents::staged)
                .filter(agent -> agent.name().equals(name));
    }

    @Override
    public void put(Agent agent) {
        agents.stage(agent.id(), agent, index);
        names.stage(agent.name(), agent.id(), index);
    }

    @Override
    public Optional<Instance> instance(InstanceId id) {
        return instances.staged(id);
    }

    @Override
    public void put(Instance instance) {
        instances.stage(instance.id(), instance, index);
    }

    @Override
    public Optional<EnrolmentCode> code(Digest hash) {
        return codes.staged(hash);
    }

    @Override
    public void put(EnrolmentCode code) {
        codes.stage(code.hash(), code, index);
    }

    @Override
    public void removeCode(Digest hash) {
        codes.stageRemoval(hash);
    }

    @Override
    public Optional<Sheet> sheet(MandateId id) {
        return sheets.staged(id);
    }

    @Override
    public void put(Sheet sheet) {
        sheets.stage(sheet.mandate().id(), sheet, index);
    }

    @Override
    public void put(Pin pin) {
        pins.stage(pin.tool(), pin, index);
    }

    @Override
    public Optional<Pin> pin(Tool tool) {
        return pins.staged(tool);
    }

    @Override
    public Optional<Credential> credential(Credential.Place place) {
        return credentials.staged(place);
    }

    @Override
    public void put(Credential credential) {
        credentials.stage(credential.place(), credential, index);
    }

    @Override
    public void removeCredential(Credential.Place place) {
        credentials.stageRemoval(place);
    }

    @Override
    public Optional<Account> account(PersonId id) {
        return accounts.staged(id);
    }

    @Override
    public void put(Account account) {
        accounts.stage(account.id(), account, index);
    }

    @Override
    public Optional<PersonId> personBy(SignInWay way) {
        return ways.staged(way);
    }

    @Override
    public void put(SignInWay way, PersonId person) {
        ways.stage(way, person, index);
    }

    @Override
    public void remove(SignInWay way) {
        ways.stageRemoval(way);
    }

    @Override
    public Optional<SignInLink> link(Digest hash) {
        return links.staged(hash);
    }

    @Override
    public void put(SignInLink link) {
        links.stage(link.hash(), link, index);
    }

    @Override
    public void removeLink(Digest hash) {
        links.stageRemoval(hash);
    }

    @Override
    public Optional<Passport> passport(PassportId id) {
        return passports.staged(id);
    }

    @Override
    public void put(Passport passport) {
        passports.stage(passport.id(), passport, index);
    }

    @Override
    public Optional<Admission> admission(InstanceId instance) {
        return admissions.staged(instance);
    }

    @Override
    public void put(Admission admission) {
        admissions.stage(admission.instance(), admission, index);
    }

    @Override
    public Optional<IssuerPage> issuer(String issuer) {
        return issuers.staged(issuer);
    }

    @Override
    public void put(IssuerPage issuer) {
        issuers.stage(issuer.issuer(), issuer, index);
    }

    @Override
    public Optional<Revocation> revocation(Revocation.Of what) {
        return revocations.staged(what);
    }

    @Override
    public void put(Revocation revocation) {
        revocations.stage(revocation.what(), revocation, index);
    }

    @Override
    public KeyPage keys(KeyUse use) {
        return keys.staged(use).orElseGet(() -> KeyPage.empty(use));
    }

    @Override
    public void put(KeyPage page) {
        keys.stage(page.use(), page, index);
    }

    @Override
    public Optional<Question> question(QuestionId id) {
        return questions.staged(id);
    }

    @Override
    public void put(Question question) {
        questions.stage(question.id(), question, index);
    }

    @Override
    public Conduct conduct(Subject subject) {
        return conduct.staged(subject).orElseGet(() -> Conduct.clean(subject));
    }

    @Override
    public void put(Conduct page) {
        conduct.stage(page.subject(), page, index);
    }

    @Override
    public void open(CallId call, OpenCall about) {
        stagedOpen.put(call, Optional.of(about));
    }

    @Override
    public void close(CallId call) {
        stagedOpen.put(call, Optional.empty());
    }

    @Override
    public Optional<OpenCall> openCall(CallId call) {
        Optional<OpenCall> change = stagedOpen.get(call);
        return change != null ? change : Optional.ofNullable(open.get(call));
    }
}
