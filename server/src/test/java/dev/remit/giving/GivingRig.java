package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.QuestionId;
import dev.remit.assent.Assents;
import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.console.ConsoleEdge;
import dev.remit.console.Setting;
import dev.remit.decision.Refusal;
import dev.remit.gate.Readings;
import dev.remit.gate.StopSwitch;
import dev.remit.http.Edge;
import dev.remit.http.WebServer;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Account;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.Binding;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Role;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.main.Names;
import dev.remit.main.TemplateFolder;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Suggestions;
import dev.remit.people.PeopleEdge;
import dev.remit.people.Visitor;
import dev.remit.registry.Ceiling;
import dev.remit.registry.Examiner;
import dev.remit.registry.Grantor;
import dev.remit.registry.RefusedCalls;
import dev.remit.registry.Registrar;
import dev.remit.registry.Steward;
import dev.remit.registry.Templates;
import dev.remit.registry.asked.Presenter;
import dev.remit.session.Sessions;
import dev.remit.testkit.MemorySessions;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Ports;
import dev.remit.testkit.SoftPasskey;
import dev.remit.web.Assets;
import dev.remit.web.SignIns;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pages for people over a store in memory: an agent with a key, two tools, people as needed.
 */
public final class GivingRig implements AutoCloseable {
    public static final Tool READ = Tool.of("files.read");
    public static final Tool WRITE = Tool.of("files.write");
    public static final Tool PAY = Tool.of("bank.pay");

    /** Arguments of every type, and two that no form can name. */
    private static final Value.Fields PAYING =
            Value.object()
                    .put("to", type("string"))
                    .put("amount", type("number"))
                    .put("urgent", type("boolean"))
                    .put("note", Value.Fields.EMPTY)
                    .put("hid\u202eden", type("string"))
                    .put("*", type("string"))
                    .build();

    private static final Value.Fields RULES =
            Value.object()
                    .put("folder", "/etc/remit/rules")
                    .put("trouble", "")
                    .put(
                            "rules",
                            new Value.Items(
                                    List.of(
                                            Value.object()
                                                    .put("id", "no-mail-outside")
                                                    .put("does", "forbid")
                                                    .put("mode", "enforce")
                                                    .put("ceiling", false)
                                                    .put("place", "mail.cedar, line 3")
                                                    .put("say", "mail stays in the company")
                                                    .build(),
                                            Value.object()
                                                    .put("id", "large-payments")
                                                    .put("does", "ask")
                                                    .put("mode", "warn")
                                                    .put("ceiling", true)
                                                    .put("place", "bank.cedar, line 1")
                                                    .put("say", "")
                                                    .build())))
                    .build();
    private static final List<Setting> SETTINGS =
            List.of(
                    new Setting(
                            "Health",
                            List.of(new Setting.Row("ledger", "in order")),
                            "remit doctor"),
                    new Setting(
                            "Upstreams",
                            List.of(
                                    new Setting.Row("bank", "the server bank.example"),
                                    new Setting.Row("files", "the program npx")),
                            "mcpServers in remit.yaml"),
                    new Setting("Issuers that are believed", List.of(), "issuers in remit.yaml"));

    private volatile Duration ahead = Duration.ZERO;
    public final InstantSource clock = () -> Instant.now().plus(ahead);
    public final MemoryStore store = new MemoryStore();
    public final Ledger ledger = new Ledger(store, () -> Names.random(16));
    public final Agent agent =
            new Agent(new AgentId("agt_1"), "worker", Instant.now(), new Agent.Standing.Good());
    public final InstanceId instance = new InstanceId("ins_1");
    public final String origin;
    public final Grantor grantor;
    public final GivingEdge edge;
    public final StopSwitch stop = new StopSwitch();
    volatile Suggestions suggestions = Suggestions.NONE;
    public final ConsoleEdge console;
    private final Steward steward;
    private final Sessions sessions;
    private final Vertx vertx = Vertx.vertx();
    private final WebServer web;
    private final AtomicInteger calls = new AtomicInteger();

    private static Value.Fields type(String type) {
        return Value.object().put("type", type).build();
    }

    public GivingRig() throws IOException {
        this(Path.of("target", "no-such-folder"));
    }

    /**
     * @param data where the folder of templates is, if there is one
     */
    GivingRig(Path data) throws IOException {
        int port = Ports.free();
        origin = "http://localhost:" + port;
        steward = new Steward(store, ledger, Names::fresh, Names::longSecret, clock);
        sessions = new Sessions(new MemorySessions(), store, Names::longSecret, clock);
        grantor =
                new Grantor(
                        store,
                        Ceiling.none(),
                        new Templates(TemplateFolder.of(data), store),
                        ledger,
                        Names::fresh,
                        clock);
        SignIns signIns = new SignIns(origin, sessions, ledger, clock);
        edge =
                new GivingEdge(
                        new GivingEdge.Tools(
                                signIns,
                                grantor,
                                new Assents(origin, Names::longSecret, clock),
                                store,
                                store,
                                store,
                                List.of("bank", "files"),
                                store.questions(),
                                new Presenter(store, store, new Readings(Map.of()), store, store),
                                new RefusedCalls(this::decided),
                                words -> suggestions.of(words),
                                clock));
        console = console(signIns);
        PeopleEdge people =
                new PeopleEdge(
                        new PeopleEdge.Tools(
                                signIns,
                                sessions,
                                steward,
                                store,
                                ledger,
                                List.of(),
                                new SafeFetch(vertx, Set.of()),
                                Names::longSecret,
                                clock));
        Map<String, Edge> edges = new HashMap<>();
        people.roots().forEach(root -> edges.put(root, people));
        edges.put("/assets", Assets.ALL);
        GivingEdge.ROOTS.forEach(root -> edges.put(root, edge));
        edges.put(ConsoleEdge.ROOT, console);
        web = new WebServer(vertx, Set.of(origin, "http://127.0.0.1:" + port), edges);
        web.listen("127.0.0.1", port);
        begin();
    }

