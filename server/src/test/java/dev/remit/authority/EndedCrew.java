package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.PersonId;
import dev.remit.main.Config;
import dev.remit.main.Names;
import dev.remit.passport.AssertionIssuer;
import dev.remit.passport.KeySource;
import dev.remit.passport.SegmentPattern;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Members of every origin, in one gateway: by an operator's code, by a passport, by what an issuer
 * says; and a provider that says of a person that they use a client.
 */
final class EndedCrew implements AutoCloseable {
    private final Path data;
    private final Config plain;
    private final DpopSigner workersKey = new DpopSigner(Forgeries.ed25519());
    final OutsideIssuer issuer = new OutsideIssuer();
    final OutsideIssuer other = new OutsideIssuer();
    private final OutsideIssuer provider = new OutsideIssuer();
    final String person;
    private Siege siege;
    private Crew crew;
    private int members;

    EndedCrew(Path data) throws IOException {
        this.data = data;
        this.plain =
                Config.usual()
                        .on(Ports.free())
                        .trusting(List.of(issuer.origin(), other.origin(), provider.origin()));
        this.siege = new Siege(data, config(true), InstantSource.system(), workersKey);
        this.person =
                ((Value.Fields) siege.gateway.operatorList("people/list").getFirst())
                        .text("person")
                        .orElseThrow();
        siege.close();
        PersonGrantTest.bind(data, new PersonId(person), provider);
        this.siege = new Siege(data, config(true), InstantSource.system(), workersKey);
        this.crew = new Crew(siege);
    }

    /** By which word somebody came. */
    enum Origin {
        CODE,
        PASSPORT,
        STATEMENT
    }

    /**
     * Somebody, and what may end that they have.
     *
     * @param word a code or passport with which they could come again
     */
    record Somebody(Origin origin, Member member, String word, String passport, KeyPair keys) {}

    private Config config(boolean withIssuer) {
        AssertionIssuer people =
                new AssertionIssuer(
                        provider.name(),
                        new KeySource.Discovered(provider.name()),
                        plain.publicUrl(),
                        new AssertionIssuer.People());
        return plain.withAssertions(
                withIssuer
                        ? List.of(terms(issuer), terms(other), people)
                        : List.of(terms(other), people));
    }

    private AssertionIssuer terms(OutsideIssuer of) {
        return new AssertionIssuer(
                of.name(),
                new KeySource.Discovered(of.name()),
                plain.publicUrl(),
                new AssertionIssuer.Workloads(
                        List.of(
                                new AssertionIssuer.Subject(
                                        new SegmentPattern("repo:org/*"), Optional.empty())),
                        Map.of(),
                        Duration.ofHours(1),
                        100));
    }

    /** Starts again without the issuer. */
    void forgetIssuer() {
        siege.close();
        siege = new Siege(data, config(false), InstantSource.system(), workersKey);
        crew = new Crew(siege);
    }

    Crew crew() {
        return crew;
    }

    Siege siege() {
        return siege;
    }

    Somebody join(Origin origin, OutsideIssuer by) {
        String name = "m" + ++members;
        KeyPair keys = Forgeries.ed25519();
        return switch (origin) {
            case CODE -> {
                Member member = crew.join(name);
                yield new Somebody(origin, member, code(member.agent()), "", keys);
            }
            case PASSPORT -> byPassport(name, keys);
            case STATEMENT -> {
                DpopSigner key = new DpopSigner(keys);
                String subject = "repo:org/" + name;
                assertThat(ask(key, statement(by, subject)).statusCode()).isEqualTo(200);
                yield new Somebody(origin, known(key), subject, "", keys);
            }
        };
    }

    private Somebody byPassport(String name, KeyPair keys) {
        siege.gateway.code(name);
        String agent = siege.gateway.lastAgent();
        DpopSigner key = new DpopSigner(keys);
        Value.Fields issued =
                siege.gateway.operator(
                        "passports/issue",
                        Value.object()
                                .put("agent", agent)
                                .put("key", key.publicKey().members())
                                .build());
        String text = issued.text("text").orElseThrow();
        String passport = issued.text("passport").orElseThrow();
        String client = siege.gateway.enrol(key, shown(keys, text)).text("client_id").orElseThrow();
        return new Somebody(Origin.PASSPORT, new Member(agent, client, key), text, passport, keys);
    }

    private String shown(KeyPair keys, String passport) {
        return new DpopSigner(keys)
                .presentation(passport, siege.gateway.issuer(), Names.secret(), Instant.now());
    }

    private Member known(DpopSigner key) {
        Value.Fields said =
                siege.gateway.operator(
                        "instances/list",
                        Value.object()
                                .put("key", key.publicKey().thumbprint().base64Url())
                                .build());
        Value.Fields instance = (Value.Fields) said.items("instances").getFirst();
        return new Member(
                instance.text("agent").orElseThrow(), instance.text("instance").orElseThrow(), key);
    }

    private String code(String agent) {
        return siege.gateway
                .operator("agents/code", Value.object().put("agent", agent).build())
                .text("code")
                .orElseThrow();
    }

    /** Comes, or comes again, by the word that is theirs. */
    HttpResponse<String> enrol(Somebody one, OutsideIssuer by) {
        DpopSigner key = one.member().key();
        return switch (one.origin()) {
            case CODE -> siege.gateway.register(key, one.word(), key);
            case PASSPORT -> siege.gateway.register(key, shown(one.keys(), one.word()), key);
            case STATEMENT -> siege.gateway.register(key, statement(by, one.word()), key);
        };
    }

    /** A token for what the issuer says of a workload. */
    HttpResponse<String> ask(Somebody one, OutsideIssuer by) {
        return ask(one.member().key(), statement(by, one.word()));
    }

    private HttpResponse<String> ask(DpopSigner key, String statement) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", JwtBearer.GRANT);
        form.put("assertion", statement);
        return siege.gateway.send(crew.request(key, PublishedClient.form(form)));
    }

    private String statement(OutsideIssuer by, String subject) {
        return by.says(by.workload(subject, siege.gateway.issuer()));
    }

    /** A token for what the provider says of a person who uses this client. */
    HttpResponse<String> forPerson(Member client) {
        long now = Instant.now().getEpochSecond();
        Value.Fields claims =
                Value.object()
                        .put("iss", provider.name())
                        .put("sub", "ada")
                        .put("aud", siege.gateway.issuer())
                        .put("client_id", client.client())
                        .put("resource", siege.gateway.issuer() + "/mcp/desk")
                        .put("jti", Names.secret())
                        .put("iat", now)
                        .put("exp", now + 300)
                        .build();
        Map<String, String> form = crew.authenticated(client);
        form.put("grant_type", JwtBearer.GRANT);
        form.put(
                "assertion",
                OutsideIssuer.signed(
                        provider.curve,
                        "ES256",
                        Value.object().put("typ", "oauth-id-jag+jwt").build(),
                        claims));
        return crew.send(client, form);
    }

    void act(String act, String name, String what) {
        Value.Fields said =
                siege.gateway.operator(
                        act, Value.object().put(name, what).put("why", "it must end").build());
        assertThat(said.get("title")).as(act).isEmpty();
    }

    @Override
    public void close() {
        siege.close();
        issuer.close();
        other.close();
        provider.close();
    }
}
