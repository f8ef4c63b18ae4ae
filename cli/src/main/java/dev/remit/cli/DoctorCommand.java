package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Cosignature;
import dev.remit.main.ConfigRefused;
import dev.remit.main.Crypto;
import dev.remit.store.EmbeddedStore;
import dev.remit.tlog.WitnessSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code remit doctor}. */
@Command(name = "doctor", description = "what is wrong here, and how to mend it")
final class DoctorCommand implements Callable<Integer> {
    private static final long ENOUGH = 1L << 30;
    private static final Duration WITNESSES_TIME = Duration.ofSeconds(15);

    @Mixin private Where where = new Where();
    @Mixin private Shown shown = new Shown();

    private record Finding(boolean good, String what, String mend) {}

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                new Finding(
                        Runtime.version().feature() >= 25,
                        "Java " + Runtime.version().feature(),
                        "install JDK 25"));
        findings.add(
                Crypto.preferFast()
                        ? new Finding(true, "fast signatures", "")
                        : new Finding(true, "the JDK's own signatures; correct, but slower", ""));
        findings.add(configuration());
        findings.add(folder(where.data()));
        findings.add(room(where.data()));
        findings.add(gateway());
        findings.add(stopped());
        findings.addAll(witnesses(where.data()));
        shown.show(json(findings), out -> tell(out, findings));
        return findings.stream().allMatch(Finding::good) ? Exit.DONE : Exit.FOUND_WRONG;
    }

    private static Finding configuration() {
        try {
            int upstreams = UpCommand.config(null).upstreams().size();
            return new Finding(true, "the configuration can be read; upstreams: " + upstreams, "");
        } catch (ConfigRefused e) {
            return new Finding(
                    false, "the configuration cannot be used", String.valueOf(e.getMessage()));
        }
    }

    private static Finding folder(Path data) {
        if (!Files.exists(data)) {
            return new Finding(true, "no data folder yet; `remit up` makes " + data, "");
        }
        try {
            String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
            return new Finding(
                    rights.endsWith("------"),
                    "the data folder " + data + " is " + rights,
                    "chmod 700 " + data);
        } catch (IOException e) {
            return new Finding(
                    false, "the data folder " + data + " cannot be looked at", "check its owner");
        }
    }

    private static Finding room(Path data) {
        Path there = data;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            return new Finding(
                    free > ENOUGH,
                    (free >> 20) + " MiB free where the ledger is",
                    "make room: without it nothing can be written down, and so nothing is allowed");
        } catch (IOException e) {
            return new Finding(
                    false,
                    "the disk cannot be asked for its free space",
                    "check that it is mounted");
        }
    }

    private Finding gateway() {
        try {
            Operator operator = where.operator();
            operator.act("agents/list", Value.Fields.EMPTY);
            return new Finding(true, "a gateway answers at " + operator.gateway(), "");
        } catch (CommandFailed e) {
            return new Finding(true, "no gateway is running on this folder", "");
        }
    }

    /** Whether each witness that is configured has seen the newest of the ledger. */
    private static List<Finding> witnesses(Path data) {
        Path ledger = data.resolve(EmbeddedStore.LEDGER);
        List<Finding> findings = new ArrayList<>();
        for (WitnessSettings one : configured()) {
            Optional<Checkpoint> newest = note(ledger, "checkpoint").flatMap(Checkpoint::said);
            Optional<String> cosigned = note(ledger, "cosigned");
            Optional<Checkpoint> seen = cosigned.flatMap(Checkpoint::said);
            Optional<Cosignature> said =
                    seen.flatMap(what -> Cosignature.of(what, cosigned.orElse(""), one.key()));
            long size = said.isPresent() ? seen.map(Checkpoint::size).orElse(0L) : 0;
            long all = newest.map(Checkpoint::size).orElse(0L);
            findings.add(
                    new Finding(
                            size == all || isRecent(ledger.resolve("checkpoint")),
                            "the witness "
                                    + one.key().name()
                                    + " has cosigned "
                                    + size
                                    + " of "
                                    + all
                                    + " entries"
                                    + said.map(last -> ", at " + last.at()).orElse(""),
                            "start the gateway and look at /readyz, which says why not all"));
        }
        return findings;
    }

    /** Whether a witness may not have had the time to see it. */
    private static boolean isRecent(Path checkpoint) {
        try {
            Instant written = Files.getLastModifiedTime(checkpoint).toInstant();
            return written.plus(WITNESSES_TIME).isAfter(Instant.now());
        } catch (IOException e) {
            return false;
        }
    }

    private static List<WitnessSettings> configured() {
        try {
            return UpCommand.config(null).witnesses();
        } catch (ConfigRefused e) {
            return List.of(); // said before
        }
    }

    private static Optional<String> note(Path ledger, String name) {
        try {
            Path file = ledger.resolve(name);
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Finding stopped() {
        Value.Fields status = StopCommands.status(where);
        return new Finding(
                !status.flag("stopped"),
                StopCommands.said(status),
                "`remit resume`, once it is clear why");
    }

    private static Value json(List<Finding> findings) {
        List<Value> items = new ArrayList<>();
        for (Finding finding : findings) {
            items.add(
                    Value.object()
                            .put("good", finding.good())
                            .put("what", finding.what())
                            .put("mend", finding.mend())
                            .build());
        }
        return new Value.Items(items);
    }

    private static void tell(PrintStream out, List<Finding> findings) {
        for (Finding finding : findings) {
            out.println((finding.good() ? "✓ " : "✗ ") + finding.what());
            if (!finding.good()) {
                out.println("    mend: " + finding.mend());
            }
        }
    }
}
