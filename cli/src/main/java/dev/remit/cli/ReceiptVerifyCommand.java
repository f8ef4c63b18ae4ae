package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.ledger.Cosignature;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.audit.ReceiptCheck;
import dev.remit.ledger.audit.ReceiptReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit audit verify-receipt}: a file and the keys that are trusted, nothing else. */
@Command(
        name = "verify-receipt",
        description = "check a receipt, offline; says what it proves of the call")
final class ReceiptVerifyCommand implements Callable<Integer> {
    @Mixin private Shown shown = new Shown();

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "the log's key as its owner published it, or a file that holds it")
    private @Nullable String key;

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description = "the key of a witness that must have cosigned, or a file that holds it")
    private List<String> witnesses = List.of();

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailed("the file " + file + " cannot be read");
        }
        List<NoteKey> known = new ArrayList<>();
        for (String one : witnesses) {
            known.add(witness(one));
        }
        Optional<String> trusted = key == null ? Optional.empty() : Optional.of(held(key));
        ReceiptReport report = ReceiptCheck.of(Files.readAllBytes(file), trusted, known);
        shown.show(json(report), out -> tell(out, report));
        return report.holds() ? Exit.DONE : Exit.FOUND_WRONG;
    }

    /** A key as it stands in the command, or in the file that is named there. */
    static String held(String written) throws IOException {
        return written.contains("+") && !Files.isRegularFile(Path.of(written))
                ? written
                : read(Path.of(written));
    }

    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("`" + file + "` is neither a key nor a file that holds one");
        }
        return Files.readString(file).strip();
    }

    static NoteKey witness(String written) throws IOException {
        return NoteKey.read(held(written), NoteKey.Kind.WITNESS)
                .orElseThrow(
                        () ->
                                new CommandFailed(
                                        "`"
                                                + written
                                                + "` is not a witness's key: it is written"
                                                + " NAME+ID+BASE64, and is of kind 4"));
    }

    private static Value json(ReceiptReport report) {
        Value.Building told = Value.object();
        report.told().forEach(one -> told.put(one.label(), one.text()));
        Value.Building cosigned = Value.object();
        report.cosigned().forEach(one -> cosigned.put(one.witness(), one.at().toString()));
        return Value.object()
                .put("log", report.log())
                .put("covered", report.covered())
                .put("holds", report.holds())
                .put("proven", told.build())
                .put("cosigned", cosigned.build())
                .put("findings", Value.ofTexts(report.findings()))
                .build();
    }

    private void tell(PrintStream out, ReceiptReport report) {
        line(out, "log", report.log() + ", a checkpoint of " + report.covered() + " entries");
        report.told().forEach(one -> line(out, one.label(), one.text()));
        for (Cosignature one : report.cosigned()) {
            line(out, "witness", one.witness() + " at " + one.at());
        }
        report.findings().forEach(finding -> line(out, "WRONG", finding));
        out.println(
                report.holds()
                        ? "holds      every entry is in the log, and they are of this call"
                        : "DOES NOT HOLD");
        if (key == null) {
            out.println(
                    "           by the key in the receipt; give --key to check against one you trust");
        }
    }

    private static void line(PrintStream out, String name, String text) {
        out.printf("%-11s%s%n", name, Shown.plain(text));
    }
}
