package dev.remit.cli;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Jws;
import dev.remit.identity.MandateId;
import dev.remit.identity.Passkey;
import dev.remit.ledger.audit.MandateTrail;
import dev.remit.ledger.audit.MandateTrail.Act;
import dev.remit.ledger.audit.MandateTrail.Approval;
import dev.remit.ledger.audit.MandateTrail.Given;
import dev.remit.ledger.audit.Report;
import dev.remit.store.Archive;
import dev.remit.store.Verification;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code remit mandate verify}: reads the log, or a copy of it; no gateway is asked. */
@Command(
        name = "verify",
        description =
                "check that the giver's passkey approved exactly this mandate; offline, also on a copy of the log")
final class MandateVerifyCommand implements Callable<Integer> {
    private static final String FAILED = "DOES NOT HOLD";
    private static final String UNSIGNED = "NOT SIGNED: on record, but no passkey approved it";

    @ParentCommand private @Nullable MandateCommands mandates;
    @Mixin private Shown shown = new Shown();

    @Parameters(paramLabel = "MANDATE")
    private String mandate = "";

    @Option(
            names = "--log",
            paramLabel = "DIR",
            description = "a log's folder or a copy of it (else that of the data folder)")
    private @Nullable Path log;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "the log's key as its owner published it")
    private @Nullable String key;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "the gateway's address for people, on which it must have been approved")
    private @Nullable String origin;

    /** What was found. */
    private record Found(Given given, MandateTrail trail) {
        boolean holds() {
            return given.approval() instanceof Approval.Signed;
        }
    }

    @Override
    public Integer call() {
        Path folder = log != null ? log.toAbsolutePath() : where().data();
        MandateTrail trail = new MandateTrail(id(), Optional.ofNullable(origin));
        Report report = Verification.of(folder, Optional.ofNullable(key));
        if (!report.isSound()) {
            shown.show(unsound(), MandateVerifyCommand::tellUnsound);
            return Exit.FOUND_WRONG;
        }
        Archive.of(folder)
                .read(
                        0,
                        entry -> {
                            trail.observe(entry);
                            return true;
                        });
        Given given =
                trail.given()
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "the log in " + folder + " knows no " + mandate));
        Found found = new Found(given, trail);
        shown.show(json(found), out -> tell(out, found));
        return found.holds() ? Exit.DONE : Exit.FOUND_WRONG;
    }

    private Where where() {
        return mandates == null ? new Where() : mandates.where();
    }

    private MandateId id() {
        try {
            return new MandateId(mandate);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "`" + mandate + "` is not a mandate; a mandate's name begins with mdt_");
        }
    }

    /** Of a log that is not as it was written nothing is believed. */
    private Value unsound() {
        return Value.object()
                .put("mandate", mandate)
                .put("holds", false)
                .put("log_sound", false)
                .build();
    }

    private static void tellUnsound(PrintStream out) {
        line(out, "WRONG", "the log around it is not as it was written; see `remit audit verify`");
        out.println(FAILED);
    }

    private static Value json(Found found) {
        Given given = found.given();
        Value.Building json =
                Value.object()
                        .put("mandate", given.mandate().id().text())
                        .put("entry", given.entry())
                        .put("giver", given.mandate().giver().id().text())
                        .put("agent", given.mandate().agent().text())
                        .put("task", given.mandate().task().words())
                        .put("holds", found.holds())
                        .put("log_sound", true);
        switch (given.approval()) {
            case Approval.Signed(Passkey passkey, long added, String origin) ->
                    json.put("approval", "signed")
                            .put("passkey", passkey.id())
                            .put("key_sha256", fingerprint(passkey))
                            .put("added", added)
                            .put("origin", origin);
            case Approval.Wrong(String why) -> json.put("approval", "wrong").put("why", why);
            case Approval.Unsigned() -> json.put("approval", "unsigned");
        }
        return json.put(
                        "acts",
                        new Value.Items(
                                found.trail().acts().stream()
                                        .map(MandateVerifyCommand::json)
                                        .toList()))
                .build();
    }

    private static Value json(Act act) {
        return Value.object()
                .put("entry", act.entry())
                .put("at", act.at().toString())
                .put("version", act.version())
                .put("what", act.what())
                .put("beyond", Value.ofTexts(act.beyond()))
                .build();
    }

    private static String fingerprint(Passkey passkey) {
        return Digest.of(Jws.decode(passkey.key())).hex();
    }

    private static void tell(PrintStream out, Found found) {
        Given given = found.given();
        line(out, "task", given.mandate().task().words());
        given.mandate().task().amended().said().forEach(said -> line(out, "", said));
        line(
                out,
                "mandate",
                given.mandate().id()
                        + ", to "
                        + given.mandate().agent()
                        + ", entry "
                        + given.entry());
        line(out, "person", given.mandate().giver().name() + ", " + given.mandate().giver().id());
        switch (given.approval()) {
            case Approval.Signed(Passkey passkey, long added, String origin) -> {
                line(
                        out,
                        "signed",
                        "by passkey “"
                                + passkey.label()
                                + "”, which they added in entry "
                                + added
                                + ", on "
                                + origin);
                line(out, "key", "sha-256 " + fingerprint(passkey));
            }
            case Approval.Wrong(String why) -> line(out, "WRONG", why);
            case Approval.Unsigned() ->
                    line(
                            out,
                            "note",
                            "nobody signed it: it was not given with a passkey on a page");
        }
        for (Act act : found.trail().acts()) {
            tell(out, act);
        }
        out.println(
                switch (given.approval()) {
                    case Approval.Signed _ ->
                            "holds    this person's passkey approved exactly this mandate";
                    case Approval.Wrong _ -> FAILED;
                    case Approval.Unsigned() -> UNSIGNED;
                });
    }

    /** How far the signature reaches. */
    private static void tell(PrintStream out, Act act) {
        String reach =
                act.beyond().isEmpty()
                        ? act.version() == 0 ? "" : "; nothing beyond what was given at first"
                        : "; beyond what was given at first: " + String.join(", ", act.beyond());
        line(
                out,
                act.version() == 0 ? "later" : "version " + act.version(),
                act.what() + " at " + act.at() + ", entry " + act.entry() + reach);
    }

    private static void line(PrintStream out, String name, String text) {
        out.printf("%-9s%s%n", name + " ", Shown.plain(text));
    }
}
