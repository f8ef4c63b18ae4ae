package dev.remit.gateway.upstream;

import dev.remit.call.Call;
import dev.remit.call.Outcome;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.decision.Permit;
import dev.remit.gate.Credentials;
import dev.remit.gate.Line;
import dev.remit.gate.Party;
import dev.remit.gate.Upstream;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.wire.Aside;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Ledger;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All upstreams of the gateway. Only a permit makes one of them act; what is asked besides is what
 * they offer.
 */
public final class Upstreams implements Upstream, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_CONNECTIONS = 256;
    private static final int KEPT_SECONDS = 4; // less than servers usually keep a connection

    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final ToolBook listed;
    private final Credentials credentials;
    private final InstantSource clock;
    private final HttpClient client;
    private final Patience patience = new Patience();
    private final Vertx vertx;
    private final long sweep;

    /**
     * @param credentials what requests over HTTP are sent with
     * @param book what the ledger says of pinned tools
     * @param environment the gateway's own, of which programs get a few variables
     */
    public Upstreams(
            List<UpstreamSettings> settings,
            Vertx vertx,
            ToolBook book,
            Ledger ledger,
            Credentials credentials,
            InstantSource clock,
            Map<String, String> environment) {
        this.credentials = credentials;
        this.clock = clock;
        this.vertx = vertx;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout((int) CONNECT.toMillis())
                                .setKeepAliveTimeout(KEPT_SECONDS)
                                .setTcpNoDelay(true)
                                .setMaxHeaderSize(32 * 1024),
                        new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        this.listed = new ListedTools(book, this);
        PinKeeper pins = new PinKeeper(book, ledger, clock);
        for (UpstreamSettings one : settings) {
            Provider provider =
                    new Provider(
                            one, vertx, client, patience, pins, credentials, clock, environment);
            if (providers.put(one.name(), provider) != null) {
                throw new IllegalArgumentException(
                        "two upstreams are called `" + one.name() + "`; rename one");
            }
        }
        this.sweep = vertx.setPeriodic(30_000, _ -> Thread.ofVirtual().start(this::closeIdle));
    }

    /** The names of all upstreams, in the order they were configured. */
    public List<String> names() {
        return List.copyOf(providers.keySet());
    }

    /** The tool book for the clerk: what is not on offer now has no pin. */
    public ToolBook tools() {
        return listed;
    }

    @Override
    public Outcome forward(Permit permit, Line line) {
        Call call = permit.call();
        Provider provider = providers.get(call.tool().upstream());
        if (provider == null) {
            return new Outcome.Failed("there is no such upstream", Duration.ZERO);
        }
        Optional<PersonId> giver = permit.file().sheet().map(sheet -> sheet.mandate().giver().id());
        Guest guest = guest(provider, new Party(permit.file().caller().agent(), giver));
        return new Courier(provider, guest, call, line, clock).carry();
    }

    private Guest guest(Provider provider, Party party) {
        boolean personal = credentials.isPersonal(provider.settings().name());
        return new Guest(party.agent().text(), personal ? party.person() : Optional.empty());
    }

    /**
     * What the upstream offers, over this party's connection if it must be asked.
     *
     * @throws UpstreamUnavailable if it must be asked and cannot
     */
    public Optional<Catalogue> catalogue(String upstream, Party party) {
        Provider provider = providers.get(upstream);
        return provider == null
                ? Optional.empty()
                : Optional.of(provider.catalogue(guest(provider, party)));
    }

    Optional<Catalogue> catalogue(String upstream) {
        Provider provider = providers.get(upstream);
        return provider == null
                ? Optional.empty()
                : Optional.of(provider.catalogue(provider.anybody()));
    }

    /** What may be asked of an upstream without a permit: nothing that reaches its data. */
    public enum Question {
        RESOURCES("resources/list"),
        TEMPLATES("resources/templates/list"),
        PROMPTS("prompts/list"),
        LEVEL("logging/setLevel"),
        UNSUBSCRIBE("resources/unsubscribe");

        private final String method;

        Question(String method) {
            this.method = method;
        }

        public String method() {
            return method;
        }

        /** The question that this method asks. */
        public static Optional<Question> of(String method) {
            return List.of(values()).stream().filter(one -> one.method.equals(method)).findFirst();
        }
    }

    /**
     * Asks for a list, or tells a preference.
     *
     * @return {@code {"result": …}} or {@code {"error": …}}
     * @throws UpstreamUnavailable if it cannot be asked
     */
    public Value.Fields ask(String upstream, Party party, Question question, Value.Fields params) {
        Provider provider = providers.get(upstream);
        if (provider == null) {
            throw new UpstreamUnavailable("There is no upstream `" + upstream + "`.");
        }
        Guest guest = guest(provider, party);
        for (int attempt = 0; ; attempt++) {
            Peer peer = provider.peer(guest);
            if (!peer.greeting().revision().hasSessions() && isForSessions(question)) {
                return Value.object().put("result", Value.Fields.EMPTY).build();
            }
            Reply reply = peer.request(question.method(), params, Map.of(), Aside.NONE, new Deaf());
            if (reply instanceof Reply.Gone) {
                provider.drop(guest, peer);
            }
            if (reply instanceof Reply.Result(Value.Fields result)) {
                return Value.object().put("result", result).build();
            }
            if (reply instanceof Reply.Fault(Value.Fields error)) {
                return Value.object().put("error", error).build();
            }
            if (!(reply instanceof Reply.Gone) || attempt > 0) {
                throw new UpstreamUnavailable(
                        "The upstream `" + upstream + "` does not answer now.");
            }
        }
    }

    private static boolean isForSessions(Question question) {
        return switch (question) {
            case LEVEL, UNSUBSCRIBE -> true;
            case RESOURCES, TEMPLATES, PROMPTS -> false;
        };
    }

    /**
     * Has the agent told of changes; running what is returned ends it.
     *
     * @param filter as in {@code subscriptions/listen}
     */
    public Runnable listen(
            String upstream, Party party, Value.Fields filter, Consumer<Value.Fields> told) {
        Provider provider = providers.get(upstream);
        if (provider == null) {
            return () -> {};
        }
        Subscription subscription =
                Subscription.start(provider, guest(provider, party), filter, told);
        return subscription::close;
    }

    private void closeIdle() {
        providers.values().forEach(provider -> provider.closeIdle(clock.instant()));
    }

    /** Stops every program and waits for its end. */
    @Override
    public void close() {
        vertx.cancelTimer(sweep);
        List<Thread> closing =
                providers.values().stream()
                        .map(provider -> Thread.ofVirtual().start(provider::close))
                        .toList();
        for (Thread one : closing) {
            try {
                one.join(Duration.ofSeconds(15));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        patience.close();
        client.close().onComplete(_ -> {}, _ -> {});
    }
}
