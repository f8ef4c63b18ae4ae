package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Instance;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import java.time.Instant;
import java.util.Optional;

/** The events of passports as names and values. */
final class PassportText {
    private PassportText() {}

    static EventText write(Event.OfPassports event) {
        return switch (event) {
            case Event.PassportIssued(Passport passport, String by) ->
                    EventText.of("passport-issued")
                            .with("passport", passport.id().text())
                            .with("agent", passport.agent().text())
                            .with("key", passport.key().hex())
                            .with("issued", passport.issuedAt().toString())
                            .with("expires", passport.expiresAt().toString())
                            .with("by", by);
            case Event.PassportRevoked(PassportId passport, String by) ->
                    EventText.of("passport-revoked")
                            .with("passport", passport.text())
                            .with("by", by);
            case Event.AgentIntroduced(Agent agent, String issuer, String subject, long most) ->
                    EventText.of("agent-introduced")
                            .with(agent)
                            .with("issuer", issuer)
                            .with("most", most)
                            .saying("subject", Value.of(subject));
            case Event.InstanceAdmitted(Instance instance, Admission admission) ->
                    EventText.of("instance-admitted")
                            .with("instance", instance.id().text())
                            .with("agent", instance.agent().text())
                            .with("key", instance.key().map(key -> key.members().json()))
                            .with("since", instance.since().toString())
                            .with("issuer", admission.issuer())
                            .with("passport", admission.passport().map(PassportId::text))
                            .with("list", admission.list())
                            .with("index", admission.index())
                            .with("expires", admission.expiresAt().toString());
            case Event.StatusListRead(String issuer, String list, Instant until) ->
                    EventText.of("status-list-read")
                            .with("issuer", issuer)
                            .with("list", list)
                            .with("until", until.toString());
        };
    }

    /** The event, if it is one of these. */
    static Optional<Event> read(EventText text) {
        return Optional.ofNullable(
                switch (text.kind()) {
                    case "passport-issued" ->
                            new Event.PassportIssued(
                                    new Passport(
                                            new PassportId(text.get("passport")),
                                            new AgentId(text.get("agent")),
                                            Digest.ofHex(text.get("key")),
                                            Instant.parse(text.get("issued")),
                                            Instant.parse(text.get("expires")),
                                            false),
                                    text.get("by"));
                    case "passport-revoked" ->
                            new Event.PassportRevoked(
                                    new PassportId(text.get("passport")), text.get("by"));
                    case "agent-introduced" ->
                            new Event.AgentIntroduced(
                                    text.agent(),
                                    text.get("issuer"),
                                    text.said("subject"),
                                    text.number("most"));
                    case "instance-admitted" ->
                            new Event.InstanceAdmitted(text.instance(), admission(text));
                    case "status-list-read" ->
                            new Event.StatusListRead(
                                    text.get("issuer"),
                                    text.get("list"),
                                    Instant.parse(text.get("until")));
                    default -> null;
                });
    }

    private static Admission admission(EventText text) {
        return new Admission(
                text.instance().id(),
                text.get("issuer"),
                text.maybe("passport").map(PassportId::new),
                text.get("list"),
                text.number("index"),
                Instant.parse(text.get("expires")));
    }
}
