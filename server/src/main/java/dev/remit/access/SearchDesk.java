package dev.remit.access;

import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.gate.Clerk;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Caller;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.MandateId;
import dev.remit.identity.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Says who could do what (Authorization API 1.0, section 8), of those that the asker may ask about:
 * what a mandate, as it is now, could allow with some arguments. A search changes nothing.
 */
final class SearchDesk {
    /** How many agents a page looks at, at most. */
    private static final int MOST_LOOKED_AT = 1_000;

    private final Clerk clerk;
    private final Subjects subjects;
    private final AgentBook agents;
    private final ToolBook tools;
    private final List<String> upstreams;
    private final Pages pages;

    SearchDesk(
            Clerk clerk,
            Subjects subjects,
            AgentBook agents,
            ToolBook tools,
            List<String> upstreams,
            Pages pages) {
        this.clerk = clerk;
        this.subjects = subjects;
        this.agents = agents;
        this.tools = tools;
        this.upstreams = List.copyOf(upstreams);
        this.pages = pages;
    }

    /** Who could do this to that. */
    Value.Fields subjects(Asker asker, Value.Fields request) {
        Entity wanted = Entity.wanted(request, "subject");
        String action = action(request);
        Entity resource = Entity.read(request, "resource");
        Optional<MandateId> mandate = Evaluation.mandate(request);
        Pages.Slot slot = pages.slot(asker, "subject", request);
        Optional<Tool> tool = offered(asker, action, resource);
        if (tool.isEmpty()) {
            return pages.answer(slot, Pages.Found.NOTHING);
        }
        return pages.answer(
                slot,
                switch (asker) {
                    case Asker.OfAgent(Caller caller) -> itself(caller, wanted, tool.get());
                    case Asker.OfPoint(Point point) ->
                            all(point, wanted, tool.get(), mandate, slot);
                });
    }

    /** What this one could do that to. */
    Value.Fields resources(Asker asker, Value.Fields request) {
        Entity subject = Entity.read(request, "subject");
        String action = action(request);
        Entity wanted = Entity.wanted(request, "resource");
        Optional<MandateId> mandate = Evaluation.mandate(request);
        Pages.Slot slot = pages.slot(asker, "resource", request);
        boolean calls = action.equals(Evaluation.CALL) && wanted.type().equals(Evaluation.TOOL);
        if (!calls
                || !(subjects.find(asker, subject, mandate)
                        instanceof Subjects.Meant.One(Caller caller))) {
            return pages.answer(slot, Pages.Found.NOTHING);
        }
        List<Value> results = new ArrayList<>();
        Optional<String> next = Optional.empty();
        for (String id : names(asker).tailSet(slot.from(), true)) {
            if (couldCall(caller, Tool.of(id))) {
                if (results.size() == slot.most()) {
                    next = Optional.of(id);
                    break;
                }
                results.add(entity(Evaluation.TOOL, id));
            }
        }
        return pages.answer(slot, new Pages.Found(results, next));
    }

    /** What this one could do to that. */
    Value.Fields actions(Asker asker, Value.Fields request) {
        Entity subject = Entity.read(request, "subject");
        Entity resource = Entity.read(request, "resource");
        Optional<MandateId> mandate = Evaluation.mandate(request);
        Pages.Slot slot = pages.slot(asker, "action", request);
        boolean could =
                subjects.find(asker, subject, mandate) instanceof Subjects.Meant.One(Caller caller)
                        && offered(asker, Evaluation.CALL, resource)
                                .filter(tool -> couldCall(caller, tool))
                                .isPresent();
        Value call = Value.object().put("name", Evaluation.CALL).build();
        return pages.answer(
                slot,
                could ? new Pages.Found(List.of(call), Optional.empty()) : Pages.Found.NOTHING);
    }

    private static String action(Value.Fields request) {
        return Entity.text(Entity.fields(request, "action"), "action", "name");
    }

    private boolean couldCall(Caller caller, Tool tool) {
        return clerk.isStillGood(caller) && clerk.couldAllow(caller, tool) && isOffered(tool);
    }

    private Optional<Tool> offered(Asker asker, String action, Entity resource) {
        return Evaluation.tool(action, resource)
                .filter(tool -> visible(asker).contains(tool.upstream()))
                .filter(this::isOffered);
    }

    /** An upstream that cannot be asked offers nothing now. */
    private boolean isOffered(Tool tool) {
        try {
            return tools.pin(tool).filter(pin -> pin.held().isEmpty()).isPresent();
        } catch (UpstreamUnavailable e) {
            return false;
        }
    }

    private List<String> visible(Asker asker) {
        return switch (asker) {
            case Asker.OfAgent _ -> upstreams;
            case Asker.OfPoint(Point point) ->
                    upstreams.stream().filter(point.upstreams()::contains).toList();
        };
    }

    private NavigableSet<String> names(Asker asker) {
        NavigableSet<String> names = new TreeSet<>();
        for (String upstream : visible(asker)) {
            tools.pins(upstream).stream()
                    .map(Pin::tool)
                    .filter(tool -> !tool.name().startsWith(Tool.METHOD))
                    .forEach(tool -> names.add(tool.toString()));
        }
        return names;
    }

    private Pages.Found itself(Caller caller, Entity wanted, Tool tool) {
        Optional<String> id =
                switch (wanted.type()) {
                    case Subjects.AGENT -> Optional.of(caller.agent().text());
                    case Subjects.INSTANCE -> Optional.of(caller.instance().id().text());
                    default -> Optional.empty();
                };
        return id.isPresent() && couldCall(caller, tool)
                ? new Pages.Found(List.of(entity(wanted.type(), id.get())), Optional.empty())
                : Pages.Found.NOTHING;
    }

    private Pages.Found all(
            Point point, Entity wanted, Tool tool, Optional<MandateId> mandate, Pages.Slot slot) {
        return switch (wanted.type()) {
            case Subjects.AGENT ->
                    gathered(
                            slot,
                            (from, most) -> agents.agents(AgentQuery.ALL, from, most),
                            one -> subjects.only(point, one, mandate),
                            one -> entity(wanted.type(), one.id().text()),
                            tool);
            case Subjects.INSTANCE ->
                    gathered(
                            slot,
                            (from, most) -> agents.instances(InstanceQuery.ALL, from, most),
                            one -> subjects.vouched(point, one, mandate),
                            one -> entity(wanted.type(), one.id().text()),
                            tool);
            default -> Pages.Found.NOTHING;
        };
    }

    /** A book of agents or of instances, read in parts. */
    private interface Book<T> {
        Page<T> page(String from, int most);
    }

    /** Looks until the page is full, or long enough; then it has fewer, and another follows. */
    private <T> Pages.Found gathered(
            Pages.Slot slot,
            Book<T> book,
            Function<T, Subjects.Meant> meant,
            Function<T, Value> entity,
            Tool tool) {
        List<Value> results = new ArrayList<>();
        Optional<String> next = Optional.of(slot.from());
        int looked = 0;
        while (next.isPresent() && results.size() < slot.most() && looked < MOST_LOOKED_AT) {
            Page<T> page = book.page(next.get(), slot.most() - results.size());
            for (T one : page.items()) {
                if (meant.apply(one) instanceof Subjects.Meant.One(Caller caller)
                        && couldCall(caller, tool)) {
                    results.add(entity.apply(one));
                }
            }
            looked += Math.max(1, page.items().size());
            next = page.next();
        }
        return new Pages.Found(results, next);
    }

    private static Value entity(String type, String id) {
        return Value.object().put("type", type).put("id", id).build();
    }
}
