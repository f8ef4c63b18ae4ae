package dev.remit.store;

import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.ledger.LedgerUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A caller that waits for its draft to be durable. */
record Waiting(Draft draft, CompletableFuture<Stored> answer) {

    static Waiting with(Draft draft) {
        return new Waiting(draft, new CompletableFuture<>());
    }

    Stored await() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LedgerUnavailable(String.valueOf(cause.getMessage()), cause);
        }
    }

    void fail(String why, Throwable cause) {
        answer.completeExceptionally(new LedgerUnavailable(why, cause));
    }

    /** Whether lists show it, so that it must be in the database before the caller goes on. */
    boolean isListed() {
        return switch (draft.event()) {
            case Event.Decided _,
                    Event.Concluded _,
                    Event.Asked _,
                    Event.TokenIssued _,
                    Event.TokenRenewed _,
                    Event.StrangerRefused _,
                    Event.CallUnreadable _,
                    Event.RulesTaken _,
                    Event.Opened _ ->
                    false;
            case Event.AgentAdded _,
                    Event.AgentChanged _,
                    Event.CodeIssued _,
                    Event.InstanceEnrolled _,
                    Event.InstanceRevoked _,
                    Event.TokensRevoked _,
                    Event.MandateGiven _,
                    Event.MandateChanged _,
                    Event.QuestionAnswered _,
                    Event.ToolPinned _,
                    Event.CredentialSet _,
                    Event.CredentialRemoved _ ->
                    true;
            case Event.OfPassports _, Event.OfFleet _, Event.OfConduct _ -> true;
            case Event.OfKeys _ -> false;
            case Event.OfPeople ofPeople ->
                    switch (ofPeople) {
                        case Event.SignedIn _, Event.SignInRefused _ -> false;
                        case Event.PersonAdded _,
                                Event.RolesChanged _,
                                Event.PersonSuspended _,
                                Event.PersonRestored _,
                                Event.IdentityBound _,
                                Event.LinkIssued _,
                                Event.PasskeyAdded _,
                                Event.PasskeyRemoved _ ->
                                true;
                    };
        };
    }
}
