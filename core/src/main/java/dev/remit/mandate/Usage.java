package dev.remit.mandate;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What has been used of a mandate, as the ledger's decisions add up.
 *
 * @param calls calls allowed under it
 * @param byPermission the same for each permission that counts its uses
 * @param strikes calls that overstepped it
 * @param lastAllowedAt when a call was last allowed; at first, when it was given
 */
public record Usage(
        long calls, Map<String, Long> byPermission, long strikes, Instant lastAllowedAt) {
    public Usage {
        byPermission = Map.copyOf(byPermission);
    }

    public static Usage none(Instant givenAt) {
        return new Usage(0, Map.of(), 0, givenAt);
    }

    public long of(Permission permission) {
        return byPermission.getOrDefault(permission.name(), 0L);
    }

    /** With one more call allowed by the permission. */
    public Usage allowed(String permission, boolean counted, Instant at) {
        Instant last = at.isAfter(lastAllowedAt) ? at : lastAllowedAt;
        if (!counted) {
            return new Usage(calls + 1, byPermission, strikes, last);
        }
        Map<String, Long> more = new HashMap<>(byPermission);
        more.merge(permission, 1L, Long::sum);
        return new Usage(calls + 1, more, strikes, last);
    }

    /** With one more strike. */
    public Usage struck() {
        return new Usage(calls, byPermission, strikes + 1, lastAllowedAt);
    }
}
