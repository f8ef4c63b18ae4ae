package dev.remit.decision;

import dev.remit.approval.Question;
import dev.remit.call.Call;
import dev.remit.call.Pin;
import dev.remit.identity.Account;
import dev.remit.identity.Agent;
import dev.remit.identity.Caller;
import dev.remit.identity.SignInDemand;
import dev.remit.mandate.Sheet;
import java.time.Instant;
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
        Call call,
        Instant now) {}
