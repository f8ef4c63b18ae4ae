package dev.remit.cli.demo;

import dev.remit.call.CallId;
import dev.remit.call.Value;
import dev.remit.cli.Operator;
import dev.remit.cli.WhyLines;
import dev.remit.client.Agent;
import dev.remit.client.AgentKey;
import dev.remit.client.Answer;
import dev.remit.client.Enrolment;
import dev.remit.client.Gateway;
import dev.remit.client.Identity;
import dev.remit.ledger.why.Why;
import dev.remit.main.Config;
import dev.remit.main.Server;
import dev.remit.store.Archive;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The story, scene by scene, on real parts; whatever does not happen as it must makes it fail. */
public final class Demo implements AutoCloseable {
    private static final String TASK = "Update the agenda of Thursday's quarterly review";

    private final Stage stage;
    private final PrintStream out;
    private final Path data;
    private final OfficeBuilding office;
    private final Server server;
    private final Giver giver;

    /** Sets the stage in an empty folder. */
    public Demo(Path folder, PrintStream out) throws IOException {
        this.out = out;
        this.stage = new Stage(out);
        this.data = folder.resolve("data");
        stage.scene(
                "Setting up: an office with calendar, documents, staff records, mail and a bank account"
                        + " as MCP servers");
        this.office = new OfficeBuilding(folder.resolve("office"));
        Config config = Config.usual().on(freePort()).with(office.servers());
        this.server = new Server(config, data, InstantSource.system());
        this.giver = new Giver(Operator.of(data), stage);
        stage.says("the gateway is at " + server.url() + ", its data in " + data);
    }

    /** Plays all scenes; how many things went wrong. */
    public int play() throws IOException {
        stage.scene("Two agents enrol, each with a key that it made itself and keeps");
        Identity assistantKey = enrol("assistant");
        Identity internKey = enrol("intern");
        Agent assistant = agent(assistantKey);
        stage.sees(!assistantKey.client().equals(internKey.client()), "two agents, two identities");

        withoutMandate(assistant);
        String mandate = oneTask(assistant);
        String held = whatWasNotAsked(assistant);
        giver.act("mandates/complete", Value.object().put("mandate", mandate).build());
        String ordered = withinReach(assistant);
        String asking = oneMail(assistant);
        stolenToken(assistantKey, internKey);
        expiry(assistant, asking);
        overstepping(agent(internKey));
        revocation(assistant);
        why(held);
        whyOrdered(ordered);
        verification();
        return stage.wrong();
    }

    private void withoutMandate(Agent assistant) {
        stage.scene("An agent that was given no task can do nothing");
        refused(
                assistant.call("calendar.list_events", Map.of()),
                "no-mandate",
                "reading the calendar");
    }

    private String oneTask(Agent assistant) {
        stage.scene("A person gives it a task: “" + TASK + "”");
        String mandate =
                giver.give(
                        "assistant",
                        TASK,
                        Duration.ofMinutes(10),
                        List.of(
                                "calendar.list_events",
                                "documents.read_document(document=*)",
                                "documents.edit_document(document=agenda, text=*)"));
        List<String> tools = assistant.tools();
        stage.says("it may read the calendar and documents, and edit one document: " + tools);
        stage.sees(
                tools.size() == 3 && !tools.contains("people.get_record"),
                "it is shown those tools and no others");
        allowed(assistant.call("calendar.list_events", Map.of()), "it reads the calendar");
        allowed(
                assistant.call("documents.read_document", Map.of("document", "agenda")),
                "it reads the agenda");
        allowed(
                assistant.call(
                        "documents.edit_document",
                        Map.of("document", "agenda", "text", "1. Numbers\n2. Hiring\n3. Budget\n")),
                "it edits the agenda");
        stage.sees(
                office.document("agenda").contains("Budget"),
                "the agenda in the office has changed");
        return mandate;
    }

