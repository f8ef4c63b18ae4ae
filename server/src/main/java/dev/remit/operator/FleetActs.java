package dev.remit.operator;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Page;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Registrar;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The operator's acts on agents and instances, one and many. */
public final class FleetActs {
    private static final int USUAL_PAGE = 100;
    private static final int LONGEST_NAME = 1_024;

    private final String by;
    private final String issuer;
    private final Registrar registrar;
    private final AgentBook agents;
    private final Function<String, PersonId> people;
    private final AgentWords words;
    private final BulkActs bulk;

    /**
     * @param issuer this gateway's own name as an issuer
     * @param agents as they are now
     * @param people finds a person by name or id
     */
    public FleetActs(
            Person operator,
            String issuer,
            Registrar registrar,
            AgentBook agents,
            Function<String, PersonId> people) {
        this.by = operator.id().text();
        this.issuer = issuer;
        this.registrar = registrar;
        this.agents = agents;
        this.people = people;
        this.words = new AgentWords(agents);
        this.bulk = new BulkActs(registrar, agents, by);
    }

    /** Does the act; empty if there is none of this name. */
    Optional<Value> act(String name, Value.Fields asked) {
        return Optional.ofNullable(
                switch (name) {
                    case "agents/add" -> add(asked);
                    case "agents/code" -> code(agent(asked).id());
                    case "agents/show" -> words.write(agent(asked));
                    case "agents/list" -> list(asked);
                    case "agents/count" ->
                            Value.object().put("agents", agents.count(meant(asked))).build();
                    case "agents/suspend" -> suspend(asked);
                    case "agents/restore" -> restore(asked);
                    case "agents/revoke" -> revoke(asked);
                    case "agents/tag" -> tag(asked);
                    case "agents/bulk" -> bulk.act(asked, meant(asked), from(asked), most(asked));
                    case "instances/list" -> instances(asked);
                    case "instances/suspend" -> suspendInstance(asked);
                    case "instances/restore" -> restoreInstance(asked);
                    case "instances/revoke" -> revokeInstance(asked);
                    case "agentkeys/revoke" -> revokeKey(asked);
                    case "issuers/revoke" -> revokeIssuer(asked);
                    default -> null;
                });
    }

    private Value add(Value.Fields asked) {
        Agent agent = registrar.add(text(asked, "name"), by);
        if (asked.get("tags").isPresent()) {
            registrar.tag(agent.id(), Selection.tags(asked), Set.of(), by);
        }
        return Value.object()
                .put("agent", agent.id().text())
                .put("name", agent.name())
                .put("code", registrar.issueCode(agent.id(), by))
                .put("code_lives_seconds", Registrar.CODE_LIFE.toSeconds())
                .build();
    }

    private Value code(AgentId agent) {
        return Value.object()
                .put("agent", agent.text())
                .put("code", registrar.issueCode(agent, by))
                .put("code_lives_seconds", Registrar.CODE_LIFE.toSeconds())
                .build();
    }

    private AgentQuery meant(Value.Fields asked) {
        return asked.get("meant").isEmpty()
                ? AgentQuery.ALL
                : Selection.read(
                        asked.fields("meant")
                                .orElseThrow(
                                        () -> new IllegalArgumentException("`meant` is an object")),
                        people);
    }

    private static String from(Value.Fields asked) {
        return asked.text("from").orElse(Page.START);
    }

    private static int most(Value.Fields asked) {
        return Math.clamp(asked.whole("most").orElse(USUAL_PAGE), 1, Page.LONGEST);
    }

    private Value list(Value.Fields asked) {
        Page<Agent> page = agents.agents(meant(asked), from(asked), most(asked));
        List<Value> written = page.items().stream().map(one -> (Value) words.write(one)).toList();
        return page("agents", written, page.next());
    }

    private static Value page(String what, List<Value> items, Optional<String> next) {
        return Value.object()
                .put(what, new Value.Items(items))
                .putIf("next", next.map(Value::of))
                .build();
    }

    private Value instances(Value.Fields asked) {
        InstanceQuery query =
                new InstanceQuery(
                        asked.text("agent").map(name -> words.find(name).id()),
                        asked.text("key").map(FleetActs::thumbprint),
                        asked.text("issuer"));
        Page<Instance> page = agents.instances(query, from(asked), most(asked));
        return page(
                "instances",
                page.items().stream().map(one -> (Value) AgentWords.write(one)).toList(),
                page.next());
    }

    private Value suspend(Value.Fields asked) {
        AgentId id = agent(asked).id();
        registrar.suspend(id, asked.text("why").orElse("suspended by the operator"), by);
        return shown(id);
    }

    private Value restore(Value.Fields asked) {
        AgentId id = agent(asked).id();
        registrar.restore(id, by);
        return shown(id);
    }

    private Value revoke(Value.Fields asked) {
        AgentId id = agent(asked).id();
        registrar.revoke(id, why(asked), by);
        return shown(id);
    }

    private static String why(Value.Fields asked) {
        return asked.text("why").orElse("revoked by the operator");
    }

    private Value tag(Value.Fields asked) {
        AgentId id = agent(asked).id();
        registrar.tag(id, Selection.tags(asked), Selection.gone(asked), by);
        return shown(id);
    }

    private Value shown(AgentId id) {
        return words.write(agents.agent(id).orElseThrow());
    }

    private Value revokeInstance(Value.Fields asked) {
        InstanceId id = new InstanceId(text(asked, "instance"));
        registrar.revoke(id, by);
        return AgentWords.write(agents.instance(id).orElseThrow());
    }

    private Value suspendInstance(Value.Fields asked) {
        InstanceId id = new InstanceId(text(asked, "instance"));
        registrar.suspend(id, asked.text("why").orElse("suspended by the operator"), by);
        return AgentWords.write(agents.instance(id).orElseThrow());
    }

    private Value restoreInstance(Value.Fields asked) {
        InstanceId id = new InstanceId(text(asked, "instance"));
        registrar.restore(id, by);
        return AgentWords.write(agents.instance(id).orElseThrow());
    }

    private Value revokeKey(Value.Fields asked) {
        Digest thumbprint = thumbprint(text(asked, "key"));
        registrar.revoke(new Revocation.Of.Key(thumbprint), why(asked), by);
        return ended(
                new InstanceQuery(Optional.empty(), Optional.of(thumbprint), Optional.empty()));
    }

    private Value revokeIssuer(Value.Fields asked) {
        String name = text(asked, "issuer");
        if (name.equals(issuer)) {
            throw new ActRefused(
                    "this gateway's own passports are revoked one by one, or by their agents");
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new ActRefused("an issuer's name is what its statements say in `iss`");
        }
        registrar.revoke(new Revocation.Of.Issuer(name), why(asked), by);
        return ended(new InstanceQuery(Optional.empty(), Optional.empty(), Optional.of(name)));
    }

    /** Whom it ended, as far as a page goes. */
    private Value ended(InstanceQuery query) {
        Page<Instance> page = agents.instances(query, Page.START, Page.LONGEST);
        return Value.object()
                .put("instances", page.items().size())
                .put("more_instances", page.next().isPresent())
                .build();
    }

    private static Digest thumbprint(String text) {
        try {
            return Digest.ofBase64Url(text);
        } catch (IllegalArgumentException e) {
            throw new ActRefused(
                    "`" + text + "` is no thumbprint of a key; `remit agent instances` shows them");
        }
    }

    private Agent agent(Value.Fields asked) {
        return words.find(text(asked, "agent"));
    }

    private static String text(Value.Fields asked, String name) {
        return asked.text(name)
                .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is missing"));
    }
}
