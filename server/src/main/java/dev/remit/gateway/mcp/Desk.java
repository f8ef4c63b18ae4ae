package dev.remit.gateway.mcp;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.identity.Caller;
import dev.remit.ledger.LedgerUnavailable;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Hands what is wanted to the gate, as a call. */
final class Desk {
    private final Clerk clerk;
    private final Gate gate;
    private final Upstreams upstreams;
    private final InstantSource clock;
    private final Supplier<CallId> ids;
    private final Told told;
    private final Usher usher;

    Desk(
            Clerk clerk,
            Gate gate,
            Upstreams upstreams,
            InstantSource clock,
            Supplier<CallId> ids,
            Told told,
            Usher usher) {
        this.clerk = clerk;
        this.gate = gate;
        this.upstreams = upstreams;
        this.clock = clock;
        this.ids = ids;
        this.told = told;
        this.usher = usher;
    }

    Answer call(Caller caller, Wanted wanted, Line line) {
        return call(caller, wanted, Optional.empty(), line);
    }

    /**
     * Makes the call; one that a person answers while the agent waits is made again, as the agent
     * itself would.
     *
     * @param continues the call whose question it brings the answer to
     */
    Answer call(Caller caller, Wanted wanted, Optional<CallId> continues, Line line) {
        Answer answer = make(caller, wanted, continues, line);
        return answer instanceof Answer.Asked asked
                        && usher.isAnswered(asked, wanted.tool(), line)
                        && clerk.isStillGood(caller)
                ? make(caller, wanted, Optional.empty(), line)
                : answer;
    }

    private Answer make(Caller caller, Wanted wanted, Optional<CallId> continues, Line line) {
        Call call =
                new Call(
                        ids.get(),
                        wanted.tool(),
                        new Arguments(wanted.arguments()),
                        clock.instant(),
                        continues);
        try {
            // over the agent's own connection, so that none is opened only for the gateway
            upstreams.catalogue(wanted.tool().upstream(), clerk.party(caller));
        } catch (UpstreamUnavailable | LedgerUnavailable _) {
            // the gate finds out as well, and says so
        }
        return gate.call(caller, call, line);
    }

    /** The answer as an agent is told it. */
    Told.Ending told(Wanted wanted, Answer answer) {
        return wanted.isTool() ? told.ofTool(answer) : told.ofMethod(answer);
    }
}
