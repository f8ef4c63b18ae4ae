package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.CallId;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers wrote becomes one record that says just that, or none; never two. */
final class HostileRecordsTest {
    private static final List<String> TEXTS =
            List.of(
                    "plain",
                    "a\r\nb",
                    "\n\n— remit.test/log AAAA\n",
                    "\",\"ruling\":\"allowed\",\"x\":\"",
                    "{\"call\":\"call_other\"}",
                    "\u001b[2J\u001b[1;1Hallowed",
                    "line\u2028two\u2029three",
                    "\u0000\u0007\u007f\u009b",
                    "\u202egnp.exe",
                    "remit/entry/v1\u0000",
                    "2026-11-24T00:00:00Z INFO allowed",
                    "é \ud83d\ude00 \ufffd");

    @TempDir Path data;

    @Test
    @AttackCase("AUDIT-003")
    void eachTextIsOneRecordAndIsReadBackAsItWas() {
        List<Event> written = new ArrayList<>();
        try (EmbeddedStore store = TestStores.open(data)) {
            Sample sample = new Sample(store);
            Mandate mandate = sample.ready("a");
            for (String text : TEXTS) {
                long before = store.size();
                Event named =
                        new Event.AgentAdded(
                                new Agent(
                                        new AgentId("agt_x" + before),
                                        "n" + before + text,
                                        Instant.EPOCH,
                                        new Agent.Standing.Good()),
                                "per_1");
                Event refused = decided(sample.refused(mandate, 1, "x" + before), text);
                for (Event event : List.of(named, refused)) {
                    sample.append(event);
                    written.add(event);
                }
                assertThat(store.size()).as(text).isEqualTo(before + 2);
            }
        }
        List<Event> read = new ArrayList<>();
        Archive.of(data)
                .read(
                        0,
                        entry -> {
                            read.add(entry.event());
                            return true;
                        });
        assertThat(read).containsAll(written);
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
        SecondVerifier.assumeThere();
        assertThat(SecondVerifier.of(List.of(), data.resolve("ledger"))).startsWith("sound");
    }

    private static Event.Decided decided(Event.Decided like, String text) {
        return new Event.Decided(
                like.call(),
                like.instance(),
                like.agent(),
                like.behind(),
                like.binding(),
                like.mandate(),
                like.tool(),
                like.toolDefinition(),
                new Event.Ruling.Refused("no", text, 1, 1, 0),
                Value.object().put(text, text).build(),
                List.of(),
                Optional.empty());
    }

    @Test
    @AttackCase("AUDIT-004")
    void whatIsTooLargeIsRefusedAndHoldsNobodyUp() {
        try (EmbeddedStore store = TestStores.open(data)) {
            Sample sample = new Sample(store);
            Mandate mandate = sample.ready("a");
            long before = store.size();
            Event.Decided large = decided(sample.refused(mandate, 1, "large"), "x".repeat(5 << 20));
            assertThatThrownBy(() -> sample.append(large))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("larger than the ledger takes");
            sample.append(decided(sample.refused(mandate, 1, "fits"), "x".repeat(1 << 20)));
            assertThat(store.size()).isEqualTo(before + 1);
            assertThat(store.entries(new CallId("call_fits"))).hasSize(1);
            assertThat(store.entries(new CallId("call_large"))).isEmpty();
        }
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
    }

    @Test
    @AttackCase("AUDIT-012")
    void theSameJsonHoweverItIsWrittenIsOneLeaf() throws MalformedJson {
        List<String> same =
                List.of(
                        "{\"a\":1,\"b\":[0.1,\"é\"],\"c\":{\"x\":100,\"y\":true}}",
                        "{\"c\":{\"y\":true,\"x\":1e2},\"b\":[1.0e-1,\"\\u00e9\"],\"a\":1.0}",
                        " {\"b\" : [ 0.10 , \"\\u00E9\" ] ,\"a\":10e-1,\"c\":{\"x\":100.00,\"y\":true}}");
        Sample sample = new Sample(new MemoryStore());
        Mandate mandate = sample.mandate("a", "a");
        List<byte[]> leaves = new ArrayList<>();
        for (String json : same) {
            leaves.add(leaf(sample.refused(mandate, 1, "one"), json));
        }
        assertThat(leaves).allSatisfy(leaf -> assertThat(leaf).isEqualTo(leaves.getFirst()));
        String other =
                same.getFirst().replace("é", "e\u0301"); // not the same text, though it looks so
        assertThat(leaf(sample.refused(mandate, 1, "one"), other)).isNotEqualTo(leaves.getFirst());
    }

    private static byte[] leaf(Event.Decided like, String json) throws MalformedJson {
        Value.Fields arguments = JsonReader.readFields(json.getBytes(StandardCharsets.UTF_8));
        Event.Decided event =
                new Event.Decided(
                        like.call(),
                        like.instance(),
                        like.agent(),
                        like.behind(),
                        like.binding(),
                        like.mandate(),
                        like.tool(),
                        like.toolDefinition(),
                        like.ruling(),
                        arguments,
                        List.of(),
                        Optional.empty());
        return new Draft(Sample.START, event, new byte[16]).leaf();
    }

    @Test
    @AttackCase("AUDIT-016")
    void aClockThatMovesChangesNoOrder() {
        List<Instant> times =
                List.of(
                        Sample.START,
                        Sample.START.minusSeconds(3_600),
                        Sample.START.plusSeconds(7_200),
                        Sample.START.plusSeconds(1),
                        Instant.EPOCH);
        try (EmbeddedStore store = TestStores.open(data)) {
            for (Instant time : times) {
                store.append(
                        new Draft(
                                time, new Event.StrangerRefused("d", "/" + time, 0), new byte[16]));
            }
        }
        List<Entry> read = new ArrayList<>();
        Archive.of(data).read(1, read::add);
        assertThat(read.stream().map(Entry::at).toList()).isEqualTo(times);
        assertThat(read.stream().map(Entry::index).toList()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(Verification.of(data, Optional.empty()).findings()).isEmpty();
    }
}
