package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Page;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text is text to the database, whatever it looks like: it finds itself, and nothing else. */
final class HostileTextTest {
    private static final List<String> WORDS =
            List.of(
                    "' or '1'='1",
                    "'; drop table agents; --",
                    "\" or \"\"=\"",
                    "%",
                    "_",
                    "*",
                    "\\'",
                    "\u0000' or 1=1",
                    "\u00bf'",
                    "name desc; --",
                    "${jndi:ldap://x}",
                    "#{1+1}",
                    "\ufe57\uff05");

    private static AgentQuery by(Optional<String> prefix, Optional<String> text) {
        return new AgentQuery(
                prefix, text, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<String> names(EmbeddedStore store, AgentQuery query) {
        return store.agents(query, "", Page.LONGEST).items().stream().map(Agent::name).toList();
    }

    @Test
    @AttackCase({"CONFIG-008", "AUDIT-014"})
    void textFindsItselfAndNothingElse(@TempDir Path data) throws Exception {
        try (EmbeddedStore store = TestStores.open(data)) {
            Sample sample = new Sample(store);
            for (int i = 0; i < WORDS.size(); i++) {
                sample.append(
                        new Event.AgentAdded(
                                new Agent(
                                        new AgentId("agt_" + i),
                                        "n" + i + WORDS.get(i),
                                        Instant.EPOCH,
                                        new Agent.Standing.Good()),
                                "per_1"));
            }
            for (int i = 0; i < WORDS.size(); i++) {
                String name = "n" + i + WORDS.get(i);
                assertThat(store.agentNamed(name)).as(name).isPresent();
                assertThat(names(store, by(Optional.of(name), Optional.empty())))
                        .as(name)
                        .containsExactly(name);
                assertThat(names(store, by(Optional.empty(), Optional.of(name))))
                        .as(name)
                        .contains(name)
                        .allMatch(one -> one.contains(name));
                String word = WORDS.get(i);
                assertThat(names(store, by(Optional.empty(), Optional.of(word))))
                        .as(word)
                        .contains(name)
                        .allMatch(one -> one.contains(word));
                assertThat(store.agentNamed(word)).as(name).isEmpty();
                assertThat(names(store, by(Optional.of(word), Optional.empty()))).isEmpty();
            }
            assertThat(names(store, AgentQuery.ALL)).hasSize(WORDS.size());
        }
    }
}
