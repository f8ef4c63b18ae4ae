package dev.remit.main;

import dev.remit.access.AccessEdge;
import dev.remit.authority.AcrValues;
import dev.remit.authority.AuthorizationServer;
import dev.remit.authority.Door;
import dev.remit.call.CallId;
import dev.remit.call.Value;
import dev.remit.console.Trials;
import dev.remit.decision.Judge;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Foresight;
import dev.remit.gate.Gate;
import dev.remit.gate.Overseer;
import dev.remit.gate.Readings;
import dev.remit.gate.Recollections;
import dev.remit.gate.Rehearsal;
import dev.remit.gateway.mcp.McpEdge;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.StateSeal;
import dev.remit.http.WebServer;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.AgentBook;
import dev.remit.identity.Authenticator;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.KeyUse;
import dev.remit.identity.Nonces;
import dev.remit.identity.Person;
import dev.remit.identity.Proofs;
import dev.remit.identity.ReplayGuard;
import dev.remit.identity.SigningKeys;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.operator.FleetActs;
import dev.remit.operator.OperatorDesk;
import dev.remit.operator.OperatorEdge;
import dev.remit.operator.PassportActs;
import dev.remit.operator.PeopleActs;
import dev.remit.operator.QuestionActs;
import dev.remit.operator.StopActs;
import dev.remit.operator.StopFile;
import dev.remit.operator.StopKeeper;
import dev.remit.registry.Grantor;
import dev.remit.registry.RefusedCalls;
import dev.remit.registry.Registrar;
import dev.remit.registry.Templates;
import dev.remit.rules.RuleActs;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.UsedProofs;
import dev.remit.vault.CredentialActs;
import dev.remit.vault.KeyActs;
import dev.remit.vault.Locksmith;
import dev.remit.vault.OwnerFile;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A running gateway: every long-lived thing is made here, once, and nothing is found any other way.
 */
public final class Server implements AutoCloseable {
    public static final String VERSION = "0.1.0";
    private static final int MOST_PROOFS = 2_000_000;

    private final Config config;
    private final Path operatorFile;
    private final EmbeddedStore store;
    private final UsedProofs usedProofs;
    private final People people;
    private final Upstreams upstreams;
    private final SafeFetch fetch;
    private final McpEdge mcp;
    private final WebServer web;
    private final Vertx vertx;
    private final Passports passports;
    private final Keys keys;
    private final Organisation organisation;
    private final CallPatrol patrol;
    private final StopKeeper stop;
    private final Evidence evidence;

