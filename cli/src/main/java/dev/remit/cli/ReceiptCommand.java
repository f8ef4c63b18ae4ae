package dev.remit.cli;

import dev.remit.call.CallId;
import dev.remit.call.JsonWriter;
import dev.remit.ledger.audit.CallReceipt;
import dev.remit.store.Receipts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code remit audit receipt}: reads the ledger itself, with and without a running gateway. */
@Command(
        name = "receipt",
        description =
                "print the receipt of one call: whoever has it and the log's key can check what"
                        + " was decided, under which mandate, and how it ended, with nothing else")
final class ReceiptCommand implements Callable<Integer> {
    @ParentCommand private @Nullable AuditCommands audit;

    @Parameters(paramLabel = "CALL")
    private String call = "";

    @Option(
            names = "--with",
            paramLabel = "PART",
            split = ",",
            description =
                    "what it opens: arguments, answer, words (of the mandate), or all; without it"
                            + " nothing that people, agents and tools wrote")
    private List<String> with = List.of();

    @Option(
            names = "--log",
            paramLabel = "DIR",
            description = "a log's folder or a copy of it (else that of the data folder)")
    private @Nullable Path log;

    @Override
    public Integer call() {
        Path folder = log != null ? log.toAbsolutePath() : where().data();
        CallReceipt receipt =
                Receipts.of(folder)
                        .of(id(), open())
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "the ledger in "
                                                        + folder
                                                        + " knows no decision on "
                                                        + call));
        System.out.println(new String(JsonWriter.plain(receipt.json()), StandardCharsets.UTF_8));
        return Exit.DONE;
    }

    private Where where() {
        return audit == null ? new Where() : audit.where();
    }

    private CallId id() {
        try {
            return new CallId(call);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "`" + call + "` is not a call; a call's name begins with call_");
        }
    }

    private Set<Receipts.Part> open() {
        Set<Receipts.Part> open = EnumSet.noneOf(Receipts.Part.class);
        for (String one : with) {
            switch (one) {
                case "arguments" -> open.add(Receipts.Part.ARGUMENTS);
                case "answer" -> open.add(Receipts.Part.ANSWER);
                case "words" -> open.add(Receipts.Part.WORDS);
                case "all" -> open.addAll(EnumSet.allOf(Receipts.Part.class));
                default ->
                        throw new CommandFailed(
                                "`--with` is arguments, answer, words or all, not `" + one + "`");
            }
        }
        return open;
    }
}
