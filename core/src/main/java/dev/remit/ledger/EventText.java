package dev.remit.ledger;

import dev.remit.approval.QuestionId;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.Actor;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.mandate.MandateText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An event as names and values. Fields go into the leaf and stay for ever: ids, names of things,
 * decisions. Whatever a person or a stranger wrote goes into the body, which can be erased.
 */
record EventText(String kind, Map<String, String> fields, Value.Fields body) {

    static EventText write(Event event) {
        return switch (event) {
            case Event.Opened(String version, long size, Digest root) ->
                    of("opened")
                            .with("version", version)
                            .with("size", size)
                            .with("root", root.hex());
            case Event.AgentAdded(Agent agent, String by) ->
                    of("agent-added").with(agent).with("by", by);
            case Event.AgentChanged(Agent agent, String by) ->
                    of("agent-changed").with(agent).with("by", by);
            case Event.CodeIssued(EnrolmentCode code, String by) ->
                    of("code-issued")
                            .with("agent", code.agent().text())
                            .with("code", code.hash().hex())
                            .with("expires", code.expiresAt().toString())
                            .with("by", by);
            case Event.InstanceEnrolled(Instance instance, Digest code) ->
                    of("instance-enrolled")
                            .with("instance", instance.id().text())
                            .with("agent", instance.agent().text())
                            .with("key", instance.key().map(key -> key.members().json()))
                            .with("since", instance.since().toString())
                            .with("code", code.hex());
            case Event.InstanceRevoked(InstanceId instance, AgentId agent, String by) ->
                    of("instance-revoked")
                            .with("instance", instance.text())
                            .with("agent", agent.text())
                            .with("by", by);
            case Event.TokensRevoked revoked -> TokenText.write(revoked);
            case Event.TokenRenewed renewed -> TokenText.write(renewed);
            case Event.TokenIssued issued -> TokenText.write(issued);
            case Event.MandateGiven(Mandate mandate, Optional<MandateSignature> signed) ->
                    of("mandate-given")
                            .with(mandate)
                            .saying("signed", signed.map(MandateSignature::write));
            case Event.MandateChanged(Mandate mandate, String by) ->
                    of("mandate-changed").with(mandate).with("by", by);
            case Event.ToolPinned pinned -> ToolText.write(pinned);
            case Event.RulesTaken taken -> RuleText.write(taken);
            case Event.CredentialSet set -> CredentialText.write(set);
            case Event.CredentialRemoved removed -> CredentialText.write(removed);
            case Event.StrangerRefused(String doubt, String path, long more) ->
                    of("stranger-refused")
                            .with("doubt", doubt)
                            .with("more", more)
                            .saying("path", Value.of(path));
            case Event.CallUnreadable(
                            CallId call,
                            InstanceId instance,
                            AgentId agent,
                            String refusal,
                            String detail) ->
                    of("call-unreadable")
                            .with("call", call.text())
                            .with("instance", instance.text())
                            .with("agent", agent.text())
                            .with("refusal", refusal)
                            .saying("detail", Value.of(detail));
            case Event.Decided decided -> decided(decided);
            case Event.Concluded(
                            CallId call,
                            Event.End end,
                            Duration took,
                            Digest digest,
                            Optional<Value.Fields> reply,
                            String reason) ->
                    of("concluded")
                            .with("call", call.text())
                            .with("end", end.name().toLowerCase(Locale.ROOT))
                            .with("took", took.toNanos() / 1_000)
                            .saying("digest", Value.of(digest.hex()))
                            .saying("reply", reply)
                            .saying("reason", Value.of(reason));
            case Event.Asked asked -> AskedText.write(asked);
            case Event.QuestionAnswered answered -> QuestionText.write(answered);
            case Event.OfFleet ofFleet -> FleetText.write(ofFleet);
            case Event.OfPeople ofPeople -> PeopleText.write(ofPeople);
            case Event.OfPassports ofPassports -> PassportText.write(ofPassports);
            case Event.OfKeys ofKeys -> KeyText.write(ofKeys);
            case Event.OfConduct ofConduct -> ConductText.write(ofConduct);
        };
    }

