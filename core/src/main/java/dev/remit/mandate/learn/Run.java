package dev.remit.mandate.learn;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import java.time.Instant;
import java.util.List;

/**
 * What was done under one mandate.
 *
 * @param mandate as it read last
 * @param done the calls that its permissions allowed and that were answered, in their order
 * @param approved how many more a person said yes to, one by one
 */
public record Run(Mandate mandate, List<Done> done, long approved) {
    public Run {
        done = List.copyOf(done);
    }

    /** A call that was allowed by this permission, and answered. */
    public record Done(Tool tool, Arguments arguments, Permission by, Instant at) {
        /** Whether these allow it, however often. */
        boolean fits(Permissions permissions) {
            return permissions.of(tool).stream().anyMatch(one -> one.admits(arguments));
        }
    }
}
