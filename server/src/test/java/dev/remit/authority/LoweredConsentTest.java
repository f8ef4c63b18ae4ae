package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Asking.Way;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.people.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A yes gives what was on the card, or as much of it as the person left. */
final class LoweredConsentTest {
    static final String TWO =
            """
            [{"type":"mandate","task":"update the agenda","lives":"PT8H",
              "permissions":[{"name":"read","tool":"docs.read"},
                {"name":"edit","tool":"docs.edit","uses":3,"when":[{"after":"docs.read"}],
                 "arguments":{"path":{"path_below":"/agendas"}}}],
              "limits":{"uses":9,"asks":2,"idle":"PT10M","budgets":[{"tool":"docs.*","argument":"size","most":100}]}}]""";
    private static final String TEMPLATE =
            """
            task: Update {file}
            slots:
              file: {is: path, below: /agendas}
            permissions:
              - tool: docs.edit
                arguments: {path: {exact: {slot: file}}}
            lives: PT2H
            """;
    private static final String BY_TEMPLATE =
            "[{\"type\":\"mandate\",\"template\":\"agenda\",\"set\":{\"file\":\"/agendas/a.md\"}}]";

    private final Asking asking;
    private final PublishedClient client;
    private final Path templates;

    LoweredConsentTest(@TempDir Path data) throws IOException {
        asking = new Asking(data);
        client = asking.published;
        templates = Files.createDirectory(data.resolve("templates"));
    }

    @AfterEach
    void close() {
        asking.close();
    }

    private Map<String, String> wishing(String details) {
        Map<String, String> asked = client.usual();
        asked.put("authorization_details", details);
        return asked;
    }

    private HttpResponse<String> page(String details) {
        HttpResponse<String> page = client.page(wishing(details));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page;
    }

    private HttpResponse<String> yes(HttpResponse<String> page, Map<String, String> changed) {
        Map<String, String> said = PublishedClient.filledIn(page);
        said.put("answer", "allow");
        changed.forEach((name, value) -> said.merge(name, value, (_, now) -> now));
        said.values().removeIf(String::isEmpty);
        HttpResponse<String> left =
                asking.visitor().postForm("/oauth2/authorize", PublishedClient.form(said));
        return left.body().contains("has changed since you were shown this")
                        || Visitor.toSign(left).isEmpty()
                ? left
                : client.answer(left, "allow");
    }

    private List<Mandate> given() {
        return asking.gateway.events().stream()
                .filter(Event.MandateGiven.class::isInstance)
                .map(event -> ((Event.MandateGiven) event).mandate())
                .toList();
    }

    private static Duration life(Mandate mandate) {
        return Duration.between(mandate.givenAt(), mandate.limits().expiresAt());
    }

