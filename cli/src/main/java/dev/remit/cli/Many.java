package dev.remit.cli;

import dev.remit.call.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One agent by its name, or many; nothing is done to many before somebody has seen how many. */
final class Many {
    private static final int PAGE = 500;

    @Parameters(paramLabel = "AGENT", arity = "0..1", description = "one agent, by name or id")
    private @Nullable String agent;

    @Mixin private Which which = new Which();

    @Option(names = "--yes", description = "do it to as many as there are, and do not ask")
    private boolean yes;

    Optional<String> one() {
        if (agent != null && which.isSaid()) {
            throw new CommandFailed("name one agent or say which are meant, not both");
        }
        return Optional.ofNullable(agent);
    }

    boolean isSaid() {
        return which.isSaid();
    }

    /**
     * Does an act to all that are meant.
     *
     * @param how what the act needs besides
     * @return to how many it was done
     */
    long act(Operator operator, String act, Value.Fields how) {
        if (!which.isSaid()) {
            throw new CommandFailed(
                    "name an agent, or say which are meant: --tag, --name, --search, --state,"
                            + " --giver, --brought-by or --all");
        }
        Value.Fields counted = (Value.Fields) operator.act("agents/count", which.asked().build());
        long number = counted.whole("agents").orElseThrow();
        System.err.println(number + (number == 1 ? " agent is meant" : " agents are meant"));
        if (!yes) {
            throw new CommandFailed(
                    "nothing was done; say --yes to " + act + " " + number + " of them");
        }
        return all(operator, act, how, number);
    }

    private long all(Operator operator, String act, Value.Fields how, long number) {
        long done = 0;
        long seen = 0;
        Optional<String> from = Optional.of("");
        while (from.isPresent()) {
            Value.Building asked =
                    which.asked().put("act", act).put("from", from.get()).put("most", PAGE);
            how.values().forEach(asked::put);
            Value.Fields said = (Value.Fields) operator.act("agents/bulk", asked.build());
            done += said.whole("done").orElseThrow();
            seen += said.whole("done").orElseThrow() + said.whole("unchanged").orElseThrow();
            from = said.text("next");
            if (from.isPresent()) {
                System.err.println(seen + " of " + number);
            }
        }
        return done;
    }
}
