package dev.remit.decision;

import dev.remit.approval.Question;
import dev.remit.call.Call;
import dev.remit.call.Pin;
import dev.remit.decision.intent.Provenance;
import dev.remit.decision.intent.SecondLook;
import dev.remit.identity.Account;
import dev.remit.identity.Agent;
import dev.remit.identity.Caller;
import dev.remit.identity.SignInDemand;
import dev.remit.mandate.Allotment;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a decision needs, gathered beforehand; nothing else is looked at.
 *
 * @param sheet the mandate the caller acts under, if there is one
 * @param giver the account of whoever gave the mandate, if there is one
 * @param delegation how the mandate came to the caller, if it was passed on
 * @param pin the tool as it was accepted, if the upstream offers it
 * @param question what a person was asked about this very call, if they were
 * @param demand what the operator asks of the giver's sign-in for this tool
 * @param provenance what to hold the call's meaning against; empty where that is not looked at
 * @param second what was made of the call at a second look, if there was one
 * @param rules the organisation's, as they are now
 */
public record Case(
        Caller caller,
        Agent agent,
        Optional<Sheet> sheet,
        Optional<Account> giver,
        Optional<Delegation> delegation,
        Optional<Pin> pin,
        Optional<Question> question,
        SignInDemand demand,
        Optional<Provenance> provenance,
        Optional<SecondLook> second,
        Rules rules,
        Call call,
        Instant now) {

    /** The same case after a second look. */
    public Case with(SecondLook look) {
        return new Case(
                caller,
                agent,
                sheet,
                giver,
                delegation,
                pin,
                question,
                demand,
                provenance,
                Optional.of(look),
                rules,
                call,
                now);
    }

    /** What those have alone through whose hands the authority came. */
    public List<Allotment> allotments() {
        return delegation.map(Delegation::allotments).orElse(List.of());
    }
}
