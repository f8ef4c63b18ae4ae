package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gate.Clerk;
import dev.remit.gateway.wire.Rpc;
import dev.remit.identity.Caller;
import dev.remit.identity.MandateId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Sheet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches the mandate behind a stream: lists are cut to it, so whoever listens for changed lists
 * hears when it is widened, used up or ended. The stream does not outlive it, nor whoever holds it.
 *
 * <p>It looks rather than is told, so that it sees what any process changes.
 */
final class Watch {
    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("toolsListChanged", "notifications/tools/list_changed");
        KINDS.put("promptsListChanged", "notifications/prompts/list_changed");
        KINDS.put("resourcesListChanged", "notifications/resources/list_changed");
    }

    private final Clerk clerk;
    private final Caller caller;
    private final List<Value.Fields> news;
    private boolean waits;
    private Seen last;

    /** What of a mandate decides what lists show. */
    private record Seen(
            boolean good,
            Optional<MandateId> mandate,
            long version,
            boolean inForce,
            Set<String> spent) {}

    /**
     * @param filter which changes are listened for
     * @param waits whether an agent without a mandate may wait for one
     */
    Watch(Clerk clerk, Caller caller, Value.Fields filter, boolean waits) {
        this.clerk = clerk;
        this.caller = caller;
        this.news =
                KINDS.entrySet().stream()
                        .filter(kind -> filter.flag(kind.getKey()))
                        .map(kind -> Rpc.notification(kind.getValue(), Value.Fields.EMPTY))
                        .toList();
        this.waits = waits;
        this.last = look();
    }

    /** What is to be told, because the mandate is not as it was the last time. */
    List<Value.Fields> news() {
        Seen now = look();
        boolean same = now.equals(last);
        waits = waits && !last.inForce();
        last = now;
        return same || !now.good() ? List.of() : news;
    }

    /**
     * Whether the mandate, or whoever listens, has ended; as it was when there was last any news.
     */
    boolean isOver() {
        return !last.good() || (!last.inForce() && !waits);
    }

    private Seen look() {
        boolean good = clerk.isStillGood(caller);
        Optional<Sheet> sheet = clerk.sheet(caller);
        if (sheet.isEmpty()) {
            return new Seen(good, Optional.empty(), 0, false, Set.of());
        }
        Mandate mandate = sheet.get().mandate();
        Set<String> spent =
                mandate.permissions().all().stream()
                        .filter(one -> isSpent(sheet.get(), one))
                        .map(Permission::name)
                        .collect(Collectors.toUnmodifiableSet());
        return new Seen(
                good,
                Optional.of(mandate.id()),
                mandate.version(),
                clerk.isInForce(sheet.get()),
                spent);
    }

    private static boolean isSpent(Sheet sheet, Permission permission) {
        return permission.uses().isPresent()
                && sheet.usage().of(permission) >= permission.uses().getAsLong();
    }
}
