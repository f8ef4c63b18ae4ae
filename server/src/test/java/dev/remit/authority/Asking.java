package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway, a person, and clients that ask the person in every way there is. */
final class Asking implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("/requests\\?request=([^\"&]+)");

    private volatile Duration ahead = Duration.ZERO;
    final InstantSource clock = () -> Instant.now().plus(ahead);
    final KnockedGateway gateway;
    final PublishedClient published;
    final EnrolledClient enrolled;
    final String person;

    Asking(Path data) throws IOException {
        this(data, new SoftPasskey());
    }

    /**
     * @param passkey of the person
     */
    Asking(Path data, SoftPasskey passkey) throws IOException {
        ConsentRig rig = ConsentRig.open(data, clock, config -> config, passkey);
        gateway = rig.gateway();
        published = rig.client();
        enrolled = new EnrolledClient(gateway, "worker", clock);
        person =
                ((Value.Fields) gateway.operatorList("people/list").getFirst())
                        .text("person")
                        .orElseThrow();
    }

    /** A way to ask, and who asks in that way. */
    enum Way {
        BY_REDIRECT,
        BY_CODE,
        BY_CODE_ENROLLED,
        BY_INBOX;

        boolean isEnrolled() {
            return this == BY_CODE_ENROLLED || this == BY_INBOX;
        }
    }

    /** What a client got for asking, and where its person finds the request. */
    record Asked(Way way, String word, String userCode) {}

    void wait(Duration time) {
        ahead = ahead.plus(time);
    }

    Visitor visitor() {
        return published.visitor();
    }

    long strangers() {
        return gateway.events().stream().filter(Event.StrangerRefused.class::isInstance).count();
    }

    /** What a client says besides who it is. */
    Map<String, String> wish(Way way) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("resource", gateway.issuer() + "/mcp");
        asked.put("authorization_details", PublishedClient.WISH);
        if (way == Way.BY_INBOX) {
            asked.put("login_hint", person);
            asked.put("binding_message", "Order 66");
        }
        return asked;
    }

    Asked ask(Way way) {
        if (way == Way.BY_REDIRECT) {
            return new Asked(way, "", "");
        }
        Value.Fields said = KnockedGateway.json(good(ask(way, wish(way))));
        return way == Way.BY_INBOX
                ? new Asked(
                        way,
                        said.text("auth_req_id").orElseThrow(),
                        said.text("binding_code").orElseThrow())
                : new Asked(
                        way,
                        said.text("device_code").orElseThrow(),
                        said.text("user_code").orElseThrow());
    }

    HttpResponse<String> ask(Way way, Map<String, String> asked) {
        return switch (way) {
            case BY_REDIRECT -> throw new IllegalArgumentException("goes with the browser");
            case BY_CODE -> {
                Map<String, String> all = new LinkedHashMap<>(asked);
                all.put("client_id", published.id());
                yield published.post(
                        "/oauth2/device_authorization", all, Optional.of(published.key));
            }
            case BY_CODE_ENROLLED -> enrolled.post("/oauth2/device_authorization", asked);
            case BY_INBOX -> enrolled.post("/oauth2/bc-authorize", asked);
        };
    }

    static HttpResponse<String> good(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** The page on which the person answers. */
    HttpResponse<String> page(Asked asked) {
        return switch (asked.way()) {
            case BY_REDIRECT -> published.page(published.usual());
            case BY_CODE, BY_CODE_ENROLLED -> type(visitor(), asked.userCode());
            case BY_INBOX -> {
                Matcher found = REQUEST.matcher(visitor().get("/requests").body());
                assertThat(found.find()).isTrue();
                yield visitor().get("/requests?request=" + found.group(1));
            }
        };
    }

    static HttpResponse<String> type(Visitor visitor, String code) {
        return visitor.postForm(
                "/device", PublishedClient.form(Map.of("form", visitor.form(), "user_code", code)));
    }

    /** Has the person say yes; returns the word to fetch the tokens with. */
    String allow(Asked asked) {
        HttpResponse<String> answer = published.answer(page(asked), "allow");
        if (asked.way() == Way.BY_REDIRECT) {
            return PublishedClient.back(answer).getOrDefault("code", "");
        }
        assertThat(good(answer).body()).contains("The mandate is given");
        return asked.word();
    }

    Map<String, String> grant(Way way, String word) {
        Map<String, String> asked = new LinkedHashMap<>();
        switch (way) {
            case BY_REDIRECT -> asked.putAll(published.byCode(word));
            case BY_CODE -> {
                asked.put("client_id", published.id());
                asked.put("grant_type", ElsewhereDesk.DEVICE);
                asked.put("device_code", word);
            }
            case BY_CODE_ENROLLED -> {
                asked.put("grant_type", ElsewhereDesk.DEVICE);
                asked.put("device_code", word);
            }
            case BY_INBOX -> {
                asked.put("grant_type", ElsewhereDesk.CIBA);
                asked.put("auth_req_id", word);
            }
        }
        return asked;
    }

    /** Asks for the tokens, with the client's own key. */
    HttpResponse<String> fetch(Way way, String word) {
        return way.isEnrolled()
                ? enrolled.post("/oauth2/token", grant(way, word))
                : published.token(grant(way, word));
    }

    HttpResponse<String> fetch(Way way, String word, DpopSigner prover) {
        return way.isEnrolled()
                ? enrolled.post("/oauth2/token", grant(way, word), prover)
                : published.post("/oauth2/token", grant(way, word), Optional.of(prover));
    }

    HttpResponse<String> use(Way way, Value.Fields tokens) {
        return way.isEnrolled() ? enrolled.use(tokens) : published.use(tokens);
    }

    /** What the operator sees of the books. */
    List<Value> books() {
        return List.of(
                new Value.Items(gateway.operatorList("agents/list")),
                new Value.Items(gateway.operatorList("mandates/list")));
    }

    static void assertError(HttpResponse<String> answer, String error) {
        assertThat(KnockedGateway.json(answer).text("error")).as(answer.body()).contains(error);
        assertThat(answer.statusCode()).isIn(400, 401, 429);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Override
    public void close() {
        new ConsentRig(gateway, published).close();
    }
}