    private static EventText decided(Event.Decided decided) {
        EventText text =
                of("decided")
                        .with("call", decided.call().text())
                        .with("instance", decided.instance().text())
                        .with("agent", decided.agent().text())
                        .with("behind", Actor.write(decided.behind()))
                        .with("binding", BindingText.write(decided.binding()))
                        .with("mandate", decided.mandate().map(under -> under.mandate().text()))
                        .with("giver", decided.mandate().map(under -> under.giver().text()))
                        .with(
                                "version",
                                decided.mandate().map(under -> Long.toString(under.version())))
                        .with("tool", decided.tool().toString())
                        .with("definition", decided.toolDefinition().map(Digest::hex))
                        .with(RuleText.LEAF, RuleText.write(decided.rules()))
                        .with(IntentText.LEAF, IntentText.leaf(decided.intent()))
                        .saying("arguments", decided.arguments())
                        .saying(RuleText.BODY, RuleText.sentences(decided.rules()))
                        .saying(IntentText.BODY, IntentText.body(decided.intent()));
        return switch (decided.ruling()) {
            case Event.Ruling.Allowed(String permission, Map<String, BigDecimal> spent) ->
                    text.with("ruling", "allowed")
                            .with("permission", permission)
                            .with("spent", SpentText.write(spent));
            case Event.Ruling.Approved(QuestionId question, Map<String, BigDecimal> spent) ->
                    text.with("ruling", "approved")
                            .with("question", question.text())
                            .with("spent", SpentText.write(spent));
            case Event.Ruling.Drawn drawn -> RuleText.write(text, drawn);
            case Event.Ruling.Asked(QuestionId question, String refusal, String detail) ->
                    text.with("ruling", "asked")
                            .with("question", question.text())
                            .with("refusal", refusal)
                            .saying("detail", Value.of(detail));
            case Event.Ruling.Continued(String permission, CallId call) ->
                    text.with("ruling", "continued")
                            .with("permission", permission)
                            .with("continues", call.text());
            case Event.Ruling.Refused refused -> RefusedText.write(text, refused);
        };
    }

