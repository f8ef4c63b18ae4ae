package dev.remit.bench.hop;

import dev.remit.authority.AcrValues;
import dev.remit.authority.AuthorizationServer;
import dev.remit.authority.Door;
import dev.remit.call.CallId;
import dev.remit.call.Value;
import dev.remit.decision.Judge;
import dev.remit.decision.Rules;
import dev.remit.gate.Clerk;
import dev.remit.gate.Credentials;
import dev.remit.gate.Demands;
import dev.remit.gate.Gate;
import dev.remit.gate.Overseer;
import dev.remit.gate.Readings;
import dev.remit.gate.Recall;
import dev.remit.gateway.mcp.McpEdge;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.http.StateSeal;
import dev.remit.http.WebServer;
import dev.remit.identity.Authenticator;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.KeyUse;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Nonces;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Proofs;
import dev.remit.identity.ReplayGuard;
import dev.remit.identity.SigningKeys;
import dev.remit.identity.Unbound;
import dev.remit.ledger.Ledger;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.mandate.Suggestions;
import dev.remit.operator.FleetActs;
import dev.remit.operator.OperatorDesk;
import dev.remit.operator.OperatorEdge;
import dev.remit.operator.PeopleActs;
import dev.remit.operator.QuestionActs;
import dev.remit.passport.Enrolment;
import dev.remit.passport.Issuers;
import dev.remit.passport.PersonGrants;
import dev.remit.registry.Ceiling;
import dev.remit.registry.Grantor;
import dev.remit.registry.RefusedCalls;
import dev.remit.registry.Registrar;
import dev.remit.registry.Steward;
import dev.remit.registry.asked.Presenter;
import dev.remit.session.Sessions;
import dev.remit.testkit.MemorySessions;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.OneKey;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts of the real server over a store in memory: what a call costs without the disk. */
final class BareServer {
    private static final int MOST_PROOFS = 2_000_000;

    BareServer(Config config, Path data) throws Exception {
        InstantSource clock = InstantSource.system();
        MemoryStore store = new MemoryStore();
        Ledger ledger = new Ledger(store, () -> Names.random(16));
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Upstreams upstreams =
                new Upstreams(
                        config.upstreams(),
                        vertx,
                        store,
                        ledger,
                        Credentials.none(),
                        clock,
                        Map.of());
        Clerk clerk =
                new Clerk(
                        store,
                        store,
                        upstreams.tools(),
                        store,
                        store.questions(),
                        Demands.NONE,
                        Recall.none(),
                        Rules::none,
                        clock);
        ReplayGuard replays = new MemoryReplayGuard(MOST_PROOFS);
        Proofs proofs =
                new Proofs(
                        config.origins(),
                        replays,
                        new Nonces(Names.random(32), Nonces.Demand.WHEN_NEEDED));
        String issuer = config.publicUrl();
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        SigningKeys keys = OneKey.of(KeyUse.TOKENS, pair);
        Authenticator authenticator =
                new Authenticator(issuer, keys, proofs, store, Unbound.REFUSED);
        Door door = new Door(authenticator, ledger, clock);
        Registrar registrar = new Registrar(store, ledger, Names::fresh, Names::secret, clock);
        Grantor grantor = new Grantor(store, Ceiling.none(), ledger, Names::fresh, clock);
        AuthorizationServer authority =
                new AuthorizationServer(
                        new AuthorizationServer.Setting(
                                issuer,
                                keys,
                                true,
                                Unbound.REFUSED,
                                new AcrValues(Map.of()),
                                Names::fresh,
                                Names::longSecret,
                                clock),
                        new AuthorizationServer.Checks(
                                door,
                                authenticator,
                                proofs,
                                new ClientAssertions(issuer, store, replays),
                                Optional.empty(),
                                (_, _) -> Optional.empty()),
                        new AuthorizationServer.Acts(
                                registrar,
                                Enrolment.byCodeAlone(registrar),
                                grantor,
                                new PersonGrants(
                                        new Issuers(
                                                issuer,
                                                keys,
                                                List.of(),
                                                (_, _) -> Optional.empty(),
                                                store,
                                                ledger),
                                        store,
                                        replays),
                                new AuthorizationServer.Books(store, store, store, store),
                                Set.of(),
                                ledger));
        SecureRandom dice = new SecureRandom();
        McpEdge mcp =
                new McpEdge(
                        new McpEdge.Parts(
                                door::introduce,
                                new Gate(
                                        clerk,
                                        new Judge(),
                                        ledger,
                                        upstreams,
                                        new Overseer(
                                                store.conduct(), store, List.of(), ledger, clock)),
                                clerk,
                                ledger,
                                upstreams,
                                clock,
                                () -> new CallId("call_" + Names.fresh()),
                                dice,
                                new StateSeal(Names.random(32), dice),
                                Optional.empty()),
                        issuer,
                        McpEdge.USUAL_BODY);
        Person ada = new Person(new PersonId("per_1"), "Ada");
        PeopleActs people =
                new PeopleActs(
                        ada,
                        new Steward(store, ledger, Names::fresh, Names::longSecret, clock),
                        store,
                        new Sessions(new MemorySessions(), store, Names::longSecret, clock),
                        Optional.empty());
        OperatorDesk desk =
                new OperatorDesk(
                        ada,
                        new FleetActs(ada, issuer, registrar, store, people::find),
                        new QuestionActs(
                                new QuestionActs.Asked(
                                        ada,
                                        grantor,
                                        store.questions(),
                                        store,
                                        new Presenter(
                                                store, store, new Readings(Map.of()), store, store),
                                        Optional.empty()),
                                clock),
                        grantor,
                        new OperatorDesk.Shelves(
                                store,
                                store,
                                store,
                                new RefusedCalls(_ -> List.of()),
                                upstreams.names(),
                                new Readings(Map.of()),
                                Suggestions.NONE),
                        people,
                        ledger,
                        clock);
        String word = Names.secret();
        new WebServer(
                        vertx,
                        config.origins(),
                        Map.of(
                                "/mcp", mcp,
                                "/oauth2", authority,
                                "/operator", new OperatorEdge(word, Set.of(), desk::act)))
                .listen(config.host(), config.port());
        Value text = Value.object().put("gateway", issuer).put("word", word).build();
        Files.createDirectories(data);
        Files.writeString(data.resolve("operator.json"), text.json());
    }
}