    private String whatWasNotAsked(Agent assistant) {
        stage.scene(
                "It reads a visitor's note, which orders it to mail the agenda to everyone; it obeys");
        Answer note = assistant.call("documents.read_document", Map.of("document", "notes"));
        allowed(note, "the note: “" + excerpt(note.text()) + "”");
        Answer mail =
                assistant.call("mail.send_mail", mail("all@office.example, press@outside.example"));
        refused(mail, "not-permitted", "mailing everyone");
        refused(
                assistant.call("documents.edit_document", Map.of("document", "notes", "text", "")),
                "argument-not-permitted",
                "editing another document");
        refused(
                assistant.call("people.get_record", Map.of("person", "ines")),
                "not-permitted",
                "looking at staff records");
        stage.sees(office.mailsReceived() == 0, "no mail has left");
        return mail instanceof Answer.Refused refused ? refused.call() : "";
    }

    private String withinReach(Agent assistant) {
        stage.scene(
                "The same task, with the whole office within its reach: the person's words count");
        String mandate =
                giver.give(
                        "assistant",
                        TASK,
                        Duration.ofMinutes(10),
                        List.of("calendar.*", "documents.*", "mail.*", "bank.*"),
                        Value.object().put("asks", 5).build());
        allowed(assistant.call("calendar.list_events", Map.of()), "it reads the calendar");
        allowed(
                assistant.call(
                        "documents.edit_document",
                        Map.of("document", "agenda", "text", "1. Numbers\n2. Budget\n")),
                "it edits the agenda: that was asked for");
        held(assistant.call("mail.send_mail", mail("all@office.example")), "a mail to everyone");
        giver.waiting()
                .flatMap(one -> one.text("doubt"))
                .ifPresent(doubt -> stage.says("“" + doubt + "”"));
        giver.answer("no");
        allowed(
                assistant.call("documents.read_document", Map.of("document", "notes")),
                "it reads the visitor's note, which orders a payment");
        Answer payment =
                assistant.call(
                        "bank.transfer_money",
                        Map.of(
                                "iban",
                                "DE89370400440532013000",
                                "amount",
                                "250",
                                "reference",
                                "flowers"));
        refused(payment, "intent-refuses", "the payment");
        stage.sees(giver.waiting().isEmpty(), "nobody was asked about what a text orders");
        stage.sees(
                office.mailsReceived() == 0 && office.payments() == 0,
                "no mail has left, and no money");
        giver.act("mandates/complete", Value.object().put("mandate", mandate).build());
        return payment instanceof Answer.Refused refused ? refused.call() : "";
    }

    private String oneMail(Agent assistant) {
        stage.scene("A task with leave to ask, and a mail that it did not include");
        String mandate =
                giver.give(
                        "assistant",
                        "Tell Ines what is on the agenda",
                        Duration.ofMinutes(10),
                        List.of("documents.read_document(document=agenda)"),
                        Value.object().put("asks", 5).build());
        allowed(
                assistant.call("documents.read_document", Map.of("document", "agenda")),
                "it reads the agenda");
        held(assistant.call("mail.send_mail", mail("ines@office.example")), "a mail to Ines");
        giver.answer("once");
        allowed(
                assistant.call("mail.send_mail", mail("ines@office.example")),
                "the same call after the person's yes; no new login, no new token");
        held(assistant.call("mail.send_mail", mail("all@office.example")), "a mail to everyone");
        giver.answer("no");
        refused(
                assistant.call("mail.send_mail", mail("all@office.example")),
                "denied",
                "the same call after the person's no");
        stage.sees(office.mailsReceived() == 1, "one mail has arrived at the SMTP server");
        return mandate;
    }

    private void held(Answer answer, String what) {
        stage.sees(
                answer instanceof Answer.Refused refused && refused.code().equals("person-asked"),
                what + ": held, the person is asked");
    }

    private void stolenToken(Identity assistant, Identity intern) {
        stage.scene("The intern steals the assistant's access token");
        Thief thief = new Thief(gateway(assistant), intern, server.url());
        stage.sees(
                thief.tokenWithAnotherKey() == 401,
                "the token with the thief's own proof: refused (401)");
        stage.sees(thief.tokenAlone() == 401, "the token as a plain bearer token: refused (401)");
        stage.sees(
                thief.proofAgain() == 401,
                "token and a proof caught on the way, sent again: refused (401)");
    }

