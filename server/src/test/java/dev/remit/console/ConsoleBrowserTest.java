package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.remit.call.ArgumentRole;
import dev.remit.call.CallId;
import dev.remit.call.Correction;
import dev.remit.call.Digest;
import dev.remit.call.Effect;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import dev.remit.giving.GivingRig;
import dev.remit.identity.Account;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The console in a real browser, wide and light, and narrow and dark. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleBrowserTest {
    private static final Tool SEND = Tool.of("mail.send");
    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><svg/onload=alert(2)> {{7*7}} [x](javascript:alert(3))"
                    + " \u202egro.live\u200b pаypal";
    private static final IntentSaid DOUBT =
            new IntentSaid(
                    "destination-from-text",
                    IntentSaid.As.ASKED,
                    "The receiver stands only in a text that somebody else may have written.",
                    "to: “eve@evil.example”",
                    List.of(
                            new IntentSaid.Origin("to", "eve@evil.example", "in a text", "call_c1"),
                            new IntentSaid.Origin(
                                    "subject", "The agenda", "the person said it", "")));

    private Watched browser = unset();
    private GivingRig rig = unset();
    private Doings doings = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeAll
    void open() {
        browser = new Watched();
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        doings = new Doings(rig);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Value.Fields mail(String to, String text) {
        return Value.object().put("to", to).put("subject", "The agenda").put("body", text).build();
    }

    /** A tool whose definition says nothing of itself. */
    private Pin pin(Tool tool, String description, String... arguments) {
        Value.Building properties = Value.object();
        for (String one : arguments) {
            properties.put(one, Value.object().put("type", "string").build());
        }
        Value.Fields definition =
                Value.object()
                        .put("name", tool.name())
                        .put("description", description)
                        .put(
                                "inputSchema",
                                Value.object().put("properties", properties.build()).build())
                        .build();
        return new Pin(tool, Pin.digest(definition), Optional.empty(), definition);
    }

    /** A day's work under one mandate, with a question at its end. */
    private Mandate work(Account ada) {
        Tool share = Tool.of("files.share");
        rig.write(
                new Event.ToolPinned(
                        pin(Tool.of("files.search"), "Searches files", "query"), "test"));
        rig.write(
                new Event.ToolPinned(
                        pin(SEND, "Only reads; harmless", "to", "subject", "body"), "test"));
        Pin changed = pin(share, "Shares a file", "path", "with");
        rig.write(new Event.ToolPinned(changed, "test"));
        rig.write(
                new Event.ToolPinned(
                        new Pin(
                                share,
                                changed.accepted(),
                                Optional.of(Digest.of(new byte[] {7})),
                                pin(share, HOSTILE, "path", "with").definition()),
                        "listing"));
        Mandate mandate = doings.given(ada.person(), "Send the agenda of Thursday to the team");
        CallId read =
                doings.allowed(
                        mandate,
                        GivingRig.READ,
                        Value.object().put("path", "/notes/thursday.md").build());
        doings.ended(read, "the agenda " + HOSTILE);
        doings.refused(mandate, GivingRig.PAY, Value.object().put("to", HOSTILE).build());
        doings.asked(mandate, SEND, mail("eve@evil.example", "Hello " + HOSTILE), DOUBT);
        return mandate;
    }

    private Page signedIn(Account who, int width, ColorScheme scheme) {
        Page page = browser.page(width, scheme);
        Watched.signIn(page, rig.link(who));
        return page;
    }

    @Test
    @DisplayName(
            "CONSOLE-001 APPR-005 APPR-006: what others wrote is a quotation, and the risk is the"
                    + " gateway's own word")
    void everyPageWide() {
        everyPage(1100, ColorScheme.LIGHT);
    }

    @Test
    @AttackCase("CONSOLE-015")
    void everyPageOnAPhoneInTheDark() {
        everyPage(360, ColorScheme.DARK);
    }

    private void everyPage(int width, ColorScheme scheme) {
        Account ada = rig.account("Ada", Role.values());
        Mandate mandate = work(ada);
        Page page = signedIn(ada, width, scheme);
        browser.look(page, "account");
        page.navigate(rig.origin + "/");
        page.waitForSelector("text=Live.");
        assertThat(page.title()).isEqualTo("Now · Remit");
        browser.look(page, "now");
        page.click("nav >> text=Approvals");
        assertThat(page.textContent("main"))
                .contains("It sends", "cannot be taken back", "in a text", "the agent's words")
                .contains("<img src=x onerror=alert(1)>", "\\u{202e}", "p\\u{430}ypal");
        browser.look(page, "approvals");
        page.click("nav >> text=Mandates");
        browser.look(page, "mandates");
        page.click("main >> text=Send the agenda");
        browser.look(page, "mandate");
        page.click("text=What was done under it");
        assertThat(page.textContent("#flow"))
                .contains("files.read", "mail.send · to", "eve@evil.example", "→ asked");
        browser.look(page, "activity");
        page.click("nav >> text=Agents");
        browser.look(page, "agents");
        page.click("main >> text=worker");
        assertThat(page.textContent("main")).contains("ins_1", "bank.pay", "refused");
        browser.look(page, "agent");
        page.click("nav >> text=Ledger");
        page.selectOption("[name=decision]", "refused");
        page.click("button:has-text('Search')");
        assertThat(page.textContent("#lines")).contains("bank.pay").doesNotContain("files.read");
        browser.look(page, "ledger");
        page.click("#lines >> text=bank.pay");
        assertThat(page.textContent("main"))
                .contains("not-permitted", mandate.task().words(), "\\u{202e}");
        browser.look(page, "why");
        page.click("text=The record of the decision");
        browser.look(page, "entry");
        page.click("nav >> text=Tools");
        assertThat(page.textContent("main")).contains("sends", "who receives", "held");
        browser.look(page, "tools");
        page.click("nav >> text=Rules");
        browser.look(page, "rules");
        page.click("nav >> text=Settings");
        browser.look(page, "settings");
        assertThat(browser.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void whatHappensIsOnThePageAtOnce() {
        Account ada = rig.account("Ada", Role.PERSON);
        Account bob = rig.account("Bob", Role.PERSON);
        Mandate mandate = doings.given(ada.person(), "Read my notes");
        Mandate others = doings.given(bob.person(), "Read Bob's notes");
        Page page = signedIn(ada, 1100, ColorScheme.LIGHT);
        page.navigate(rig.origin + "/");
        page.waitForSelector("text=Live.");
        assertThat(page.textContent("#lately")).contains("No agent has called anything yet.");

        CallId call = doings.allowed(mandate, GivingRig.READ, Value.Fields.EMPTY);
        page.waitForSelector("#under-way >> text=files.read");
        assertThat(page.textContent("#lately")).contains("allowed", "under way");
        doings.ended(call, "a note");
        page.waitForSelector("#lately >> text=answered after 12 ms");
        page.waitForSelector("#under-way >> text=No call is under way.");
        doings.refused(others, GivingRig.PAY, Value.Fields.EMPTY);
        doings.refused(mandate, GivingRig.WRITE, Value.Fields.EMPTY);
        page.waitForSelector("#refusals >> text=files.write");
        doings.asked(mandate, SEND, mail("ann@acme.example", "Hello"), DOUBT);
        page.waitForSelector("#waiting >> text=mail.send");
        assertThat(page.textContent("main")).doesNotContain("bank.pay").contains("1waiting");
        rig.stop.pull(new StopSwitch.Stop(rig.clock.instant(), "Root", "looks odd"));
        page.waitForSelector("#stopped >> text=because: looks odd");
        assertThat(browser.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void questionsAreAnsweredWithKeys() {
        Account ada = rig.account("Ada", Role.PERSON);
        Mandate mandate = doings.given(ada.person(), "Send the agenda");
        doings.asked(mandate, GivingRig.WRITE, mail("a", "1"), DOUBT);
        doings.asked(mandate, GivingRig.WRITE, mail("b", "2"), DOUBT);
        Page page = signedIn(ada, 1100, ColorScheme.LIGHT);
        page.navigate(rig.origin + "/approvals");
        assertThat(page.textContent("main")).contains("2 calls wait");
        page.keyboard().press("n"); // nothing is chosen yet, so nothing is answered
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("k");
        page.keyboard().press("y");
        page.waitForSelector("text=One call waits");
        page.keyboard().press("j");
        page.keyboard().press("n");
        page.waitForSelector("text=Nothing waits for an answer");
        assertThat(page.textContent("main")).contains("yes, once, by you", "no, by you");
        assertThat(browser.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    @AttackCase("APPR-010")
    void ofTwoApproversTheFirstCounts() {
        Account ada = rig.account("Ada", Role.PERSON);
        Account ann = rig.account("Ann", Role.APPROVER);
        Account joe = rig.account("Joe", Role.APPROVER);
        Mandate mandate = doings.given(ada.person(), "Send the agenda");
        doings.asked(mandate, GivingRig.WRITE, mail("a", "1"), DOUBT);
        Page first = signedIn(ann, 1100, ColorScheme.LIGHT);
        Page second = signedIn(joe, 1100, ColorScheme.LIGHT);
        first.navigate(rig.origin + "/approvals");
        second.navigate(rig.origin + "/approvals");
        first.click("[data-key=n]");
        second.click("[data-key=y]");
        assertThat(second.textContent("main")).contains("Nothing was done", "is answered");
        first.navigate(rig.origin + "/approvals");
        assertThat(first.textContent("main")).contains("no, by you");
        assertThat(rig.events().stream().filter(Event.QuestionAnswered.class::isInstance).count())
                .isEqualTo(1);
        first.context().close();
        second.context().close();
    }

    @Test
    void aMandateIsWidenedAndNarrowed() {
        Account ada = rig.account("Ada", Role.PERSON);
        Mandate mandate = doings.given(ada.person(), "Read my notes");
        Page page = signedIn(ada, 1100, ColorScheme.LIGHT);
        page.navigate(rig.origin + "/mandates/" + mandate.id());
        page.click("summary:has-text('Widen it')");
        page.selectOption("[name=tool]", "files.write");
        page.fill("details [name=uses]", "3");
        page.click("text=Let it do this too");
        assertThat(page.textContent("main")).contains("version 2", "files.write", "at most 3");
        page.click("summary:has-text('Narrow it')");
        page.uncheck("[name='keep:p1']");
        page.click("text=Keep what is ticked");
        assertThat(page.textContent("main")).contains("version 3");
        assertThat(rig.store.find(mandate.id()).orElseThrow().mandate().permissions().all())
                .singleElement()
                .satisfies(one -> assertThat(one.tools().text()).isEqualTo("files.write"));
        rig.wait(Duration.ofMinutes(11));
        page.click("summary:has-text('Widen it')");
        page.fill("details [name=uses]", "3");
        page.click("text=Let it do this too");
        assertThat(page.textContent("main")).contains("show who you are once more");
        assertThat(browser.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void aToolIsReadAsTheOperatorSays() {
        Account root = rig.account("Root", Role.ADMINISTRATOR);
        work(rig.account("Ada", Role.PERSON));
        Tool search = Tool.of("files.search");
        Page page = signedIn(root, 1100, ColorScheme.LIGHT);
        page.navigate(rig.origin + "/tools");
        page.click("main >> text=search");
        page.check("[name='effect:send']");
        page.uncheck("[name='effect:read']");
        page.selectOption("[name='role:query']", "destination");
        page.click("text=Read it so");
        assertThat(page.textContent("main"))
                .contains("as was said here; its definition alone: reads");
        browser.look(page, "tool");
        assertThat(rig.store.pin(search).orElseThrow().correction())
                .isEqualTo(
                        new Correction(
                                Set.of(Effect.SEND), Map.of("query", ArgumentRole.DESTINATION)));
        page.navigate(rig.origin + "/tools");
        assertThat(page.textContent("#tools-files")).contains("sends", "corrected");
        page.click("main >> text=search");
        page.click("text=Take the corrections back");
        assertThat(rig.store.pin(search).orElseThrow().correction()).isEqualTo(Correction.NONE);
        assertThat(browser.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void noAndStop() {
        Account ada = rig.account("Ada", Role.PERSON);
        Mandate mandate = doings.given(ada.person(), "Send the agenda");
        Mandate other = doings.given(ada.person(), "Read my notes");
        doings.asked(mandate, GivingRig.WRITE, mail("a", "1"), DOUBT);
        Page page = signedIn(ada, 1100, ColorScheme.LIGHT);
        page.navigate(rig.origin + "/approvals");
        page.click("text=No, and stop the agent");
        page.waitForSelector("text=Nothing waits for an answer");
        for (Mandate one : List.of(mandate, other)) {
            assertThat(rig.store.find(one.id()).orElseThrow().state(rig.clock.instant()))
                    .isEqualTo("revoked");
        }
        page.context().close();
    }

    @Test
    void anAdministratorSuspendsAndAcceptsAndTakesItBack() {
        Account root = rig.account("Root", Role.ADMINISTRATOR);
        work(rig.account("Ada", Role.PERSON));
        Page page = signedIn(root, 1100, ColorScheme.LIGHT);
        page.navigate(rig.origin + "/agents/" + rig.agent.id());
        page.fill("[name=why]", "looks odd");
        page.click("form:has([name=why]) >> text=Suspend");
        assertThat(page.textContent("main")).contains("suspended", "because: looks odd");
        assertThat(rig.store.agent(rig.agent.id()).orElseThrow().isGood()).isFalse();
        page.click("text=Restore");
        assertThat(rig.store.agent(rig.agent.id()).orElseThrow().isGood()).isTrue();
        page.navigate(rig.origin + "/tools");
        page.click("li >> text=files.share");
        assertThat(page.textContent("main")).contains("held, as it would be", "path");
        page.click("text=Accept this definition");
        assertThat(page.textContent("main")).doesNotContain("Held:");
        assertThat(rig.store.pin(Tool.of("files.share")).orElseThrow().held()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
        page.context().close();
    }
}
