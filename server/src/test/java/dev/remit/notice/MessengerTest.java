package dev.remit.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.remit.approval.QuestionId;
import dev.remit.call.JsonReader;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Readings;
import dev.remit.giving.Given;
import dev.remit.giving.GivingRig;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Account;
import dev.remit.identity.Origin;
import dev.remit.identity.Role;
import dev.remit.identity.Secret;
import dev.remit.mandate.Mandate;
import dev.remit.registry.asked.Presenter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions are posted elsewhere with a link; nothing that would be sent goes there. */
final class MessengerTest {
    private static final Tool SEND = Tool.of("mail.send_mail");
    private static final Secret KEY = new Secret("0123456789abcdef0123456789abcdef");

    private record Posted(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private GivingRig rig = unset();
    private HttpServer server = unset();
    private Mandate mandate = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        Account ada = rig.account("Ada", Role.PERSON);
        Value.Fields text = Value.object().put("type", "string").build();
        rig.pin(SEND, false, Value.object().put("to", text).put("body", text).build());
        mandate = Given.by(rig, ada, "files.read");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/hook",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                    posted.add(new Posted(Map.copyOf(exchange.getRequestHeaders()), body));
                    exchange.getResponseHeaders().add("Content-Type", "text/plain");
                    exchange.sendResponseHeaders(fails ? 500 : 200, 2);
                    exchange.getResponseBody().write(new byte[] {'o', 'k'});
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        rig.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Messenger messenger(SafeFetch fetch) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        return new Messenger(
                List.of(new Webhook("chat", new Secret(url), Optional.of(KEY))),
                rig.store.questions(),
                new Presenter(rig.store, rig.store, new Readings(Map.of()), rig.store, rig.store),
                fetch,
                "https://remit.example/mandates/asked/",
                rig.clock);
    }

    private SafeFetch trusting() {
        return new SafeFetch(
                vertx, Set.of(new Origin("http", "127.0.0.1", server.getAddress().getPort())));
    }

    private QuestionId asks(String body) {
        return rig.asks(
                SEND,
                mandate,
                "not-permitted",
                Value.object().put("to", "ines@office.example").put("body", body).build());
    }

    private Posted next() throws InterruptedException {
        Posted next = posted.poll(15, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next == null ? new Posted(Map.of(), "") : next;
    }

    private static String health(Messenger messenger) {
        return messenger.health().getOrDefault("chat", "");
    }

    @Test
    void aQuestionIsPostedSignedWithALinkAndNothingOfWhatWouldBeSent() throws Exception {
        try (SafeFetch fetch = trusting();
                Messenger messenger = messenger(fetch)) {
            QuestionId question = asks("the secret words <!channel> *bold*");
            Posted one = next();
            Value.Fields message =
                    JsonReader.readFields(one.body().getBytes(StandardCharsets.UTF_8));
            assertThat(message.text("text")).contains("A call waits for an answer. It sends.");
            assertThat(((Value.Fields) message.items("blocks").getFirst()).fields("text"))
                    .hasValueSatisfying(
                            text -> {
                                assertThat(text.text("type")).contains("plain_text");
                                assertThat(text.text("text").orElse("")).startsWith("It sends: ");
                            });
            assertThat(one.body())
                    .contains("https://remit.example/mandates/asked/" + question, "worker")
                    .doesNotContain("secret words", "ines@office", "mrkdwn", "keep the agenda");
            String signed = one.header("X-remit-timestamp") + "." + one.body();
            assertThat(one.header("X-remit-signature"))
                    .isEqualTo("v1=" + Messenger.signature(KEY, signed));
            assertThat(messenger.health()).containsEntry("chat", "in order");
            QuestionId second = asks("other");
            assertThat(next().body()).contains(second.text());
            assertThat(posted.poll(1, TimeUnit.SECONDS)).as("each is posted once").isNull();
        }
    }

    @Test
    void aPostThatFailsIsTriedAgainAndThenSeen() throws Exception {
        failures.set(Messenger.TRIES.size());
        try (SafeFetch fetch = trusting();
                Messenger messenger = messenger(fetch)) {
            asks("one");
            for (int at = 0; at < Messenger.TRIES.size(); at++) {
                next();
            }
            long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (health(messenger).equals("in order") && System.nanoTime() < until) {
                Thread.sleep(20);
            }
            assertThat(health(messenger)).contains("it answered with 500");
            asks("two");
            next();
            until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (!health(messenger).equals("in order") && System.nanoTime() < until) {
                Thread.sleep(20);
            }
            assertThat(messenger.health()).containsEntry("chat", "in order");
        }
    }

    @Test
    void anAddressOnAPrivateNetworkIsNotAskedUnlessTheOperatorSaysSo() throws Exception {
        try (SafeFetch fetch = new SafeFetch(vertx, Set.of());
                Messenger messenger = messenger(fetch)) {
            asks("one");
            long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
            while (health(messenger).equals("in order") && System.nanoTime() < until) {
                Thread.sleep(20);
            }
            assertThat(health(messenger)).contains("https").doesNotContain("127.0.0.1", "/hook");
            assertThat(posted).isEmpty();
        }
    }
}
