package dev.remit.cli;

import dev.remit.call.CallId;
import dev.remit.ledger.why.Why;
import dev.remit.store.Archive;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code remit why}: reads the ledger itself, so it works with and without a running gateway. */
@Command(
        name = "why",
        description =
                "one call: the person, the words, the rule, the arguments, the outcome; or what"
                        + " stopped an agent, an instance or a mandate")
final class WhyCommand implements Callable<Integer> {
    @Mixin private Where where = new Where();
    @Mixin private Shown shown = new Shown();

    @Parameters(
            paramLabel = "WHAT",
            description = "a call; or an agent, an instance or a mandate, to see what stopped it")
    private String what = "";

    @Override
    public Integer call() {
        CallId id;
        try {
            id = new CallId(what);
        } catch (IllegalArgumentException e) {
            return stopped();
        }
        Why why =
                Why.of(Archive.of(where.data()), id)
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "the ledger in "
                                                        + where.data()
                                                        + " knows no "
                                                        + id));
        shown.show(why.json(), out -> WhyLines.tell(why, out));
        return Exit.DONE;
    }

    private int stopped() {
        WhyStopped why =
                WhyStopped.of(where.data(), what)
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "`"
                                                        + what
                                                        + "` is no call, agent, instance or mandate"
                                                        + " of the ledger in "
                                                        + where.data()
                                                        + "; a call's name begins with call_"));
        shown.show(why.json(), why::tell);
        return Exit.DONE;
    }
}
