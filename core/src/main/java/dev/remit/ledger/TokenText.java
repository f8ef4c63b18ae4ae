package dev.remit.ledger;

import dev.remit.identity.Actor;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import java.time.Instant;
import java.util.Optional;

/** The events of tokens as names and values. */
final class TokenText {
    private TokenText() {}

    static EventText write(Event.TokensRevoked revoked) {
        return EventText.of("tokens-revoked")
                .with("instance", revoked.instance().text())
                .with("agent", revoked.agent().text())
                .with("before", revoked.before().toString())
                .with("by", revoked.by());
    }

    static EventText write(Event.TokenRenewed renewed) {
        return EventText.of("token-renewed")
                .with("instance", renewed.instance().text())
                .with("agent", renewed.agent().text())
                .with("number", renewed.number());
    }

    static EventText write(Event.TokenIssued issued) {
        return EventText.of("token-issued")
                .with("instance", issued.instance().text())
                .with("agent", issued.agent().text())
                .with("behind", Actor.write(issued.behind()))
                .with("mandate", issued.mandate().map(MandateId::text))
                .with("token", issued.token());
    }

    /** The event, if it is one of these. */
    static Optional<Event> read(EventText text) {
        return Optional.ofNullable(
                switch (text.kind()) {
                    case "tokens-revoked" ->
                            new Event.TokensRevoked(
                                    new InstanceId(text.get("instance")),
                                    new AgentId(text.get("agent")),
                                    Instant.parse(text.get("before")),
                                    text.get("by"));
                    case "token-renewed" ->
                            new Event.TokenRenewed(
                                    new InstanceId(text.get("instance")),
                                    new AgentId(text.get("agent")),
                                    text.number("number"));
                    case "token-issued" ->
                            new Event.TokenIssued(
                                    new InstanceId(text.get("instance")),
                                    new AgentId(text.get("agent")),
                                    Actor.read(text.maybe("behind")),
                                    text.maybe("mandate").map(MandateId::new),
                                    text.get("token"));
                    default -> null;
                });
    }
}
