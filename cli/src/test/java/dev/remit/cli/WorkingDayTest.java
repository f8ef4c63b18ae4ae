package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.client.Agent;
import dev.remit.client.Answer;
import dev.remit.client.Enrolment;
import dev.remit.ledger.Event;
import dev.remit.store.Archive;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of fifty tasks with one agent: mandates are given, widened by answers, widened by hand,
 * ended; a server's tools come to be and the gateway is started again; and after the first minute
 * nobody signs in, enrols or is given a code. It says how often a person was asked.
 */
final class WorkingDayTest {
    private static final int TASKS = 50;
    private static final int A_SESSION = 17; // tasks between two starts of the gateway
    private static final String EVERYTHING =
            "@modelcontextprotocol/server-everything/dist/index.js";

    @TempDir private Path home;
    private final int port = Ports.free();
    private final URI gateway = URI.create("http://127.0.0.1:" + port);

    @Test
    void nobodySignsInAfterTheFirstTime() throws Exception {
        Npm.install();
        Commands remit = new Commands(home);
        Path identity = home.resolve("agent.json");
        int questions = 0;
        for (int task = 0; task < TASKS; ) {
            configure(task > 0);
            Process up = remit.start("Ctrl-C", "up", "--data", data());
            try {
                Operator operator = Operator.of(Path.of(data()));
                Agent agent = Agent.open(gateway, identity, new Enrolment.ByCode(code(operator)));
                for (int i = 0; i < A_SESSION && task < TASKS; i++) {
                    questions += work(operator, agent, task++);
                }
            } finally {
                up.destroy();
                up.waitFor();
            }
        }
        List<Event> log = log();
        assertThat(log).filteredOn(Event.InstanceEnrolled.class::isInstance).hasSize(1);
        assertThat(log).filteredOn(Event.SignedIn.class::isInstance).isEmpty();
        assertThat(log).filteredOn(Event.Opened.class::isInstance).hasSize(3);
        assertThat(log).filteredOn(Event.MandateGiven.class::isInstance).hasSize(TASKS);
        assertThat(log).filteredOn(Event.QuestionAnswered.class::isInstance).hasSize(questions);
        System.out.printf(
                "%d tasks, 1 enrolment, %d questions (%.2f a task)%n",
                TASKS, questions, questions / (double) TASKS);
    }

    /** The first code is used; later ones are not needed, and not made. */
    private static String code(Operator operator) {
        Value agents = operator.act("agents/list", Value.Fields.EMPTY);
        if (!((Value.Fields) agents).items("agents").isEmpty()) {
            return "used long ago";
        }
        Value.Fields added =
                (Value.Fields)
                        operator.act("agents/add", Value.object().put("name", "worker").build());
        return added.text("code").orElseThrow();
    }

    /** One task; how many questions it took. */
    private static int work(Operator operator, Agent agent, int task) {
        String mandate = give(operator, task);
        Map<String, Object> hello = Map.of("message", "task " + task);
        assertThat(agent.call("everything.echo", hello)).isInstanceOf(Answer.Done.class);
        int questions =
                switch (task % 5) {
                    case 0 -> approved(operator, agent, "once", 1);
                    case 1 -> approved(operator, agent, "for-task", 3);
                    case 2 -> denied(operator, agent);
                    case 3 -> {
                        widen(operator, mandate);
                        assertThat(sum(agent)).isInstanceOf(Answer.Done.class);
                        yield 0;
                    }
                    default -> 0;
                };
        if (task >= A_SESSION) {
            Answer added = agent.call("more.echo", hello);
            assertThat(added).as("a server that was added").isInstanceOf(Answer.Done.class);
        }
        operator.act("mandates/complete", Value.object().put("mandate", mandate).build());
        assertThat(agent.call("everything.echo", hello)).isInstanceOf(Answer.Refused.class);
        return questions;
    }

    private static String give(Operator operator, int task) {
        List<String> tools = new ArrayList<>(List.of("everything.echo"));
        if (task >= A_SESSION) {
            tools.add("more.echo");
        }
        Value.Fields given =
                (Value.Fields)
                        operator.act(
                                "mandates/new",
                                Value.object()
                                        .put("task", "task " + task)
                                        .put("agent", "worker")
                                        .put("permissions", Shorthand.permissions(tools))
                                        .put("lives", "PT10M")
                                        .put("limits", Value.object().put("asks", 6).build())
                                        .build());
        return given.text("id").orElseThrow();
    }

    private static Answer sum(Agent agent) {
        return agent.call("everything.get-sum", Map.of("a", 1, "b", 2));
    }

    private static int approved(Operator operator, Agent agent, String verdict, int times) {
        assertThat(sum(agent)).isInstanceOf(Answer.Refused.class);
        answer(operator, verdict);
        for (int i = 0; i < times; i++) {
            assertThat(sum(agent)).isInstanceOf(Answer.Done.class);
        }
        return 1;
    }

    private static int denied(Operator operator, Agent agent) {
        assertThat(sum(agent)).isInstanceOf(Answer.Refused.class);
        answer(operator, "no");
        assertThat(sum(agent))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("denied"));
        return 1;
    }

    private static void answer(Operator operator, String verdict) {
        Value waiting = operator.act("questions/list", Value.Fields.EMPTY);
        Value.Fields question = (Value.Fields) ((Value.Items) waiting).values().getFirst();
        operator.act(
                "questions/answer",
                Value.object()
                        .put("question", question.text("question").orElseThrow())
                        .put("verdict", verdict)
                        .build());
    }

    private static void widen(Operator operator, String mandate) {
        operator.act(
                "mandates/widen",
                Value.object()
                        .put("mandate", mandate)
                        .put(
                                "permissions",
                                Shorthand.permissions(List.of("everything.get-sum(a<=9, b<=9)")))
                        .build());
    }

    private void configure(boolean more) throws Exception {
        String server =
                "{command: " + Npm.node() + ", args: [" + Npm.file(EVERYTHING) + ", stdio]}";
        Files.writeString(
                home.resolve("remit.yaml"),
                "listen: 127.0.0.1:%d%nmcpServers:%n  everything: %s%n%s"
                        .formatted(port, server, more ? "  more: " + server + "\n" : ""));
    }

    private String data() {
        return home.resolve("data").toString();
    }

    private List<Event> log() {
        List<Event> events = new ArrayList<>();
        Archive.of(Path.of(data()))
                .read(
                        0,
                        entry -> {
                            events.add(entry.event());
                            return true;
                        });
        return events;
    }
}
