package dev.remit.giving;

import dev.remit.identity.Account;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Mandates that are simply there. */
public final class Given {
    private Given() {}

    /** One for the rig's agent, for this tool alone, whose giver may be asked. */
    public static Mandate by(GivingRig rig, Account giver, String tool) {
        return rig.grantor.give(
                giver.person(),
                rig.agent.id(),
                new Task("keep the agenda"),
                new Permissions(
                        List.of(
                                new Permission(
                                        "one", new Glob(tool), Map.of(), OptionalLong.empty()))),
                new Limits(
                        rig.clock.instant().plusSeconds(3600),
                        Optional.empty(),
                        OptionalLong.empty(),
                        5,
                        OptionalLong.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        6));
    }
}
