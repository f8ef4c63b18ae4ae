package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.authority.Handing.Child;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mandate's name in the wrong hands, and a token that is asked for as its holder ends. */
final class OthersMandateTest {
    private static final int CALLERS = 8;

    @TempDir private Path data;

    private Siege siege = unset();
    private Crew crew = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeEach
    void start() throws IOException {
        siege = new Siege(data, new DpopSigner(Forgeries.ed25519()));
        crew = new Crew(siege);
    }

    @AfterEach
    void stop() {
        siege.close();
    }

    private Map<String, String> own(Member by, String mandate) {
        Map<String, String> form = crew.authenticated(by);
        form.put("grant_type", "client_credentials");
        form.put("mandate", mandate);
        return form;
    }

    /** What is answered, without the names that differ from answer to answer. */
    private static String said(HttpResponse<String> answer) {
        return answer.statusCode() + answer.body().replaceAll("call_[0-9A-Za-z]+", "CALL");
    }

    /**
     * Ids are in the order of time and have 74 random bits; so a guess that hits must say nothing.
     */
    @Test
    @AttackCase("GRANT-011")
    void anothersMandateIsAnsweredAsOneThatDoesNotExist() {
        Member owner = crew.join("owner");
        Member thief = crew.join("thief");
        String real = crew.mandate(owner, List.of("desk.echo"));
        String guessed = "mdt_" + Names.fresh();
        List<String> answers = new ArrayList<>();
        for (String mandate : List.of(real, guessed)) {
            String token = Crew.token(crew.send(thief, own(thief, mandate)));
            Child child = new Handing(crew, mandate).from(thief, Handing.part("p1", "desk.echo"));
            Member other = crew.another(thief);
            answers.add(
                    said(crew.call(thief, token, "echo"))
                            + said(crew.call(thief, token, "nothing"))
                            + said(new Handing(crew, mandate).send(child))
                            + said(crew.send(other, crew.exchange(other, token))));
        }
        assertThat(answers.getFirst()).isEqualTo(answers.getLast());
        assertThat(answers.getFirst()).contains("no-mandate");
        assertThat(siege.upstream.calls()).isEmpty();

        String token = Crew.token(crew.send(owner, own(owner, real)));
        assertThat(crew.calls(owner, token, "echo")).isTrue();
    }

    /** Tokens are asked for from all sides while the instance is revoked; none after that. */
    @Test
    @AttackCase("REV-006")
    void noTokenIsMadeOutAfterItsHolderHasEnded() throws Exception {
        Member member = crew.join("renewing");
        crew.mandate(member, List.of("desk.echo"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                asking.add(
                        threads.submit(
                                () -> {
                                    while (!over.get()) {
                                        Map<String, String> form = crew.authenticated(member);
                                        form.put("grant_type", "client_credentials");
                                        if (crew.send(member, form).statusCode() == 200) {
                                            served.incrementAndGet();
                                        }
                                    }
                                }));
            }
            while (served.get() < 50) {
                Thread.sleep(5);
            }
            siege.gateway.operator(
                    "instances/revoke", Value.object().put("instance", member.client()).build());
            Thread.sleep(300);
            over.set(true);
            for (Future<?> one : asking) {
                one.get();
            }
        }
        List<Event> events = siege.gateway.events();
        int revoked = 0;
        while (!(events.get(revoked) instanceof Event.InstanceRevoked)) {
            revoked++;
        }
        assertThat(events.subList(0, revoked)).anyMatch(Event.TokenIssued.class::isInstance);
        assertThat(events.subList(revoked, events.size()))
                .noneMatch(Event.TokenIssued.class::isInstance)
                .anyMatch(Event.StrangerRefused.class::isInstance);
    }
}