    Event read() {
        return switch (kind) {
            case "opened" ->
                    new Event.Opened(get("version"), number("size"), Digest.ofHex(get("root")));
            case "agent-added" -> new Event.AgentAdded(agent(), get("by"));
            case "agent-changed" -> new Event.AgentChanged(agent(), get("by"));
            case "code-issued" ->
                    new Event.CodeIssued(
                            new EnrolmentCode(
                                    Digest.ofHex(get("code")),
                                    new AgentId(get("agent")),
                                    Instant.parse(get("expires"))),
                            get("by"));
            case "instance-enrolled" ->
                    new Event.InstanceEnrolled(instance(), Digest.ofHex(get("code")));
            case "instance-revoked" ->
                    new Event.InstanceRevoked(
                            new InstanceId(get("instance")), new AgentId(get("agent")), get("by"));
            case "mandate-given" ->
                    new Event.MandateGiven(
                            MandateText.read(body),
                            body.fields("signed").map(MandateSignature::read));
            case "mandate-changed" -> new Event.MandateChanged(MandateText.read(body), get("by"));
            case ToolText.PINNED -> ToolText.readPinned(this);
            case RuleText.TAKEN -> RuleText.readTaken(this);
            case CredentialText.SET -> CredentialText.readSet(this);
            case CredentialText.REMOVED -> CredentialText.readRemoved(this);
            case "stranger-refused" ->
                    new Event.StrangerRefused(get("doubt"), said("path"), number("more"));
            case "call-unreadable" ->
                    new Event.CallUnreadable(
                            new CallId(get("call")),
                            new InstanceId(get("instance")),
                            new AgentId(get("agent")),
                            get("refusal"),
                            said("detail"));
            case "decided" -> readDecided();
            case "concluded" ->
                    new Event.Concluded(
                            new CallId(get("call")),
                            Event.End.valueOf(get("end").toUpperCase(Locale.ROOT)),
                            Duration.ofNanos(number("took") * 1_000),
                            Digest.ofHex(said("digest")),
                            body.fields("reply"),
                            said("reason"));
            case AskedText.KIND -> AskedText.read(this);
            case QuestionText.ANSWERED -> QuestionText.read(this);
            default ->
                    PeopleText.read(this)
                            .or(() -> PassportText.read(this))
                            .or(() -> TokenText.read(this))
                            .or(() -> FleetText.read(this))
                            .or(() -> KeyText.read(this))
                            .or(() -> ConductText.read(this))
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "`"
                                                            + kind
                                                            + "` is no kind of event that this"
                                                            + " version knows"));
        };
    }

    private Event readDecided() {
        Event.Ruling ruling =
                switch (get("ruling")) {
                    case "allowed" ->
                            new Event.Ruling.Allowed(
                                    get("permission"), SpentText.read(maybe("spent")));
                    case "approved" ->
                            new Event.Ruling.Approved(
                                    new QuestionId(get("question")),
                                    SpentText.read(maybe("spent")));
                    case RuleText.DRAWN -> RuleText.readDrawn(this);
                    case "asked" ->
                            new Event.Ruling.Asked(
                                    new QuestionId(get("question")),
                                    get("refusal"),
                                    said("detail"));
                    case "continued" ->
                            new Event.Ruling.Continued(
                                    get("permission"), new CallId(get("continues")));
                    case RefusedText.RULING -> RefusedText.read(this);
                    case String other ->
                            throw new IllegalArgumentException("`" + other + "` is no ruling");
                };
        return new Event.Decided(
                new CallId(get("call")),
                new InstanceId(get("instance")),
                new AgentId(get("agent")),
                Actor.read(maybe("behind")),
                BindingText.read(maybe("binding")),
                maybe("mandate")
                        .map(
                                mandate ->
                                        new Event.Under(
                                                new MandateId(mandate),
                                                new PersonId(get("giver")),
                                                number("version"))),
                Tool.of(get("tool")),
                maybe("definition").map(Digest::ofHex),
                ruling,
                body.fields("arguments").orElseThrow(),
                RuleText.read(this),
                IntentText.read(this));
    }

    static EventText of(String kind) {
        return new EventText(kind, new LinkedHashMap<>(), Value.Fields.EMPTY);
    }

    EventText with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    EventText with(String name, long value) {
        return with(name, Long.toString(value));
    }

    EventText with(String name, Optional<String> value) {
        value.ifPresent(present -> fields.put(name, present));
        return this;
    }

    EventText saying(String name, Value value) {
        return new EventText(kind, fields, body.with(name, value));
    }

    EventText saying(String name, Optional<? extends Value> value) {
        return value.isPresent() ? saying(name, value.get()) : this;
    }

    EventText with(Agent agent) {
        return FleetText.write(
                with("agent", agent.id().text()).with("since", agent.since().toString()), agent);
    }

    Agent agent() {
        return new Agent(
                new AgentId(get("agent")),
                said("name"),
                Instant.parse(get("since")),
                FleetText.standing(this));
    }

    private EventText with(Mandate mandate) {
        with("mandate", mandate.id().text());
        with("version", mandate.version());
        with("giver", mandate.giver().id().text());
        with("agent", mandate.agent().text());
        String status =
                MandateText.write(mandate).fields("status").orElseThrow().text("is").orElseThrow();
        return new EventText(kind, fields, MandateText.write(mandate)).with("status", status);
    }

    Instance instance() {
        return Instance.enrolled(
                new InstanceId(get("instance")),
                new AgentId(get("agent")),
                maybe("key").map(EventText::key),
                Instant.parse(get("since")));
    }

    Jwk key() {
        return key(get("key"));
    }

    private static Jwk key(String members) {
        try {
            return Jwk.of(JsonReader.readFields(members.getBytes(StandardCharsets.UTF_8)))
                    .orElseThrow();
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("the key cannot be read", e);
        }
    }

    String get(String name) {
        return maybe(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("the field `" + name + "` is missing"));
    }

    Optional<String> maybe(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    long number(String name) {
        return Long.parseLong(get(name));
    }

    String said(String name) {
        return body.text(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "`" + name + "` is missing in the body"));
    }
}