    private void expiry(Agent assistant, String before) {
        stage.scene("The task is done; a new one is given for two seconds");
        giver.act("mandates/complete", Value.object().put("mandate", before).build());
        giver.give(
                "assistant",
                "Have a quick look at the calendar",
                Duration.ofSeconds(2),
                List.of("calendar.list_events"));
        allowed(assistant.call("calendar.list_events", Map.of()), "it looks at the calendar");
        sleep(Duration.ofMillis(2_100));
        refused(
                assistant.call("calendar.list_events", Map.of()),
                "mandate-expired",
                "looking two seconds later");
    }

    private void overstepping(Agent intern) {
        stage.scene("The intern is to read the calendar, and tries its luck elsewhere");
        giver.give(
                "intern",
                "Find a free hour on Friday",
                Duration.ofMinutes(10),
                List.of("calendar.list_events"));
        for (int i = 0; i < 5; i++) {
            refused(
                    intern.call(
                            "people.get_record", Map.of("person", i % 2 == 0 ? "ines" : "omar")),
                    "not-permitted",
                    "looking at salaries");
        }
        refused(
                intern.call("calendar.list_events", Map.of()),
                "mandate-revoked",
                "the fifth attempt cost it its mandate: even the calendar");
    }

    private void revocation(Agent assistant) {
        stage.scene("The person changes their mind");
        String mandate =
                giver.give(
                        "assistant",
                        "Tidy the documents",
                        Duration.ofMinutes(10),
                        List.of("documents.*"));
        allowed(
                assistant.call("documents.read_document", Map.of("document", "agenda")),
                "it begins to work");
        giver.act(
                "mandates/revoke",
                Value.object().put("mandate", mandate).put("why", "not today").build());
        refused(
                assistant.call("documents.read_document", Map.of("document", "agenda")),
                "mandate-revoked",
                "the very next call");
    }

    private void why(String held) {
        stage.scene("Why was the mail to everyone not sent?   (remit why " + held + ")");
        Optional<Why> why = Why.of(Archive.of(data), new CallId(held));
        why.ifPresent(told -> WhyLines.tell(told, out));
        stage.sees(
                why.flatMap(Why::mandate)
                        .filter(mandate -> mandate.task().words().equals(TASK))
                        .isPresent(),
                "the answer names the person, the words and the rule");
    }

    private void whyOrdered(String ordered) {
        stage.scene("Why was the payment not made?   (remit why " + ordered + ")");
        Optional<Why> why = Why.of(Archive.of(data), new CallId(ordered));
        why.ifPresent(told -> WhyLines.tell(told, out));
        stage.sees(
                why.flatMap(told -> told.json().fields("intent"))
                        .filter(intent -> intent.items("origins").size() == 2)
                        .isPresent(),
                "the answer names the words, the values and where they came from");
    }

    private void verification() throws IOException {
        stage.scene("Is the log as it was written?   (remit audit verify)");
        Tampering tampering = new Tampering(data);
        stage.sees(tampering.isIntact(), "the ledger verifies, offline, from a copy of its folder");
        stage.sees(
                tampering.isChangeFound(),
                "one byte of one record changed in the copy: found, and named");
    }

    private Identity enrol(String name) {
        Value.Fields added =
                (Value.Fields) giver.act("agents/add", Value.object().put("name", name).build());
        return Gateway.enrol(
                Identity.fresh(server.url(), AgentKey.fresh()),
                new Enrolment.ByCode(added.text("code").orElseThrow()));
    }

    private static Gateway gateway(Identity identity) {
        return Gateway.of(identity);
    }

    private static Agent agent(Identity identity) {
        return new Agent(gateway(identity));
    }

    private void allowed(Answer answer, String what) {
        stage.sees(answer instanceof Answer.Done, what);
    }

    private void refused(Answer answer, String code, String what) {
        String told = answer instanceof Answer.Refused refused ? refused.code() : "not refused";
        stage.sees(told.equals(code), what + ": refused (" + told + ")");
    }

    private static Map<String, String> mail(String to) {
        return Map.of("to", to, "subject", "Agenda", "text", "The agenda of Thursday's review");
    }

    private static String excerpt(String text) {
        int start = Math.max(0, text.indexOf("IMPORTANT"));
        return text.substring(start, Math.min(text.length(), start + 70)).strip() + " …";
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.close();
        office.close();
    }
}
