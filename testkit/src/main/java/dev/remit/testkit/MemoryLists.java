package dev.remit.testkit;

import dev.remit.call.CallId;
import dev.remit.call.Pin;
import dev.remit.identity.Account;
import dev.remit.mandate.Sheet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The lists of the store in memory, in their order. */
final class MemoryLists {
    private MemoryLists() {}

    static <T> Optional<T> at(long index, List<T> all) {
        return index < 0 || index >= all.size()
                ? Optional.empty()
                : Optional.of(all.get((int) index));
    }

    static List<Pin> pins(String upstream, Collection<Pin> all) {
        return all.stream()
                .filter(pin -> pin.tool().upstream().equals(upstream))
                .sorted(Comparator.comparing(pin -> pin.tool().name()))
                .toList();
    }

    static List<Account> accounts(Collection<Account> all) {
        return all.stream().sorted(Comparator.comparing(one -> one.person().name())).toList();
    }

    static List<CallId> calls(Collection<CallId> all) {
        return all.stream().sorted(Comparator.comparing(CallId::text)).toList();
    }

    static List<Sheet> newest(int most, Collection<Sheet> all) {
        return all.stream().toList().reversed().stream().limit(most).toList();
    }
}
