package dev.remit.testkit;

import dev.remit.identity.Admission;
import dev.remit.identity.AgentId;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** What is asked about all the passports that a {@link MemoryStore} has. */
final class MemoryPassports {
    private MemoryPassports() {}

    static List<Passport> of(AgentId agent, Collection<Passport> all) {
        return all.stream()
                .filter(one -> one.agent().equals(agent))
                .sorted(Comparator.comparingLong(one -> one.id().number()))
                .toList();
    }

    static long next(Collection<Passport> all) {
        return all.stream().mapToLong(one -> one.id().number() + 1).max().orElse(0);
    }

    static List<PassportId> revoked(long from, long to, Collection<Passport> all) {
        return all.stream()
                .filter(Passport::revoked)
                .map(Passport::id)
                .filter(id -> id.number() >= from && id.number() < to)
                .toList();
    }

    static OptionalLong last(String lists, Collection<Admission> all) {
        return all.stream()
                .filter(one -> one.list().startsWith(lists))
                .mapToLong(Admission::index)
                .max();
    }

    static List<Admission> on(String list, String after, int most, Collection<Admission> all) {
        return all.stream()
                .filter(one -> one.list().equals(list))
                .filter(one -> one.instance().text().compareTo(after) > 0)
                .sorted(Comparator.comparing(one -> one.instance().text()))
                .limit(most)
                .toList();
    }
}
