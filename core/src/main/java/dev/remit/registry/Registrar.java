package dev.remit.registry;

import dev.remit.call.Digest;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jwk;
import dev.remit.identity.Revocation;
import dev.remit.ledger.Event;
import dev.remit.ledger.InstanceRestored;
import dev.remit.ledger.InstanceSuspended;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Adds agents, enrols their keys, and ends them. */
public final class Registrar {
    /** How long an enrolment code can be used. */
    public static final Duration CODE_LIFE = Duration.ofMinutes(10);

    private final AgentBook agents;
    private final Ledger ledger;
    private final Supplier<String> names;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /**
     * @param names gives fresh unique names, letters and digits
     * @param secrets gives fresh words of at least 128 random bits
     */
    public Registrar(
            AgentBook agents,
            Ledger ledger,
            Supplier<String> names,
            Supplier<String> secrets,
            InstantSource clock) {
        this.agents = agents;
        this.ledger = ledger;
        this.names = names;
        this.secrets = secrets;
        this.clock = clock;
    }

    public Agent add(String name, String by) {
        return add(new AgentId("agt_" + names.get()), name, by);
    }

    /** Adds an agent whose id is known beforehand. */
    public Agent add(AgentId id, String name, String by) {
        if (!name.matches("[0-9A-Za-z][0-9A-Za-z ._@-]{0,63}")) {
            throw new ActRefused(
                    "an agent's name is 1 to 64 letters, digits, spaces and . _ @ -, starting with a"
                            + " letter or digit");
        }
        Agent agent = new Agent(id, name, clock.instant(), new Agent.Standing.Good());
        write(
                new Event.AgentAdded(agent, by),
                "there is already an agent called `" + name + "`; choose another name");
        return agent;
    }

    /** A new enrolment code for the agent; the code itself is nowhere else. */
    public String issueCode(AgentId agent, String by) {
        return issueCode(agent, CODE_LIFE, by);
    }

    /** A new enrolment code that can be used for so long. */
    public String issueCode(AgentId agent, Duration life, String by) {
        String code = secrets.get();
        Instant end = clock.instant().plus(life);
        write(
                new Event.CodeIssued(new EnrolmentCode(hash(code), agent, end), by),
                "there is no such agent");
        return code;
    }

    /** Enrols a key with a code, once; empty if the code is unknown, used or expired. */
    public Optional<Instance> enrol(String code, Jwk key) {
        return enrol(code, Optional.of(key));
    }

    /** The same, for a client that may have no key. */
    public Optional<Instance> enrol(String code, Optional<Jwk> key) {
        Optional<EnrolmentCode> issued =
                agents.code(hash(code))
                        .filter(known -> clock.instant().isBefore(known.expiresAt()));
        if (issued.isEmpty()) {
            return Optional.empty();
        }
        Instance instance =
                Instance.enrolled(
                        new InstanceId("ins_" + names.get()),
                        issued.get().agent(),
                        key,
                        clock.instant());
        Event enrolled = new Event.InstanceEnrolled(instance, issued.get().hash());
        return ledger.append(enrolled, clock.instant()) instanceof Receipt
                ? Optional.of(instance)
                : Optional.empty();
    }

    /** Uses up the instance's refresh token of this number; says whether it was the valid one. */
    public boolean renew(Instance instance, long number) {
        Event renewed = new Event.TokenRenewed(instance.id(), instance.agent(), number);
        return ledger.append(renewed, clock.instant()) instanceof Receipt;
    }

    /** Ends the access tokens that the instance has. */
    public void revokeTokens(Instance instance, String by) {
        Instant now = clock.instant();
        write(
                new Event.TokensRevoked(instance.id(), instance.agent(), now, by),
                "there is no instance " + instance.id());
    }

    public void suspend(AgentId agent, String why, String by) {
        change(agent, new Agent.Standing.Suspended(why, clock.instant()), by);
    }

    public void suspend(InstanceId instance, String why, String by) {
        Instance known =
                agents.instance(instance)
                        .orElseThrow(() -> new ActRefused("there is no instance " + instance));
        write(
                new InstanceSuspended(instance, known.agent(), why, by),
                "the instance " + instance + " is suspended already, or revoked");
    }

    /** Lets a suspended instance act again; what was counted against it counts no more. */
    public void restore(InstanceId instance, String by) {
        Instance known =
                agents.instance(instance)
                        .orElseThrow(() -> new ActRefused("there is no instance " + instance));
        write(
                new InstanceRestored(instance, known.agent(), by),
                "the instance " + instance + " is not suspended");
    }

    public void restore(AgentId agent, String by) {
        change(agent, new Agent.Standing.Good(), by);
    }

    /** Ends the agent for good, and with it all its instances, mandates and tokens. */
    public void revoke(AgentId agent, String why, String by) {
        change(agent, new Agent.Standing.Revoked(why, clock.instant()), by);
    }

    /** Ends a key, or an issuer and whom it vouched for, wherever it is and for ever. */
    public void revoke(Revocation.Of what, String why, String by) {
        write(new Event.Revoked(what, why, by), "it is revoked already");
    }

    /** Sets tags of an agent, and takes others away. */
    public void tag(AgentId agent, Map<String, String> set, Set<String> gone, String by) {
        set.forEach(Registrar::checkTag);
        write(
                new Event.AgentTagged(agent, set, gone, by),
                "there is no agent "
                        + agent
                        + ", it is revoked, or it would have more than "
                        + Agent.MOST_TAGS
                        + " tags");
    }

    private static void checkTag(String name, String value) {
        if (!name.matches("[0-9A-Za-z][0-9A-Za-z._/-]{0,62}")
                || !value.matches("[\\p{L}\\p{N} ._@:/+-]{0,128}")) {
            throw new ActRefused(
                    "a tag is NAME=VALUE; its name has 1 to 63 letters, digits and . _ / -, its"
                            + " value at most 128 letters, digits, spaces and . _ @ : / + -");
        }
    }

    public void revoke(InstanceId instance, String by) {
        Instance known =
                agents.instance(instance)
                        .orElseThrow(() -> new ActRefused("there is no instance " + instance));
        write(
                new Event.InstanceRevoked(instance, known.agent(), by),
                "there is no instance " + instance);
    }

    private void change(AgentId id, Agent.Standing standing, String by) {
        Agent agent = agents.agent(id).orElseThrow(() -> new ActRefused("there is no agent " + id));
        write(
                new Event.AgentChanged(agent.with(standing), by),
                "the agent `" + agent.name() + "` is revoked");
    }

    private void write(Event event, String objection) {
        if (!(ledger.append(event, clock.instant()) instanceof Receipt)) {
            throw new ActRefused(objection);
        }
    }

    private static Digest hash(String code) {
        return Digest.of(("remit/code/v1\0" + code).getBytes(StandardCharsets.UTF_8));
    }
}
