package dev.remit.testkit;

import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.MandateId;
import dev.remit.identity.Page;
import dev.remit.mandate.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The lists of agents and instances of the store in memory. */
record MemoryFleet(
        Map<AgentId, Agent> agents,
        Map<InstanceId, Instance> instances,
        Map<InstanceId, Admission> admissions,
        Map<MandateId, Sheet> sheets) {

    Optional<Agent> named(String name) {
        return agents.values().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    Page<Agent> agents(AgentQuery query, String from, int most) {
        List<Agent> rest = these(query).filter(one -> one.name().compareTo(from) > 0).toList();
        return cut(rest, rest.stream().map(Agent::name).toList(), most);
    }

    long count(AgentQuery query) {
        return these(query).count();
    }

    Page<Instance> instances(InstanceQuery query, String from, int most) {
        List<Instance> rest = new ArrayList<>();
        List<String> places = new ArrayList<>();
        int place = 0;
        for (Instance one : instances.values()) {
            place++;
            if (isMeant(query, one) && (from.isEmpty() || place > Integer.parseInt(from))) {
                rest.add(one);
                places.add(Integer.toString(place));
            }
        }
        return cut(rest, places, most);
    }

    private static <T> Page<T> cut(List<T> rest, List<String> places, int most) {
        int length = Math.clamp(most, 1, Page.LONGEST);
        return rest.size() > length
                ? new Page<>(rest.subList(0, length), Optional.of(places.get(length - 1)))
                : new Page<>(rest, Optional.empty());
    }

    private Stream<Agent> these(AgentQuery query) {
        return agents.values().stream()
                .filter(one -> isMeant(query, one))
                .sorted(Comparator.comparing(Agent::name));
    }

    private boolean isMeant(AgentQuery query, Agent agent) {
        String name = agent.name().toLowerCase(Locale.ROOT);
        return query.prefix().stream().allMatch(agent.name()::startsWith)
                && query.text().stream()
                        .allMatch(text -> name.contains(text.toLowerCase(Locale.ROOT)))
                && agent.tags().entrySet().containsAll(query.tags().entrySet())
                && query.standing().stream().allMatch(agent.standing().kind()::equals)
                && (query.issuer().isEmpty() || query.issuer().equals(agent.issuer()))
                && (query.giver().isEmpty()
                        || sheets.values().stream()
                                .map(Sheet::mandate)
                                .anyMatch(
                                        one ->
                                                one.agent().equals(agent.id())
                                                        && query.giver()
                                                                .equals(
                                                                        Optional.of(
                                                                                one.giver()
                                                                                        .id()))));
    }

    private boolean isMeant(InstanceQuery query, Instance instance) {
        return query.agent().stream().allMatch(instance.agent()::equals)
                && query.key().stream()
                        .allMatch(
                                wanted ->
                                        instance.key()
                                                .filter(key -> key.thumbprint().equals(wanted))
                                                .isPresent())
                && (query.issuer().isEmpty()
                        || Optional.ofNullable(admissions.get(instance.id()))
                                .map(Admission::issuer)
                                .equals(query.issuer()));
    }
}
