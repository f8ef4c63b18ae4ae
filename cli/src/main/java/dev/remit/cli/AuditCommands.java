package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.ledger.NoteKey;
import dev.remit.ledger.audit.Report;
import dev.remit.ledger.audit.Verifier;
import dev.remit.store.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit audit …}. */
@Command(
        name = "audit",
        description = "the ledger as evidence",
        subcommands = {ReceiptCommand.class, ReceiptVerifyCommand.class})
final class AuditCommands {
    @Mixin private Where where = new Where();

    Where where() {
        return where;
    }

    @Command(
            name = "verify",
            description =
                    "check a ledger's folder, or a copy of it, without the gateway; says what is wrong and where")
    int verify(
            @Parameters(paramLabel = "FOLDER", arity = "0..1") @Nullable Path folder,
            @Option(
                            names = "--key",
                            paramLabel = "KEY",
                            description =
                                    "the log's key as its owner published it, or a file that holds it")
                    @Nullable String key,
            @Option(
                            names = "--witness",
                            paramLabel = "KEY",
                            description =
                                    "the key of a witness that must have cosigned, or a file that holds it")
                    @Nullable List<String> witnesses,
            @Option(
                            names = "--seen",
                            paramLabel = "FILE",
                            description =
                                    "the checkpoint that a witness has of this ledger, fetched from it: an older or other state is found out")
                    @Nullable Path seen,
            @Mixin Shown shown)
            throws IOException {
        List<NoteKey> known = new ArrayList<>();
        for (String witness : witnesses == null ? List.<String>of() : witnesses) {
            known.add(ReceiptVerifyCommand.witness(witness));
        }
        if (seen != null && !Files.isRegularFile(seen)) {
            throw new CommandFailed("the file " + seen + " cannot be read");
        }
        Optional<String> note =
                seen == null ? Optional.empty() : Optional.of(Files.readString(seen));
        Report report =
                Verification.of(
                        folder == null ? where.data() : folder,
                        key == null
                                ? Optional.empty()
                                : Optional.of(ReceiptVerifyCommand.held(key)),
                        new Verifier.Brought(known, note));
        shown.show(json(report), out -> tell(out, report, key != null));
        return report.isSound() ? Exit.DONE : Exit.FOUND_WRONG;
    }

    private static Value json(Report report) {
        List<String> findings = report.findings().stream().map(finding -> finding.said()).toList();
        return Value.object()
                .put("log", report.origin())
                .put("entries", report.entries())
                .put("covered", report.covered())
                .put("sound", report.isSound())
                .put("findings", Value.ofTexts(findings))
                .put("remarks", Value.ofTexts(report.remarks()))
                .build();
    }

    private static void tell(PrintStream out, Report report, boolean pinned) {
        out.println("log      " + Shown.plain(report.origin()));
        out.println(
                "entries  "
                        + report.entries()
                        + ", of which the signed checkpoint covers "
                        + report.covered());
        report.findings()
                .forEach(finding -> out.println("WRONG    " + Shown.plain(finding.said())));
        report.remarks().forEach(remark -> out.println("note     " + Shown.plain(remark)));
        out.println(report.isSound() ? "sound    every entry is as it was written" : "NOT SOUND");
        if (!pinned) {
            out.println(
                    "         by the key that lies with it; give --key to check against one you trust");
        }
    }
}
