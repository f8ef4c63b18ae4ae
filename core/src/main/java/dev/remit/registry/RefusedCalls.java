package dev.remit.registry;

import dev.remit.approval.Likeness;
import dev.remit.call.Arguments;
import dev.remit.call.CallId;
import dev.remit.call.Tool;
import dev.remit.decision.Refusal;
import dev.remit.identity.AgentId;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.mandate.Permission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Calls that were refused because no mandate was in force; a person begins from one to give what it
 * lacked. Nothing in it is the person's word.
 */
public final class RefusedCalls {
    private static final Set<String> LACKING =
            EnumSet.of(
                            Refusal.NO_MANDATE,
                            Refusal.MANDATE_COMPLETED,
                            Refusal.MANDATE_EXPIRED,
                            Refusal.MANDATE_IDLE)
                    .stream()
                    .map(Refusal::code)
                    .collect(Collectors.toUnmodifiableSet());

    private final Function<CallId, List<Entry>> log;

    /**
     * @param log what it says of a call, in order
     */
    public RefusedCalls(Function<CallId, List<Entry>> log) {
        this.log = log;
    }

    /**
     * One of them.
     *
     * @param giver of the mandate that was not in force any more; empty if there was none
     */
    public record RefusedCall(
            CallId id, AgentId agent, Optional<PersonId> giver, Tool tool, Arguments arguments) {

        /** Whether it did nothing but ask for a mandate, so that it says of no tool what for. */
        public boolean isAsking() {
            return tool.equals(Tool.ASK_FOR_A_MANDATE);
        }

        /** Leave for calls like it; empty if it only asked for a mandate. */
        public Optional<Permission> like() {
            return isAsking()
                    ? Optional.empty()
                    : Optional.of(Likeness.like("p1", tool, arguments));
        }

        /** What the agent said that it was asked to do, if it only asked; a stranger's words. */
        public Optional<String> words() {
            return isAsking() ? arguments.fields().text("task") : Optional.empty();
        }
    }

    /**
     * The call of this name. What was refused under a mandate is its giver's to see; what an agent
     * without one tried is whoever's it told the name.
     *
     * @throws ActRefused if there is none that this person may begin from
     */
    public RefusedCall find(String name, PersonId who) {
        return written(name)
                .filter(one -> one.giver().isEmpty() || one.giver().get().equals(who))
                .orElseThrow(
                        () ->
                                new ActRefused(
                                        "no call of that name was refused for want of a mandate of"
                                                + " yours; of many alike, only the first are on"
                                                + " record"));
    }

    private Optional<RefusedCall> written(String name) {
        CallId id;
        try {
            id = new CallId(name);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return log.apply(id).stream()
                .map(Entry::event)
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .filter(RefusedCalls::isLacking)
                .map(
                        one ->
                                new RefusedCall(
                                        id,
                                        one.agent(),
                                        one.mandate().map(Event.Under::giver),
                                        one.tool(),
                                        new Arguments(one.arguments())))
                .findFirst();
    }

    private static boolean isLacking(Event.Decided one) {
        return one.ruling() instanceof Event.Ruling.Refused refused
                && LACKING.contains(refused.refusal());
    }
}
