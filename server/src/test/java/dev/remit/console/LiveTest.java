package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.giving.GivingRig;
import dev.remit.identity.Account;
import dev.remit.identity.Role;
import dev.remit.mandate.Mandate;
import dev.remit.people.Visitor;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SoftPasskey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream that keeps a page up to date: who gets it, how late, and how many. */
final class LiveTest {
    private static final int TABS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Tab> tabs = new ArrayList<>();
    private GivingRig rig = unset();
    private Doings doings = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        doings = new Doings(rig);
    }

    @AfterEach
    void stop() {
        tabs.forEach(Tab::close);
        rig.close();
    }

    /** An open page, as far as its stream goes. */
    private final class Tab implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Tab(Visitor who, String... headers) throws IOException {
            URI origin = URI.create(rig.origin);
            socket = new Socket(InetAddress.getLoopbackAddress(), origin.getPort());
            socket.setSoTimeout(10_000);
            String cookie = who.cookies().getOrDefault("remit-session", "none");
            String request =
                    "GET /live HTTP/1.1\r\nHost: localhost:"
                            + origin.getPort()
                            + "\r\nCookie: remit-session="
                            + cookie
                            + "\r\n"
                            + String.join("", headers)
                            + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            tabs.add(this);
        }

        /** Reads on until a line has this in it; false if the stream ends, or it takes too long. */
        boolean sees(String text) {
            Instant end = Instant.now().plus(PATIENCE);
            try {
                String line = in.readLine();
                while (line != null && !line.contains(text) && Instant.now().isBefore(end)) {
                    line = in.readLine();
                }
                return line != null && line.contains(text);
            } catch (SocketException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Visitor person(String name, Role... roles) {
        return rig.person(name, new SoftPasskey(), roles);
    }

    private Account account(String name) {
        return rig.store.accounts().stream()
                .filter(one -> one.person().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Mandate given(String name) {
        return doings.given(account(name).person(), "Read my notes");
    }

    @Test
    @AttackCase("CONSOLE-008")
    void onlyAPageOfOurOwnGetsIt() throws IOException {
        Visitor ada = person("Ada", Role.PERSON);
        assertThat(new Tab(ada, "Sec-Fetch-Site: cross-site\r\n").sees("HTTP/1.1 403")).isTrue();
        assertThat(new Tab(ada, "Sec-Fetch-Site: same-site\r\n").sees("HTTP/1.1 403")).isTrue();
        assertThat(new Tab(ada, "Origin: https://evil.example\r\n").sees("HTTP/1.1 403")).isTrue();
        assertThat(new Tab(new Visitor(rig.origin)).sees("HTTP/1.1 401")).isTrue();
        assertThat(new Tab(ada, "Authorization: Bearer x\r\n").sees("HTTP/1.1 403")).isTrue();
        assertThat(new Tab(ada, "Sec-Fetch-Site: same-origin\r\n").sees("Live.")).isTrue();
    }

    @Test
    void nobodySeesWhatIsAnothers() throws IOException {
        Visitor ada = person("Ada", Role.PERSON);
        person("Bob", Role.PERSON);
        Mandate bobs = given("Bob");
        Mandate adas = given("Ada");
        Tab tab = new Tab(ada);
        Tab all = new Tab(person("Root", Role.AUDITOR));
        assertThat(tab.sees("Live.")).isTrue();
        assertThat(all.sees("Live.")).isTrue();
        doings.refused(bobs, GivingRig.PAY, Value.Fields.EMPTY);
        assertThat(all.sees("bank.pay")).isTrue();
        doings.allowed(adas, GivingRig.READ, Value.Fields.EMPTY);
        StringBuilder said = new StringBuilder();
        String line = tab.in.readLine();
        while (!line.contains("files.read")) {
            said.append(line);
            line = tab.in.readLine();
        }
        assertThat(said.append(line)).doesNotContain("bank.pay");
    }

    @Test
    void itEndsWithTheSession() throws IOException {
        Visitor ada = person("Ada", Role.PERSON);
        Mandate mandate = given("Ada");
        Tab tab = new Tab(ada);
        assertThat(tab.sees("Live.")).isTrue();
        ada.postForm("/sign-out", "form=" + ada.form());
        rig.wait(Duration.ofSeconds(2));
        doings.allowed(mandate, GivingRig.READ, Value.Fields.EMPTY);
        assertThat(tab.sees("event: over")).isTrue();
    }

    @Test
    void anOpenPageKeepsNobodySignedIn() throws IOException {
        Visitor ada = person("Ada", Role.PERSON);
        Mandate mandate = given("Ada");
        Tab tab = new Tab(ada);
        assertThat(tab.sees("Live.")).isTrue();
        rig.wait(Duration.ofMinutes(20));
        doings.allowed(mandate, GivingRig.READ, Value.Fields.EMPTY);
        assertThat(tab.sees("files.read")).isTrue();
        rig.wait(Duration.ofMinutes(11));
        doings.allowed(mandate, GivingRig.READ, Value.Fields.EMPTY);
        assertThat(tab.sees("event: over")).isTrue();
    }

    @Test
    void itIsLessThanATenthOfASecondBehind() throws IOException {
        Visitor ada = person("Ada", Role.PERSON);
        Mandate mandate = given("Ada");
        Tab tab = new Tab(ada);
        assertThat(tab.sees("Live.")).isTrue();
        List<Duration> late = new ArrayList<>();
        for (int i = 0; i < 41; i++) {
            String call = doings.allowed(mandate, GivingRig.READ, Value.Fields.EMPTY).text();
            long written = System.nanoTime();
            assertThat(tab.sees(call + "\"")).isTrue();
            late.add(Duration.ofNanos(System.nanoTime() - written));
        }
        Collections.sort(late);
        System.out.println(
                "behind the ledger, the median and the longest: "
                        + late.get(20)
                        + " "
                        + late.getLast());
        assertThat(late.get(20)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void twoHundredPagesCostNoMoreForWhatTheyMiss() throws Exception {
        List<Visitor> people = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            people.add(person("P" + i, Role.AUDITOR));
        }
        person("Ada", Role.PERSON);
        Mandate mandate = given("Ada");
        List<Tab> reading = new ArrayList<>();
        for (int i = 0; i < TABS; i++) {
            Tab tab = new Tab(people.get(i % people.size()));
            if (i % 10 != 0) {
                reading.add(tab); // the others never read on
            }
        }
        for (Tab tab : reading) {
            assertThat(tab.sees("Live.")).isTrue();
        }
        long before = used();
        String last = "";
        for (int i = 0; i < 3_000; i++) {
            last = doings.refused(mandate, GivingRig.READ, Value.Fields.EMPTY).text();
        }
        for (Tab tab : reading) {
            assertThat(tab.sees(last + "\"")).as("the last call, or the present state").isTrue();
        }
        long more = (used() - before) >> 20;
        System.out.println("200 pages and 3000 calls: " + more + " MiB more");
        assertThat(more).isLessThan(64);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void onePersonHasABoundedNumber() throws IOException {
        Visitor ada = person("Ada", Role.PERSON);
        for (int i = 0; i < LiveDesk.MOST_OF_ONE; i++) {
            assertThat(new Tab(ada).sees("Live.")).isTrue();
        }
        assertThat(new Tab(ada).sees("HTTP/1.1 503")).isTrue();
        assertThat(new Tab(person("Bob", Role.PERSON)).sees("Live.")).isTrue();
    }
}