    private ConsoleEdge console(SignIns signIns) {
        return new ConsoleEdge(
                new ConsoleEdge.Tools(
                        signIns,
                        store,
                        _ -> Optional.empty(),
                        List::of,
                        store,
                        new Registrar(store, ledger, Names::fresh, Names::secret, clock),
                        store.conduct(),
                        store,
                        store.questions(),
                        stop,
                        List.of("bank", "files"),
                        store,
                        new Readings(Map.of()),
                        new Examiner(store, ledger, clock),
                        () -> RULES,
                        Rehearsing.of(store, origin, clock),
                        () -> SETTINGS,
                        clock));
    }

    private void begin() {
        write(new Event.AgentAdded(agent, "test"));
        Digest code = Digest.of(Names.random(16));
        write(
                new Event.CodeIssued(
                        new EnrolmentCode(code, agent.id(), clock.instant().plusSeconds(60)),
                        "test"));
        write(
                new Event.InstanceEnrolled(
                        Instance.enrolled(instance, agent.id(), Optional.empty(), clock.instant()),
                        code));
        pin(READ, true);
        pin(WRITE, false);
        pin(PAY, false, PAYING);
    }

    private void pin(Tool tool, boolean reads) {
        pin(tool, reads, Value.Fields.EMPTY);
    }

    /**
     * @param properties of its arguments
     */
    public void pin(Tool tool, boolean reads, Value.Fields properties) {
        Value.Fields definition =
                Value.object()
                        .put("name", tool.name())
                        .put("inputSchema", Value.object().put("properties", properties).build())
                        .build();
        write(
                new Event.ToolPinned(
                        new Pin(tool, Pin.digest(definition), Optional.empty(), definition)
                                .reading(reads),
                        "test"));
    }

    public void write(Event event) {
        assertThat(ledger.append(event, clock.instant())).isInstanceOf(Receipt.class);
    }

    public void wait(Duration time) {
        ahead = ahead.plus(time);
    }

    /** A person with a passkey, signed in. */
    public Visitor person(String name, SoftPasskey passkey, Role... roles) {
        Account account = steward.add(name, Set.of(roles), Optional.empty(), "test");
        Visitor visitor = new Visitor(origin);
        String link = origin + "/welcome#" + steward.issueLink(account.id(), "test");
        assertThat(visitor.welcome(link, passkey).statusCode()).isEqualTo(200);
        return visitor;
    }

    /** Somebody with an account. */
    public Account account(String name, Role... roles) {
        return steward.add(name, Set.of(roles), Optional.empty(), "test");
    }

    /** A link with which this person adds a passkey. */
    public String link(Account account) {
        return origin + "/welcome#" + steward.issueLink(account.id(), "test");
    }

    /** A link with which a person adds a passkey. */
    public String link(String name, Role... roles) {
        Account account = steward.add(name, Set.of(roles), Optional.empty(), "test");
        return origin + "/welcome#" + steward.issueLink(account.id(), "test");
    }

    /** A person of a provider, who has no passkey, signed in. */
    Visitor provided(String name, Role... roles) {
        Account account =
                steward.add(
                        name,
                        Set.of(roles),
                        Optional.of(new ExternalIdentity("https://acme.example", name)),
                        "test");
        Visitor visitor = new Visitor(origin);
        visitor.cookies()
                .put(
                        "remit-session",
                        sessions.start(
                                account.id(),
                                clock.instant(),
                                Authentication.at(clock.instant()),
                                "test",
                                Optional.empty()));
        return visitor;
    }

    /** The agent makes a call that the mandate does not include, and its giver is asked. */
    public QuestionId asks(Mandate mandate, String refusal, Value.Fields arguments) {
        return asks(WRITE, mandate, refusal, arguments);
    }

    /** The same, with this tool. */
    public QuestionId asks(Tool tool, Mandate mandate, String refusal, Value.Fields arguments) {
        QuestionId question =
                QuestionId.about(
                        mandate.id(), instance, Call.action(tool, new Arguments(arguments)));
        Event.Ruling asked = new Event.Ruling.Asked(question, refusal, "it is not in the mandate");
        decided(tool, arguments, asked, Optional.of(mandate));
        return question;
    }

    /** The agent makes a call that is refused; its name. */
    String refused(Tool tool, Value.Fields arguments, Refusal refusal, Optional<Mandate> under) {
        Event.Ruling ruling = new Event.Ruling.Refused(refusal.code(), "", 0, 1, 0);
        return decided(tool, arguments, ruling, under).text();
    }

    /** The agent makes a call, and this is decided of it. */
    public CallId decided(
            Tool tool, Value.Fields arguments, Event.Ruling ruling, Optional<Mandate> under) {
        CallId call = new CallId("call_" + calls.incrementAndGet());
        write(
                new Event.Decided(
                        call,
                        instance,
                        agent.id(),
                        List.of(),
                        Binding.NONE,
                        under.map(
                                one -> new Event.Under(one.id(), one.giver().id(), one.version())),
                        tool,
                        store.pin(tool).map(Pin::accepted),
                        ruling,
                        arguments,
                        List.of(),
                        Optional.empty()));
        return call;
    }

    private List<Entry> decided(CallId call) {
        return store.entries().stream()
                .filter(
                        one ->
                                one.event() instanceof Event.Decided decided
                                        && decided.call().equals(call))
                .toList();
    }

    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        store.entries().stream().map(Entry::event).forEach(events::add);
        return events;
    }

    @Override
    public void close() {
        console.close();
        web.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
