package dev.remit.ledger;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import dev.remit.mandate.Unanswered;
import java.time.Duration;
import java.time.Instant;

/** The event of a call that ended with a question, as names and values. */
final class AskedText {
    static final String KIND = "asked";

    private AskedText() {}

    static EventText write(Event.Asked asked) {
        Unanswered question = asked.question();
        return EventText.of(KIND)
                .with("call", asked.call().text())
                .with("mandate", asked.mandate().text())
                .with("instance", question.instance().text())
                .with("permission", question.permission())
                .with("action", question.action().hex())
                .with("round", question.round())
                .with("since", question.since().toString())
                .with("took", asked.took().toNanos() / 1_000)
                .saying("digest", Value.of(asked.replyDigest().hex()))
                .saying("reply", asked.reply());
    }

    static Event read(EventText text) {
        return new Event.Asked(
                new CallId(text.get("call")),
                new MandateId(text.get("mandate")),
                new Unanswered(
                        new InstanceId(text.get("instance")),
                        text.get("permission"),
                        Digest.ofHex(text.get("action")),
                        text.number("round"),
                        Instant.parse(text.get("since"))),
                Duration.ofNanos(text.number("took") * 1_000),
                Digest.ofHex(text.said("digest")),
                text.body().fields("reply"));
    }
}
