package dev.remit.decision;

import dev.remit.call.Arguments;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.identity.Account;
import dev.remit.identity.Agent;
import dev.remit.identity.Binding;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the organisation's rules look at, and nothing else.
 *
 * @param agents whoever acts, and everybody through whose hands the mandate came; each must be let
 * @param giver the account of whoever gave the mandate, if there is one
 * @param pin the tool as it was accepted, if it was seen already
 * @param call what is known of a call; empty while its mandate is being given
 */
public record Circumstances(
        List<Agent> agents,
        Mandate mandate,
        Optional<Account> giver,
        Tool tool,
        Optional<Pin> pin,
        Optional<OfCall> call,
        Instant now) {
    public Circumstances {
        agents = List.copyOf(agents);
    }

    /**
     * What is known of a call only.
     *
     * @param calls how many were allowed under the mandate before
     */
    public record OfCall(Arguments arguments, Binding binding, long calls) {}

    static Circumstances of(Case file, Sheet sheet) {
        List<Agent> agents = new ArrayList<>(List.of(file.agent()));
        file.delegation().ifPresent(one -> agents.addAll(one.behind()));
        return new Circumstances(
                agents,
                sheet.mandate(),
                file.giver(),
                file.call().tool(),
                file.pin(),
                Optional.of(
                        new OfCall(
                                file.call().arguments(),
                                file.caller().binding(),
                                sheet.usage().calls())),
                file.now());
    }
}
