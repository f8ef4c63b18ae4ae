package dev.remit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The card says what the mandate lets through, and what is notable by its absence. */
final class CardWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final ToolBook TOOLS =
            new ToolBook() {
                @Override
                public Optional<Pin> pin(Tool tool) {
                    return pins(tool.upstream()).stream()
                            .filter(one -> one.tool().equals(tool))
                            .findFirst();
                }

                @Override
                public List<Pin> pins(String upstream) {
                    return upstream.equals("bank")
                            ? List.of(
                                    tool("list", "{}").reading(true),
                                    tool("rates", "readOnlyHint"),
                                    tool("pay", "{}"),
                                    tool("close_account", "{}"))
                            : List.of();
                }
            };

    private static Pin tool(String name, String hint) {
        Value.Fields definition =
                Value.object()
                        .put("name", name)
                        .put("annotations", Value.object().put(hint, true).build())
                        .build();
        return new Pin(new Tool("bank", name), Digest.of(), Optional.empty(), definition);
    }

    private static Card card(Set<AgentId> delegates, Limits limits, Permission... permissions) {
        Mandate mandate =
                new Mandate(
                                new MandateId("mdt_1"),
                                new Person(new PersonId("per_1"), "Ines"),
                                new AgentId("agt_1"),
                                new Task("Pay the rent"),
                                new Permissions(List.of(permissions)),
                                limits,
                                NOW,
                                new Mandate.Status.Active(),
                                1)
                        .delegatedTo(delegates);
        return new CardWriter(
                        TOOLS,
                        id -> "called " + id.text(),
                        task -> new Card.Understood("as in: " + task.words(), List.of()))
                .write(mandate, NOW);
    }

    private static Limits limits() {
        return new Limits(NOW.plus(Duration.ofHours(2)), Optional.empty(), OptionalLong.empty(), 5);
    }

    private static Permission permission(String name, String tools) {
        return new Permission(name, new Glob(tools), Map.of(), OptionalLong.empty());
    }

    @Test
    void itSaysWhatReadsWhatActsAndWhatIsNotThere() {
        Card card =
                card(
                        Set.of(),
                        limits(),
                        permission("a", "bank.list"),
                        permission("b", "bank.rates"),
                        permission("c", "bank.pay"),
                        permission("d", "post.send"));
        assertThat(card.task()).isEqualTo("Pay the rent");
        assertThat(card.giver() + " " + card.agent()).isEqualTo("Ines called agt_1");
        assertThat(card.may()).extracting(Card.Reach::upstream).containsExactly("bank", "post");
        assertThat(card.line("a").orElseThrow().kind()).isEqualTo(Card.Kind.READS);
        assertThat(card.line("b").orElseThrow().kind()).isEqualTo(Card.Kind.SAID_TO_READ);
        assertThat(card.line("c").orElseThrow().kind()).isEqualTo(Card.Kind.ACTS);
        assertThat(card.line("d").orElseThrow().kind()).isEqualTo(Card.Kind.UNKNOWN);
        assertThat(card.mayNot())
                .containsExactly("bank: close_account", "be passed on to another agent");
    }

    @Test
    void aGlobSaysWhatItMeansNowAndCountsAsTheWorstOfIt() {
        Card card = card(Set.of(new AgentId("agt_2")), limits(), permission("a", "bank.*"));
        Card.Line line = card.line("a").orElseThrow();
        assertThat(line.tools()).isEqualTo("every tool");
        assertThat(line.kind()).isEqualTo(Card.Kind.ACTS);
        assertThat(line.terms().getFirst())
                .isEqualTo("now list, rates, pay, close_account; and what comes later");
        assertThat(card.mayNot()).containsExactly("be passed on to others than called agt_2");
    }

    @Test
    void everyLimitIsSaid() {
        Limits all =
                new Limits(
                        NOW.plus(Duration.ofMinutes(90)),
                        Optional.of(Duration.ofMinutes(10)),
                        OptionalLong.of(9),
                        1,
                        OptionalLong.of(2),
                        Optional.of(new Rate(3, Duration.ofSeconds(60))),
                        List.of(
                                new Budget(
                                        "b1",
                                        new Glob("bank.*"),
                                        "amount",
                                        BigDecimal.valueOf(200))),
                        List.of(new Glob("bank.close_account")),
                        6);
        Card card = card(Set.of(), all, permission("a", "bank.pay"));
        assertThat(card.until())
                .containsExactly(
                        "until 23 November 2026, 10:30 UTC (one hour and 30 minutes)",
                        "9 calls in all",
                        "2 at a time",
                        "3 calls in any minute",
                        "at most 200 of `amount` in all (bank.*)",
                        "no longer than 10 minutes idle",
                        "until bank.close_account has succeeded",
                        "until it oversteps once");
        assertThat(card.asks())
                .isEqualTo("you, 6 times an hour at most, about calls that are not here");
        assertThat(card(Set.of(), limits()).asks()).startsWith("nobody");
    }

    @Test
    void aTimeIsRoundedAsItIsSaid() {
        Map<Long, String> said =
                Map.of(
                        59L, "59 seconds",
                        60L, "one minute",
                        3_569L, "59 minutes",
                        3_570L, "one hour",
                        3_599L, "one hour",
                        7_199L, "2 hours",
                        5_400L, "one hour and 30 minutes",
                        172_799L, "2 days",
                        180_000L, "2 days and 2 hours");
        said.forEach(
                (seconds, words) ->
                        assertThat(CardWriter.words(Duration.ofSeconds(seconds)))
                                .as(seconds + " s")
                                .isEqualTo(words));
    }
}