    /**
     * Starts a gateway on a data folder, which is made if there is none.
     *
     * @throws LedgerUnavailable if the folder is another process's, or its log is not as it was
     *     left
     * @throws ConfigRefused if a key cannot be opened
     */
    public Server(Config config, Path data, InstantSource clock) {
        this.config = config;
        organisation = new Organisation(config);
        keys = new Keys(config, data);
        store = keys.open(data, clock);
        Metrics metrics = new Metrics(store, store.questions());
        Ledger ledger = new Ledger(metrics, () -> Names.random(16));
        Locksmith locksmith = keys.begin(store, ledger, clock);
        organisation.start(ledger, clock);
        metrics.watchRules(organisation::trouble);
        SigningKeys tokenKeys = keys.of(KeyUse.TOKENS, store);

        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        fetch = new SafeFetch(vertx, Credentials.trusted(config));
        Credentials credentials =
                new Credentials(config, data, keys.sealer(), store, ledger, fetch, clock);
        upstreams =
                new Upstreams(
                        config.upstreams(),
                        vertx,
                        store,
                        ledger,
                        credentials.keeper(),
                        clock,
                        System.getenv());
        SecureRandom dice = new SecureRandom();
        usedProofs = UsedProofs.open(data.resolve("proofs"), keys.isNew(), clock.instant());
        ReplayGuard replays = usedProofs.guard(MOST_PROOFS, clock.instant());
        Proofs proofs =
                new Proofs(
                        config.origins(), replays, new Nonces(Names.random(32), config.nonces()));
        String issuer = config.publicUrl();
        SigningKeys passportKeys = keys.of(KeyUse.PASSPORTS, store);
        passports = new Passports(config, passportKeys, store, ledger, fetch, clock);
        AgentBook agents = passports.agents();
        Readings readings = new Readings(config.intent().corrections());
        Clerk clerk =
                new Clerk(
                        agents,
                        store,
                        upstreams.tools(),
                        store,
                        store.questions(),
                        demands(config),
                        new Recollections(
                                store,
                                upstreams.tools(),
                                store,
                                readings,
                                config.intent().modes(),
                                Recollections.USUAL),
                        organisation.rules(),
                        clock);
        Judge judge = new Judge();
        Gate gate =
                new Gate(
                        clerk,
                        judge,
                        ledger,
                        upstreams,
                        new Overseer(store.conduct(), store, config.tolerances(), ledger, clock),
                        config.intent().counsel(fetch));
        patrol = new CallPatrol(gate.underWay());
        stop = new StopKeeper(clerk.stop(), gate.underWay(), new StopFile(data), ledger, clock);
        Authenticator authenticator =
                new Authenticator(issuer, tokenKeys, proofs, agents, config.unbound());
        Door door = new Door(authenticator, ledger, clock);

        Registrar registrar = new Registrar(store, ledger, Names::fresh, Names::secret, clock);
        Grantor grantor =
                new Grantor(
                        store,
                        organisation.ceiling(agents, store, store, upstreams.names()),
                        new Templates(TemplateFolder.of(data), agents),
                        ledger,
                        Names::fresh,
                        clock);
        people = new People(config, data, store, ledger, fetch, clock);
        Person operator = people.operator();
        PeopleActs peopleActs = people.acts();
        PassportActs passportActs = passports.acts(operator);
        CredentialActs credentialActs = credentials.acts(operator.id());
        StopActs stopActs = new StopActs(stop, operator.id(), store::trouble, clock);
        RuleActs ruleActs = organisation.acts(agents, store, upstreams.names());
        KeyActs keyActs = new KeyActs(locksmith, credentials.keeper(), operator.id());
        OperatorDesk desk =
                new OperatorDesk(
                        operator,
                        new FleetActs(operator, issuer, registrar, agents, peopleActs::find),
                        new QuestionActs(
                                new QuestionActs.Asked(
                                        operator,
                                        grantor,
                                        store.questions(),
                                        store,
                                        people.presenter(agents),
                                        people.approvals()),
                                clock),
                        grantor,
                        new OperatorDesk.Shelves(
                                agents,
                                store,
                                store,
                                new RefusedCalls(store::entries),
                                upstreams.names(),
                                readings,
                                config.intent().suggestions(fetch)),
                        peopleActs,
                        ledger,
                        clock);
        String word = Names.secret();
        operatorFile = data.resolve("operator.json");
        writeOperatorFile(word);

        Edge authority =
                new AuthorizationServer(
                        new AuthorizationServer.Setting(
                                issuer,
                                tokenKeys,
                                config.isLoopback(),
                                config.unbound(),
                                acr(config),
                                Names::fresh,
                                Names::longSecret,
                                clock),
                        new AuthorizationServer.Checks(
                                door,
                                authenticator,
                                proofs,
                                new ClientAssertions(issuer, agents, replays),
                                people.signIns(),
                                passports::published),
                        new AuthorizationServer.Acts(
                                registrar,
                                passports.enrolment(registrar, replays, clock.instant()),
                                grantor,
                                passports.persons(replays),
                                new AuthorizationServer.Books(agents, store, store, store),
                                Set.copyOf(upstreams.names()),
                                ledger));
        StateSeal seal = new StateSeal(keys.stateSecret(), dice);
        Supplier<CallId> calls = () -> new CallId("call_" + Names.fresh());
        mcp =
                new McpEdge(
                        new McpEdge.Parts(
                                door::introduce,
                                gate,
                                clerk,
                                ledger,
                                upstreams,
                                clock,
                                calls,
                                dice,
                                seal,
                                config.peoplesOrigin()),
                        issuer,
                        McpEdge.USUAL_BODY);
        Edge access =
                new AccessEdge(
                        new AccessEdge.Parts(
                                door::introduce,
                                door::record,
                                authenticator,
                                gate,
                                new Foresight(clerk, judge),
                                clerk,
                                ledger,
                                agents,
                                upstreams.tools(),
                                upstreams.names(),
                                seal,
                                calls,
                                clock),
                        config.points(),
                        issuer);
        Map<String, Edge> edges = new HashMap<>();
        edges.put("/access", new NonceEdge(access, proofs, clock));
        edges.put(AccessEdge.METADATA, access);
        edges.put("/mcp", new NonceEdge(mcp, proofs, clock));
        edges.put("/oauth2", new NonceEdge(authority, proofs, clock));
        edges.put("/.well-known", authority);
        AuthorizationServer.PAGES.forEach(path -> edges.put(path, authority));
        passports.open(edges);
        edges.put(
                "/operator",
                new OperatorEdge(
                        word,
                        config.address().operatorHosts(),
                        (act, asked) ->
                                stopActs.act(act, asked)
                                        .or(() -> credentialActs.act(act, asked))
                                        .or(() -> keyActs.act(act, asked))
                                        .or(() -> ruleActs.act(act))
                                        .or(() -> passportActs.act(act, asked))
                                        .or(() -> desk.act(act, asked))));
        evidence = new Evidence(config, store.published(), fetch, clock);
        evidence.open(edges);
        edges.put("/metrics", metrics);
        edges.put("/healthz", exchange -> exchange.answer(200, state("up")));
        edges.put("/readyz", this::answerReady);
        people.open(edges);
        people.openMandates(edges, grantor, agents, upstreams.names());
        Rehearsal rehearsal =
                new Rehearsal(authenticator, agents, new Foresight(clerk, judge), calls, clock);
        people.openConsole(
                edges,
                agents,
                registrar,
                upstreams.names(),
                ruleActs,
                new Trials(rehearsal, organisation.rules(), organisation::candidate),
                clerk.stop());
        people.signIns().ifPresent(some -> credentials.open(edges, some));
        web = new WebServer(vertx, config.origins(), edges);
        web.listen(config.host(), config.port());
    }

