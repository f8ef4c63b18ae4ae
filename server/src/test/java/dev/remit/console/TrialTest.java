package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.giving.Given;
import dev.remit.giving.GivingRig;
import dev.remit.identity.Account;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls are tried and replayed on the page of the rules, and nothing comes of it. */
final class TrialTest {
    private static final String FORBIDS =
            "@id(\"none\") forbid(principal, action, resource == Upstream::\"files\");";

    private GivingRig rig = unset();
    private Visitor auditor = unset();
    private Mandate mandate = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        Value.Fields text = Value.object().put("type", "string").build();
        rig.pin(GivingRig.READ, true, Value.object().put("path", text).build());
        Account ada = rig.account("Ada", Role.PERSON);
        mandate = Given.by(rig, ada, "files.read");
        auditor = rig.person("Aud", new SoftPasskey(), Role.AUDITOR);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static HttpResponse<String> post(Visitor who, String path, Map<String, String> typed) {
        String form =
                typed.entrySet().stream()
                        .map(
                                one ->
                                        one.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return who.postForm(path, form + "&form=" + who.form());
    }

    private String tried(String tool, String arguments) {
        return post(
                        auditor,
                        "/rules/try",
                        Map.of("agent", "worker", "tool", tool, "arguments", arguments))
                .body();
    }

    @Test
    void aCallIsTriedByTheVeryJudgeAndNothingComesOfIt() {
        int before = rig.events().size();
        assertThat(tried("files.read", "{\"path\": \"/a<b>\"}"))
                .contains("allowed", "the permission one", "keep the agenda", "Nothing was sent")
                .contains("/a&lt;b&gt;")
                .doesNotContain("/a<b>");
        assertThat(tried("files.write", "{}")).contains("a person is asked", "not-permitted");
        rig.grantor.revoke(mandate.id(), "enough", mandate.giver());
        assertThat(tried("files.read", "")).contains("refused", "<code>mandate-revoked</code>");
        assertThat(rig.store.questions().lately(10)).isEmpty();
        assertThat(rig.events().subList(before, rig.events().size()))
                .singleElement()
                .isInstanceOf(Event.MandateChanged.class);
    }

    @Test
    void whatCannotBeReadIsSaidAndKeptInTheForm() {
        HttpResponse<String> bad =
                post(
                        auditor,
                        "/rules/try",
                        Map.of("agent", "worker", "tool", "files.read", "arguments", "{\"a\": 1"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("no JSON object", "{&quot;a&quot;: 1");
        assertThat(post(auditor, "/rules/try", Map.of("agent", "nobody")).body())
                .contains("there is no agent of this name");
        assertThat(tried("files", "{}")).contains("upstream.tool");
    }

    @Test
    void recordedCallsAreReplayedUnderWhatIsPasted() {
        rig.decided(
                GivingRig.READ,
                Value.object().put("path", "/a").build(),
                new Event.Ruling.Allowed("one", Map.of()),
                Optional.of(mandate));
        Map<String, String> instead = Map.of("days", "30", "which", "instead", "text", FORBIDS);
        assertThat(post(auditor, "/rules/replay", instead).body())
                .contains(
                        "1 call of the last 30 days: 1 would come to something else",
                        "files.read",
                        ">allowed<",
                        ">refused<",
                        ">none<");
        assertThat(post(auditor, "/rules/replay", Map.of("days", "30", "which", "")).body())
                .contains("none would come to something else");
        HttpResponse<String> unread =
                post(auditor, "/rules/replay", Map.of("days", "1", "which", "beside", "text", "x"));
        assertThat(unread.statusCode()).isEqualTo(400);
        assertThat(unread.body()).contains("pasted: line 1");
        assertThat(post(auditor, "/rules/replay", Map.of("days", "0")).body())
                .contains("a number from 1 to 366");
    }

    @Test
    void nobodyElseTries() {
        Visitor person = rig.person("Bob", new SoftPasskey(), Role.PERSON, Role.APPROVER);
        for (String path : new String[] {"/rules/try", "/rules/replay"}) {
            assertThat(post(person, path, Map.of("agent", "worker")).statusCode()).isEqualTo(403);
        }
    }
}
