package dev.remit.store;

import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Page;
import dev.remit.store.Pages.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of the lists of agents and instances. A page costs as much as it is long, wherever in the
 * list it begins: each list has an index that is in its order.
 */
final class FleetSearch {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> given = new ArrayList<>();
    private String joint = " where ";

    private FleetSearch(String start) {
        sql.append(start);
    }

    static Page<Agent> agents(Connection connection, AgentQuery query, String from, int most)
            throws SQLException {
        FleetSearch search = of("select a.*", query);
        String name = query.tags().isEmpty() ? "a.name" : "t.name";
        if (!from.isEmpty()) {
            search.and(name + " > ?", from);
        }
        return search.page(connection, name, most, AgentTable::read, row -> row.value().name());
    }

    static long count(Connection connection, AgentQuery query) throws SQLException {
        FleetSearch search = of("select count(*) as n", query);
        return Sql.one(
                        connection,
                        search.sql.toString(),
                        row -> row.getLong("n"),
                        search.given.toArray())
                .orElse(0L);
    }

    static Page<Instance> instances(
            Connection connection, InstanceQuery query, String from, int most) throws SQLException {
        boolean byIssuer = query.issuer().isPresent();
        FleetSearch search =
                new FleetSearch(
                        byIssuer
                                ? "select i.* from admissions d cross join instances i on i.id ="
                                        + " d.instance"
                                : "select i.* from instances i");
        String place = byIssuer ? "d.since" : "i.since";
        query.issuer().ifPresent(issuer -> search.and("d.issuer = ?", issuer));
        query.agent().map(AgentId::text).ifPresent(id -> search.and("i.agent = ?", id));
        query.key().ifPresent(key -> search.and("i.thumbprint = ?", key.base64Url()));
        if (!from.isEmpty()) {
            search.and(place + " > ?", place(from));
        }
        return search.page(
                connection, place, most, InstanceTable::read, row -> Long.toString(row.since()));
    }

    private static long place(String from) {
        try {
            return Long.parseLong(from);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("`" + from + "` is not where a page begins", e);
        }
    }

    /** By the first tag, if there is one; else by the names. */
    private static FleetSearch of(String wanted, AgentQuery query) {
        boolean tagged = !query.tags().isEmpty();
        FleetSearch search =
                new FleetSearch(
                        wanted
                                + (tagged
                                        ? " from tags t cross join agents a on a.name = t.name"
                                        : " from agents a"));
        boolean first = true;
        for (Map.Entry<String, String> tag : query.tags().entrySet()) {
            if (first) {
                search.and("t.tag = ?", tag.getKey()).and("t.value = ?", tag.getValue());
                first = false;
            } else {
                search.and(
                        "exists (select 1 from tags o where o.tag = ? and o.value = ? and o.name ="
                                + " a.name)",
                        tag.getKey(),
                        tag.getValue());
            }
        }
        String name = tagged ? "t.name" : "a.name";
        query.prefix()
                .filter(prefix -> !prefix.isEmpty())
                .ifPresent(
                        prefix ->
                                search.and(name + " >= ?", prefix)
                                        .and(name + " < ?", prefix + Character.MAX_VALUE));
        query.standing().ifPresent(kind -> search.and("a.standing = ?", kind.name()));
        query.issuer().ifPresent(issuer -> search.and("a.issuer = ?", issuer));
        query.text()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .ifPresent(text -> search.and("instr(lower(" + name + "), ?) > 0", text));
        query.giver()
                .ifPresent(
                        giver ->
                                search.and(
                                        "a.id in (select m.agent from mandates m where m.giver ="
                                                + " ?)",
                                        giver.text()));
        return search;
    }

    private FleetSearch and(String condition, Object... parameters) {
        sql.append(joint).append(condition);
        joint = " and ";
        given.addAll(List.of(parameters));
        return this;
    }

    /** Where a row stands in its list. */
    private interface Place<T> {
        String of(Row<T> row);
    }

    private <T> Page<T> page(
            Connection connection,
            String order,
            int most,
            Sql.Reader<Row<T>> reader,
            Place<T> place)
            throws SQLException {
        int length = Math.clamp(most, 1, Page.LONGEST);
        sql.append(" order by ").append(order).append(" limit ?");
        given.add(length + 1);
        List<Row<T>> rows = Sql.list(connection, sql.toString(), reader, given.toArray());
        boolean more = rows.size() > length;
        List<Row<T>> shown = more ? rows.subList(0, length) : rows;
        return new Page<>(
                shown.stream().map(Row::value).toList(),
                more ? Optional.of(place.of(shown.getLast())) : Optional.empty());
    }
}
