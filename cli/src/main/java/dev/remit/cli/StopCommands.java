package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import dev.remit.operator.StopFile;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code remit stop}, {@code resume} and {@code status}: they work when the store does not. */
final class StopCommands {
    private static final long DISK_SECONDS = 3;

    private StopCommands() {}

    @Command(name = "stop", description = "stops every agent at once, and calls under way with it")
    static final class Stop implements Callable<Integer> {
        @Mixin private Where where = new Where();
        @Mixin private Shown shown = new Shown();

        @Option(names = "--why", paramLabel = "WORDS", description = "what agents and the log say")
        private String why = "";

        @Override
        public Integer call() {
            StopFile file = new StopFile(where.data());
            boolean written = isWritten(file, why);
            Optional<Value.Fields> answer = Optional.empty();
            String silence = "";
            try {
                answer = asked(where, "stop", Value.object().put("why", why).build());
            } catch (CommandFailed e) {
                silence = String.valueOf(e.getMessage());
            }
            if (answer.isEmpty() && !written) {
                throw new CommandFailed(
                        "nothing was stopped: "
                                + file.path()
                                + " cannot be written, and "
                                + silence
                                + "; end the gateway's process");
            }
            boolean lasts = written || answer.filter(one -> one.flag("lasts")).isPresent();
            Value.Building said =
                    Value.object()
                            .put("stopped", true)
                            .put("confirmed", answer.isPresent())
                            .put("lasts", lasts)
                            .put("file", file.path().toString());
            boolean confirmed = answer.isPresent();
            shown.show(
                    said.build(),
                    out -> {
                        out.println(
                                confirmed
                                        ? "All agents are stopped; calls under way were cut short."
                                        : "The stop is in "
                                                + file.path()
                                                + ": a gateway that runs on this folder sees it"
                                                + " within a quarter of a second, and one that is"
                                                + " started begins stopped. None answered.");
                        if (!lasts) {
                            out.println(
                                    "The file "
                                            + file.path()
                                            + " cannot be written: after a restart they would go"
                                            + " on.");
                        }
                        out.println("`remit resume` lets them go on.");
                    });
            return Exit.DONE;
        }
    }

    @Command(name = "resume", description = "lets agents go on that `remit stop` stopped")
    static final class Resume implements Callable<Integer> {
        @Mixin private Where where = new Where();
        @Mixin private Shown shown = new Shown();

        @Override
        public Integer call() {
            StopFile file = new StopFile(where.data());
            if (file.read().isEmpty() && where.isQuiet()) {
                throw new CommandFailed("nothing is stopped on " + where.data());
            }
            if (where.isQuiet()) {
                try {
                    file.remove();
                } catch (IOException e) {
                    throw new CommandFailed("the file " + file.path() + " cannot be removed: " + e);
                }
            } else {
                Optional<Value.Fields> _ = asked(where, "resume", Value.Fields.EMPTY);
            }
            shown.show(
                    Value.object().put("stopped", false).build(),
                    out -> out.println("Agents may go on."));
            return Exit.DONE;
        }
    }

    @Command(
            name = "status",
            description = "whether a gateway runs here, and whether it is stopped")
    static final class Status implements Callable<Integer> {
        @Mixin private Where where = new Where();
        @Mixin private Shown shown = new Shown();

        @Override
        public Integer call() {
            Value.Fields status = status(where);
            shown.show(status, out -> tell(out, status));
            return status.flag("running") && status.text("trouble").isEmpty()
                    ? Exit.DONE
                    : Exit.FOUND_WRONG;
        }

        private static void tell(PrintStream out, Value.Fields status) {
            out.println(
                    status.text("gateway")
                            .map(at -> "A gateway answers at " + at + ".")
                            .orElse("No gateway answers on this folder."));
            out.println(said(status));
            status.text("trouble").ifPresent(why -> out.println("Nothing can be written: " + why));
            status.whole("calls").ifPresent(calls -> out.println("Calls under way: " + calls));
        }
    }

    /** What a gateway says of itself; of the folder alone, if none answers. */
    static Value.Fields status(Where where) {
        try {
            return asked(where, "status", Value.Fields.EMPTY)
                    .orElse(Value.Fields.EMPTY)
                    .with("running", Value.of(true))
                    .with("gateway", Value.of(where.operator().gateway().toString()));
        } catch (CommandFailed e) {
            Optional<StopSwitch.Stop> stop = new StopFile(where.data()).read();
            return Value.object()
                    .put("running", false)
                    .put("stopped", stop.isPresent())
                    .putIf("since", stop.map(one -> Value.of(one.since().toString())))
                    .putIf("by", stop.map(one -> Value.of(one.by())))
                    .putIf("why", stop.map(one -> Value.of(one.why())))
                    .build();
        }
    }

    static String said(Value.Fields status) {
        if (!status.flag("stopped")) {
            return "Agents are not stopped.";
        }
        String why =
                status.text("why").filter(one -> !one.isEmpty()).map(one -> ": " + one).orElse("");
        return "All agents are stopped since "
                + status.text("since").orElse("?")
                + ", by "
                + status.text("by").orElse("?")
                + Shown.plain(why)
                + ".";
    }

    private static Optional<Value.Fields> asked(Where where, String act, Value.Fields what) {
        return where.operator().act(act, what) instanceof Value.Fields fields
                ? Optional.of(fields)
                : Optional.empty();
    }

    /** Whether the file could be written; a disk that hangs is one that cannot be written. */
    private static boolean isWritten(StopFile file, String why) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        StopSwitch.Stop stop = new StopSwitch.Stop(Instant.now(), "operator", why);
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                file.write(stop);
                                done.complete(true);
                            } catch (IOException e) {
                                done.complete(false);
                            }
                        });
        try {
            return done.get(DISK_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
