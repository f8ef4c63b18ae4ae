package dev.remit.cli;

import dev.remit.call.CallId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remit why}: reads the ledger itself, so it works with and without a running gateway. */
@Command(
        name = "why",
        description = "one call: the person, the words, the rule, the arguments, the outcome")
final class WhyCommand implements Callable<Integer> {
    @Mixin private Where where = new Where();
    @Mixin private Shown shown = new Shown();

    @Parameters(paramLabel = "CALL")
    private String call = "";

    @Override
    public Integer call() {
        CallId id;
        try {
            id = new CallId(call);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "`" + call + "` is not a call; a call's name begins with call_");
        }
        Why why =
                Why.of(where.data(), id)
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "the ledger in "
                                                        + where.data()
                                                        + " knows no "
                                                        + id));
        shown.show(why.json(), why::tell);
        return Exit.DONE;
    }
}
