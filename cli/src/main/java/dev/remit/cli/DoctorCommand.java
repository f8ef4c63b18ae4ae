package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.main.ConfigRefused;
import dev.remit.main.Crypto;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code remit doctor}. */
@Command(name = "doctor", description = "what is wrong here, and how to mend it")
final class DoctorCommand implements Callable<Integer> {
    private static final long ENOUGH = 1L << 30;

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
