package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeProgram;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.MandateTrail;
import dev.remit.main.Config;
import dev.remit.people.Visitor;
import dev.remit.store.Archive;
import dev.remit.store.Verification;
import dev.remit.testkit.Ports;
import dev.remit.testkit.SoftPasskey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole gateway: given on its page by a passkey, verified from its folder, there after a start.
 */
final class SignedOnRecordTest {
    private static final Pattern TO_SIGN = Pattern.compile("data-request=\"([^\"]+)\"");

    @TempDir Path data = Path.of("");

    @Test
    void whatWasGivenOnThePageIsVerifiedFromTheFolder() throws Exception {
        Config config = Config.usual().on(Ports.free()).with(List.of(FakeProgram.settings("fake")));
        MandateId id;
        try (KnockedGateway gateway = new KnockedGateway(data, config)) {
            gateway.code("worker");
            awaitTools(gateway);
            Visitor visitor = new Visitor(gateway);
            SoftPasskey passkey = new SoftPasskey();
            String link = gateway.server().firstSignIn().orElseThrow().toString();
            assertThat(visitor.welcome(link, passkey).statusCode()).isEqualTo(200);
            assertThat(visitor.get("/mandates").body()).contains("Nothing.");
            id = give(visitor, passkey);
            assertThat(visitor.get("/mandates").body()).contains("/mandates/" + id, "active");
            assertThat(gateway.events())
                    .anyMatch(
                            event ->
                                    event instanceof Event.MandateGiven(var mandate, var signed)
                                            && mandate.id().equals(id)
                                            && signed.isPresent());
        }
        assertThat(Verification.of(data, Optional.empty()).isSound()).isTrue();
        MandateTrail trail = new MandateTrail(id, config.peoplesOrigin());
        Archive.of(data.resolve("ledger"))
                .read(
                        0,
                        entry -> {
                            trail.observe(entry);
                            return true;
                        });
        assertThat(trail.given().orElseThrow().approval())
                .isInstanceOf(MandateTrail.Approval.Signed.class);
        try (KnockedGateway again = new KnockedGateway(data, config)) {
            assertThat(again.operatorList("mandates/list")).hasSize(1);
        }
    }

    private static void awaitTools(KnockedGateway gateway) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (gateway.operatorList("tools/list").isEmpty()) {
            assertThat(Instant.now()).as("the upstream's tools").isBefore(end);
            Thread.sleep(100);
        }
    }

    private static MandateId give(Visitor visitor, SoftPasskey passkey) {
        String word = visitor.form();
        HttpResponse<String> card =
                visitor.postForm(
                        "/mandates/new",
                        "agent=worker&task=Echo+it&lives=PT1H&tool%3Afake.echo=yes&form=" + word);
        Matcher request = TO_SIGN.matcher(card.body());
        assertThat(request.find()).as(card.body()).isTrue();
        Value.Fields named = Value.object().put("request", request.group(1)).build();
        HttpResponse<String> asked =
                visitor.postJson("/mandates/challenge", named, "X-Remit-Form", word);
        HttpResponse<String> done =
                visitor.postJson(
                        "/mandates/passkey",
                        named.with(
                                "credential",
                                passkey.shown(Visitor.options(asked), visitor.honest())),
                        "X-Remit-Form",
                        word);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        String to = Visitor.json(done).text("to").orElseThrow();
        return new MandateId(to.substring("/mandates/".length()));
    }
}
