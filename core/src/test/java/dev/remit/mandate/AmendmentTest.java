package dev.remit.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Amendment.Act;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said beside a task's words is part of the mandate, and of what is signed. */
final class AmendmentTest {
    private static final Amendment SAID = new Amendment(Set.of(Act.SEND), Set.of(Act.PAY));

    private static Proposal proposal(Amendment said) {
        return Proposal.of(
                new Task("Tidy the files", said),
                new Permissions(List.of()),
                new Limits(Instant.EPOCH, Optional.empty(), OptionalLong.empty(), 5),
                Duration.ofHours(1),
                Optional.empty());
    }

    private static Value.Fields fields(String json) {
        try {
            return JsonReader.readFields(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new AssertionError(json, e);
        }
    }

    @Test
    void whatIsShownIsWhatIsGiven() {
        AgentId agent = new AgentId("agt_1");
        assertThat(proposal(SAID).digest(agent, Set.of()))
                .isNotEqualTo(proposal(Amendment.NONE).digest(agent, Set.of()))
                .isEqualTo(proposal(Amendment.NONE).amended(SAID).digest(agent, Set.of()));
    }

    @Test
    void whatIsSignedHasIt() {
        byte[] nonce = new byte[32];
        assertThat(MandateSignature.challenge(nonce, mandate(SAID)))
                .isNotEqualTo(MandateSignature.challenge(nonce, mandate(Amendment.NONE)));
        assertThat(MandateText.read(MandateText.write(mandate(SAID)))).isEqualTo(mandate(SAID));
    }

    private static Mandate mandate(Amendment said) {
        return proposal(said)
                .mandate(
                        new MandateId("mdt_1"),
                        new Person(new PersonId("per_1"), "Ada"),
                        new AgentId("agt_1"),
                        Set.of(),
                        Optional.empty(),
                        Instant.EPOCH);
    }

    @Test
    void itIsReadAsItIsWritten() {
        Value.Fields written = fields("{'amended':{'not':['send'],'also':['pay']}}");
        assertThat(Amendment.read(written)).isEqualTo(SAID);
        assertThat(SAID.write()).isEqualTo(written.get("amended"));
        assertThat(Amendment.read(Value.Fields.EMPTY)).isEqualTo(Amendment.NONE);
        assertThat(SAID.said())
                .containsExactly(
                        "not to send, as the giver said", "also to pay, as the giver said");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'amended':{}}",
                "{'amended':'send'}",
                "{'amended':null}",
                "{'amended':{'not':'send'}}",
                "{'amended':{'not':[]}}",
                "{'amended':{'not':['read']}}",
                "{'amended':{'not':['SEND']}}",
                "{'amended':{'not':['send','send']}}",
                "{'amended':{'not':[7]}}",
                "{'amended':{'not':['send'],'also':['send']}}",
                "{'amended':{'not':['send'],'only':['pay']}}",
            })
    void whatIsNotUnderstoodIsNotRead(String json) {
        Value.Fields written = fields(json);
        assertThatThrownBy(() -> Amendment.read(written))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
