package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.Account;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a call would change is shown beside what was read of it for the same task. */
final class ChangeShownTest {
    private static final Tool READ = Tool.of("files.read_file");
    private static final Tool WRITE = Tool.of("files.update_file");
    private static final Value.Fields TEXT = Value.object().put("type", "string").build();

    @Test
    void whatIsAskedIsShownAsADifferenceFromWhatWasRead() throws Exception {
        try (GivingRig rig = new GivingRig()) {
            SoftPasskey passkey = new SoftPasskey();
            Account ada = rig.account("Ada", Role.PERSON);
            Visitor visitor = new Visitor(rig.origin);
            visitor.welcome(rig.link(ada), passkey);
            Mandate mandate = Given.by(rig, ada, READ.toString());
            rig.pin(READ, true, Value.object().put("path", TEXT).build());
            rig.pin(WRITE, false, Value.object().put("path", TEXT).put("content", TEXT).build());
            Value.Fields note = Value.object().put("path", "/agenda.md").build();
            CallId read =
                    rig.decided(
                            READ,
                            note,
                            new Event.Ruling.Allowed("one", Map.of()),
                            Optional.of(mandate));
            rig.write(
                    new Event.Concluded(
                            read,
                            Event.End.ANSWERED,
                            Duration.ofMillis(1),
                            Digest.of(),
                            Optional.of(text("welcome\n<b>two\u202e</b>\nend")),
                            ""));
            rig.asks(
                    WRITE,
                    mandate,
                    "not-permitted",
                    note.with("content", Value.of("welcome\n2\nend")));
            assertThat(visitor.get("/approvals").body())
                    .contains(
                            "Against what <code>files.read_file</code> answered at",
                            "<del>− &lt;b&gt;two\\u{202e}&lt;/b&gt;</del>",
                            "<ins>+ 2</ins>")
                    .doesNotContain("<b>two", "\u202e");
        }
    }

    private static Value.Fields text(String said) {
        Value part = Value.object().put("type", "text").put("text", said).build();
        return Value.object().put("content", new Value.Items(List.of(part))).build();
    }
}
