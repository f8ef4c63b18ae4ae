package dev.remit.cli;

import dev.remit.cli.terminal.Inbox;
import dev.remit.cli.terminal.Keys;
import dev.remit.cli.terminal.TerminalKeys;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code remit inbox}. */
@Command(
        name = "inbox",
        description = "the calls that wait for a person, answered with keys; stays open")
final class InboxCommand implements Runnable {
    @Mixin private Where where = new Where();

    @Override
    public void run() {
        Operator operator = where.operator();
        Optional<TerminalKeys> terminal =
                Asked.terminal().isPresent() ? TerminalKeys.open() : Optional.empty();
        if (terminal.isEmpty()) {
            throw new CommandFailed(
                    "the inbox needs a terminal; `remit pending --json`, `remit approve` and `remit"
                            + " deny` do without");
        }
        try (Keys keys = terminal.get()) {
            new Inbox(operator::act, keys, System.out, InstantSource.system()).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