    private static Demands demands(Config config) {
        Map<String, Demands.OfUpstream> demands = new HashMap<>();
        config.upstreams().forEach(one -> demands.put(one.name(), one.terms().demands()));
        return new Demands(demands);
    }

    private static AcrValues acr(Config config) {
        Map<String, List<String>> believed = new HashMap<>();
        config.providers().forEach(one -> believed.put(one.issuer().toString(), one.acr()));
        return new AcrValues(believed);
    }

    /** Where agents reach it. */
    public URI url() {
        return URI.create(config.publicUrl());
    }

    /** Where the person at this machine adds the first passkey; empty if there is no need. */
    public Optional<URI> firstSignIn() {
        return people.firstSignIn();
    }

    /** Where people sign in and look, if they have an origin. */
    public Optional<URI> console() {
        return people.console();
    }

    private void answerReady(Exchange exchange) {
        store.trouble()
                .ifPresentOrElse(
                        why -> exchange.answer(503, WebServer.problem(why)),
                        () ->
                                exchange.answer(
                                        200,
                                        state(stop.stopped().isPresent() ? "stopped" : "ready")));
    }

    private Value state(String text) {
        return Value.object().put("status", text).putIf("witnesses", evidence.witnesses()).build();
    }

    private void writeOperatorFile(String word) {
        String address =
                "http://"
                        + (config.isLoopback() ? "127.0.0.1" : config.host())
                        + ":"
                        + config.port();
        Value text = Value.object().put("gateway", address).put("word", word).build();
        try {
            OwnerFile.write(operatorFile, text.json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigRefused("the file " + operatorFile + " cannot be written");
        }
    }

    @Override
    public void close() {
        web.close();
        evidence.close();
        people.close();
        patrol.close();
        stop.close();
        keys.close();
        organisation.close();
        passports.close();
        mcp.close();
        upstreams.close();
        fetch.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        usedProofs.close();
        store.close();
        try {
            Files.deleteIfExists(operatorFile);
        } catch (IOException e) {
            throw new ConfigRefused("the file " + operatorFile + " cannot be removed");
        }
    }
}