    @Test
    void limitsAndConditionsAreShownAndGiven() {
        HttpResponse<String> page = page(TWO);
        assertThat(page.body())
                .contains("9 calls in all", "at most 100 of `size`", "10 minutes idle")
                .contains("2 times an hour", "after docs.read has succeeded", "at most 3 times");
        assertThat(PublishedClient.back(yes(page, Map.of()))).containsKey("code");
        Mandate mandate = given().getFirst();
        assertThat(mandate.permissions().all()).hasSize(2);
        assertThat(mandate.limits().uses()).hasValue(9);
        assertThat(mandate.limits().asks()).isEqualTo(2);
        assertThat(mandate.limits().budgets()).hasSize(1);
        assertThat(life(mandate)).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void thePersonTakesAwayAndNeverAdds() {
        assertThat(PublishedClient.back(yes(page(TWO), Map.of("keep:edit", "", "lives", "PT15M"))))
                .containsKey("code");
        Mandate less = given().getFirst();
        assertThat(less.permissions().all().stream().map(Permission::name)).containsExactly("read");
        assertThat(life(less)).isEqualTo(Duration.ofMinutes(15));
        assertThat(less.limits().uses()).hasValue(9);
        for (Map<String, String> odd :
                List.of(
                        Map.of("keep:read", "", "keep:edit", ""),
                        Map.of("lives", "P30D"),
                        Map.of("lives", "-PT1H"),
                        Map.of("lives", "x"))) {
            assertThat(yes(page(TWO), odd).statusCode()).as(odd.toString()).isEqualTo(400);
        }
        Map<String, String> more = new LinkedHashMap<>();
        more.put("keep:docs.delete", "yes");
        more.put("tool:docs.delete", "yes");
        more.put("task", "delete all");
        more.put("lives", "PT24H"); // a choice of the page, but longer than asked
        yes(page(TWO), more);
        assertThat(given()).hasSize(2);
        Mandate asked = given().getLast();
        assertThat(asked.permissions().all()).hasSize(2);
        assertThat(asked.task().words()).isEqualTo("update the agenda");
        assertThat(life(asked)).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void whatIsNotAsItWasShownIsAskedAgain() throws IOException {
        HttpResponse<String> page = page(TWO);
        String other = Digest.of().base64Url();
        for (Map<String, String> seen : List.of(Map.of("seen", other), Map.of("seen", ""))) {
            HttpResponse<String> again = yes(page, seen);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).contains("has changed since you were shown this");
        }
        assertThat(given()).isEmpty();
        assertThat(PublishedClient.back(yes(page, Map.of()))).containsKey("code");
        Files.writeString(templates.resolve("agenda.yaml"), TEMPLATE);
        HttpResponse<String> first = page(BY_TEMPLATE);
        Files.writeString(
                templates.resolve("agenda.yaml"), TEMPLATE.replace("docs.edit", "docs.*"));
        HttpResponse<String> refused = yes(first, Map.of());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("`agenda` has changed meanwhile");
        assertThat(given()).hasSize(1);
        Files.writeString(templates.resolve("agenda.yaml"), TEMPLATE);
        assertThat(PublishedClient.back(yes(first, Map.of()))).containsKey("code");
        assertThat(given()).hasSize(2);
    }

    @Test
    void aClientAsksByATemplate() throws IOException {
        Files.writeString(templates.resolve("agenda.yaml"), TEMPLATE);
        HttpResponse<String> page = page(BY_TEMPLATE);
        assertThat(page.body())
                .contains("Made from the template agenda", "by a template that is kept here")
                .contains("Update &quot;/agendas/a.md&quot;");
        yes(page, Map.of());
        assertThat(given().getFirst().basis().orElseThrow()).isInstanceOf(Basis.OfTemplate.class);
        assertThat(life(given().getFirst())).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aTemplateForSomeAgentsIsForNoOther() throws IOException {
        String own = asking.gateway.lastAgent();
        Files.writeString(templates.resolve("agenda.yaml"), TEMPLATE + "agents: [" + own + "]\n");
        List<Value> books = asking.books();
        HttpResponse<String> page = client.page(wishing(BY_TEMPLATE));
        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("is not for the agent");
        assertThat(asking.books()).as("no agent is added for it").isEqualTo(books);
        Map<String, String> inbox = asking.wish(Way.BY_INBOX);
        inbox.put("authorization_details", BY_TEMPLATE);
        Asking.good(asking.ask(Way.BY_INBOX, inbox));
        HttpResponse<String> good = asking.page(new Asking.Asked(Way.BY_INBOX, "", ""));
        assertThat(yes(good, Map.of()).body()).contains("The mandate is given");
        assertThat(given()).hasSize(1);
    }

    @Test
    void whatIsNotUnderstoodIsNotAskedFor() throws IOException {
        Files.writeString(templates.resolve("agenda.yaml"), TEMPLATE);
        Files.writeString(templates.resolve("broken.yaml"), TEMPLATE + "x: y\n");
        Set<String> odd =
                Set.of(
                        TWO.replace("\"uses\":9", "\"uses\":0"),
                        TWO.replace("\"uses\":9", "\"usse\":9"),
                        TWO.replace("\"limits\"", "\"limit\""),
                        TWO.replace("\"idle\":\"PT10M\"", "\"expires\":\"2030-01-01T00:00:00Z\""),
                        TWO.replace("after", "aftr"),
                        TWO.replace("path_below", "path_blow"),
                        TWO.replace("PT8H", "P31D"),
                        TWO.replace("PT8H", "PT9223372036854775807S"),
                        TWO.replace("\"PT8H\"", "8"),
                        TWO.replace("\"task\"", "\"template\":\"agenda\",\"task\""),
                        BY_TEMPLATE.replace("/agendas/", "/etc/"),
                        BY_TEMPLATE.replace("\"file\"", "\"fiel\""),
                        BY_TEMPLATE.replace(",\"set\":{\"file\":\"/agendas/a.md\"}", ""),
                        BY_TEMPLATE.replace("agenda\"", "none\""),
                        BY_TEMPLATE.replace("agenda\"", "broken\""),
                        BY_TEMPLATE.replace("agenda\"", "../templates/agenda\""),
                        BY_TEMPLATE.replace("\"template\"", "\"limits\":{},\"template\""));
        Set<String> said = new HashSet<>();
        for (String details : odd) {
            long before = asking.strangers();
            Map<String, String> back = PublishedClient.back(client.page(wishing(details)));
            assertThat(back).as(details).containsEntry("error", "invalid_authorization_details");
            assertThat(asking.strangers() - before).as("one record").isEqualTo(1);
            said.add(back.getOrDefault("error_description", ""));
        }
        assertThat(said).as("nothing can be told from the words").hasSize(1);
        assertThat(asking.visitor().get("/.well-known/oauth-authorization-server").body())
                .contains("\"authorization_details_types_supported\":[\"mandate\"]");
        assertThat(page(TWO).body()).contains("docs");
    }
}
