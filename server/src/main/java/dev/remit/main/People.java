package dev.remit.main;

import dev.remit.assent.Assents;
import dev.remit.call.Value;
import dev.remit.console.ConsoleEdge;
import dev.remit.console.Trials;
import dev.remit.gate.Readings;
import dev.remit.gate.StopSwitch;
import dev.remit.giving.GivingEdge;
import dev.remit.http.Edge;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Account;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.ledger.Ledger;
import dev.remit.notice.Messenger;
import dev.remit.operator.PeopleActs;
import dev.remit.people.PeopleEdge;
import dev.remit.registry.Examiner;
import dev.remit.registry.Grantor;
import dev.remit.registry.RefusedCalls;
import dev.remit.registry.Registrar;
import dev.remit.registry.Steward;
import dev.remit.registry.asked.Presenter;
import dev.remit.rules.RuleActs;
import dev.remit.session.Sessions;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.SessionFile;
import dev.remit.web.Assets;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a gateway has for people, each part made once. */
final class People implements AutoCloseable {
    private final Config config;
    private final Path data;
    private final EmbeddedStore store;
    private final Ledger ledger;
    private final SafeFetch fetch;
    private final InstantSource clock;
    private final Steward steward;
    private final SessionFile sessionFile;
    private final Sessions sessions;
    private final Optional<SignIns> signIns;
    private final Person operator = atThisMachine();
    private Optional<ConsoleEdge> console = Optional.empty();
    private volatile Optional<Messenger> messenger = Optional.empty();

    /** Opens the accounts; the person at this machine gets the first. */
    People(
            Config config,
            Path data,
            EmbeddedStore store,
            Ledger ledger,
            SafeFetch fetch,
            InstantSource clock) {
        this.config = config;
        this.data = data;
        this.store = store;
        this.ledger = ledger;
        this.fetch = fetch;
        this.clock = clock;
        this.steward = new Steward(store, ledger, Names::fresh, Names::longSecret, clock);
        steward.addOnce(operator, EnumSet.allOf(Role.class), "remit");
        this.sessionFile = SessionFile.open(data);
        this.sessions = new Sessions(sessionFile, store, Names::longSecret, clock);
        this.signIns =
                config.peoplesOrigin().map(origin -> new SignIns(origin, sessions, ledger, clock));
    }

    Person operator() {
        return operator;
    }

    /** Who has signed in; empty if nobody can. */
    Optional<SignIns> signIns() {
        return signIns;
    }

    /** Finds what is shown of questions, on pages and at the terminal alike. */
    Presenter presenter(AgentBook agents) {
        return new Presenter(
                store, store, new Readings(config.intent().corrections()), store, agents);
    }

    PeopleActs acts() {
        return new PeopleActs(operator, steward, store, sessions, config.peoplesOrigin());
    }

    void open(Map<String, Edge> edges) {
        if (signIns.isEmpty()) {
            return;
        }
        PeopleEdge edge =
                new PeopleEdge(
                        new PeopleEdge.Tools(
                                signIns.get(),
                                sessions,
                                steward,
                                store,
                                ledger,
                                config.providers(),
                                fetch,
                                Names::longSecret,
                                clock));
        edge.roots().forEach(root -> edges.put(root, edge));
        edges.put("/assets", Assets.ALL);
    }

    /** The pages where people give mandates and look after them. */
    void openMandates(
            Map<String, Edge> edges, Grantor grantor, AgentBook agents, List<String> upstreams) {
        if (signIns.isEmpty()) {
            return;
        }
        SignIns known = signIns.get();
        GivingEdge giving =
                new GivingEdge(
                        new GivingEdge.Tools(
                                known,
                                grantor,
                                new Assents(known.origin(), Names::longSecret, clock),
                                agents,
                                store,
                                store,
                                upstreams,
                                store.questions(),
                                presenter(agents),
                                new RefusedCalls(store::entries),
                                config.intent().suggestions(fetch),
                                clock));
        GivingEdge.ROOTS.forEach(root -> edges.put(root, giving));
    }

    /**
     * The console, until it is closed with this.
     *
     * @param rules the acts that read the organisation's rules
     */
    void openConsole(
            Map<String, Edge> edges,
            AgentBook agents,
            Registrar registrar,
            List<String> upstreams,
            RuleActs rules,
            Trials trials,
            StopSwitch stop) {
        if (signIns.isEmpty()) {
            return;
        }
        Supplier<Value.Fields> listed =
                () ->
                        rules.act("rules/list").orElseThrow() instanceof Value.Fields fields
                                ? fields
                                : Value.Fields.EMPTY;
        ConsoleEdge edge =
                new ConsoleEdge(
                        new ConsoleEdge.Tools(
                                signIns.get(),
                                store,
                                store::proof,
                                new LogKeysTold(data, store),
                                agents,
                                registrar,
                                store.conduct(),
                                store,
                                store.questions(),
                                stop,
                                upstreams,
                                store,
                                new Readings(config.intent().corrections()),
                                new Examiner(store, ledger, clock),
                                listed,
                                trials,
                                new SettingsTold(
                                        config,
                                        store,
                                        () -> listed.get().text("trouble").orElse(""),
                                        () -> messenger.map(Messenger::health).orElse(Map.of())),
                                clock));
        messenger =
                Optional.of(
                        new Messenger(
                                config.webhooks(),
                                store.questions(),
                                presenter(agents),
                                fetch,
                                signIns.get().origin() + GivingEdge.ASKED,
                                clock));
        edges.put(ConsoleEdge.ROOT, edge);
        console = Optional.of(edge);
    }

    /**
     * Where the person at this machine adds the first passkey; empty if they have a way to sign in,
     * or people have no origin.
     */
    Optional<URI> firstSignIn() {
        PersonId id = operator.id();
        boolean needed = store.account(id).filter(Account::canSignIn).isEmpty();
        return needed
                ? config.peoplesOrigin()
                        .map(origin -> PeopleActs.address(origin, steward.issueLink(id, "remit")))
                : Optional.empty();
    }

    /** Where people answer what agents ask, if they have an origin. */
    Optional<String> approvals() {
        return config.peoplesOrigin().map(origin -> origin + Section.APPROVALS.path());
    }

    /** Where people sign in and look, if they have an origin. */
    Optional<URI> console() {
        return config.peoplesOrigin().map(origin -> URI.create(origin + ConsoleEdge.ROOT));
    }

    /** The person at this machine; the first to have an account. */
    private static Person atThisMachine() {
        String name = System.getProperty("user.name", "operator");
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z_-]", "-");
        return new Person(new PersonId("per_" + (id.isEmpty() ? "operator" : id)), name);
    }

    @Override
    public void close() {
        messenger.ifPresent(Messenger::close);
        console.ifPresent(ConsoleEdge::close);
        sessionFile.close();
    }
}
