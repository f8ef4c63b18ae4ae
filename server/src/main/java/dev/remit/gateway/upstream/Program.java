package dev.remit.gateway.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child process: started with an environment of its own, its error output drained into the log,
 * and stopped the way the protocol says (input closed, then asked, then killed).
 */
final class Program {
    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TMPDIR");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_LINE = 1_000;
    private static final int MOST_LINES = 200;

    private final UpstreamSettings.Stdio settings;
    private final Process process;
    private final Mask mask;

    private Program(UpstreamSettings.Stdio settings, Process process) {
        this.settings = settings;
        this.process = process;
        this.mask = Mask.of(settings.hidden());
    }

    static Program start(UpstreamSettings.Stdio settings, Map<String, String> own)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(settings.command());
        command.addAll(settings.arguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        settings.folder().ifPresent(folder -> builder.directory(folder.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment(settings, own));
        Program program = new Program(settings, builder.start());
        Thread.ofPlatform()
                .daemon()
                .name("upstream-" + settings.name() + "-errors")
                .start(program::drainErrors);
        return program;
    }

    /** What of the gateway's own environment a child gets, and what the settings add. */
    static Map<String, String> environment(
            UpstreamSettings.Stdio settings, Map<String, String> own) {
        Map<String, String> environment = new TreeMap<>();
        for (String name : INHERITED) {
            String value = own.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putAll(settings.environment());
        return environment;
    }

    Process process() {
        return process;
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** The first lines go to the log, without the secrets the child was given; the rest is read. */
    private void drainErrors() {
        int[] lines = {0};
        try {
            new LineReader(
                            process.getErrorStream(),
                            LONGEST_LINE * 8,
                            line -> {
                                if (lines[0]++ < MOST_LINES) {
                                    LOG.info("{}: {}", settings.name(), shown(line));
                                }
                            },
                            () -> lines[0]++)
                    .read();
        } catch (IOException e) {
            LOG.debug("{}: its error output broke off", settings.name(), e);
        }
        if (lines[0] > MOST_LINES) {
            LOG.info("{}: {} more lines are not shown", settings.name(), lines[0] - MOST_LINES);
        }
    }

    private String shown(byte[] line) {
        String said = new String(line, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        String text = mask.text(said);
        for (String secret : settings.environment().values()) {
            if (secret.length() >= 6) {
                text = text.replace(secret, "***");
            }
        }
        return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
    }

    /** Stops the process and what it started; returns when they are gone. */
    void stop() {
        List<ProcessHandle> all = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("{}: its input was closed already", settings.name(), e);
        }
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                all.forEach(ProcessHandle::destroy);
                if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("{} does not stop when asked; it is killed", settings.name());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
