package dev.remit.cli.terminal;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.ledger.LogReader;
import dev.remit.ledger.told.Line;
import dev.remit.ledger.told.Line.What;
import dev.remit.ledger.told.Lines;
import dev.remit.ledger.told.Telling;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What goes on, a line for each thing as soon as the ledger has it: a call when it is decided and
 * again when it has ended.
 */
public final class Watch {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int KEPT = 10_000; // calls under way are among them
    private static final long READ_BACK = 4; // entries for each line that is asked for

    private final LogReader log;
    private final Function<AgentId, String> names;
    private final Predicate<Line> wanted;
    private final boolean json;
    private final PrintStream out;
    private final Map<AgentId, String> known = new HashMap<>();
    private final DateTimeFormatter time;
    private Lines lines = noLines();
    private long next;

    /**
     * @param names what an agent is called
     * @param wanted which lines are shown
     * @param json each as a JSON object on a line of its own
     */
    public Watch(
            LogReader log,
            Function<AgentId, String> names,
            Predicate<Line> wanted,
            boolean json,
            ZoneId zone,
            PrintStream out) {
        this.log = log;
        this.names = names;
        this.wanted = wanted;
        this.json = json;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(zone);
        this.out = out;
    }

    /**
     * Shows the last ones there are.
     *
     * @param most how many
     */
    public void past(int most) {
        long size = log.size();
        next = size;
        List<Line> last = new ArrayList<>();
        for (long back = Math.max(1, most) * READ_BACK; last.size() < most; back *= 4) {
            long from = Math.max(0, size - back);
            last.clear();
            lines = noLines();
            read(from, last);
            if (from == 0) {
                break;
            }
        }
        last.subList(Math.max(0, last.size() - most), last.size()).forEach(this::show);
        out.flush();
    }

    /** Follows the log until nobody takes what is said, or the thread is interrupted. */
    public void follow() throws InterruptedException {
        while (!out.checkError()) {
            List<Line> more = new ArrayList<>();
            read(next, more);
            more.forEach(this::show);
            out.flush();
            Thread.sleep(PAUSE);
        }
    }

    private void read(long from, List<Line> into) {
        log.read(
                from,
                entry -> {
                    lines.add(entry).filter(wanted).ifPresent(into::add);
                    next = entry.index() + 1;
                    return true;
                });
    }

    private static Lines noLines() {
        return new Lines(new Telling(_ -> Optional.empty()), KEPT);
    }

    private void show(Line line) {
        out.println(json ? write(line).json() : plain(line));
    }

    private String name(AgentId id) {
        return known.computeIfAbsent(id, names);
    }

    private String plain(Line line) {
        String agent = line.agent().map(this::name).orElse("-");
        return switch (line.what()) {
            case What.OfCall call ->
                    String.format(
                            "%s  %-8s  %s  %s  %s  %s",
                            time.format(line.at()),
                            word(call),
                            Quotation.of(agent),
                            Quotation.of(call.tool().toString()),
                            Quotation.of(why(call)),
                            call.call().text());
            case What.Other(String kind, String said) ->
                    String.format(
                            "%s  %-8s  %s  %s",
                            time.format(line.at()), kind, Quotation.of(agent), Quotation.of(said));
        };
    }

    private static String word(What.OfCall call) {
        return call.end()
                .map(
                        end ->
                                switch (end) {
                                    case Line.End.Over(var how, _) ->
                                            how.name().toLowerCase(Locale.ROOT);
                                    case Line.End.Questioned() -> "question";
                                })
                .orElseGet(() -> call.decided().name().toLowerCase(Locale.ROOT));
    }

    private static String why(What.OfCall call) {
        return call.end()
                .map(
                        end ->
                                switch (end) {
                                    case Line.End.Over(_, Duration took) ->
                                            "after " + took.toMillis() + " ms";
                                    case Line.End.Questioned() -> "of the upstream";
                                })
                .orElseGet(call::because);
    }

    private Value.Fields write(Line line) {
        Value.Building written =
                Value.object().put("entry", line.entry()).put("at", line.at().toString());
        line.agent().ifPresent(id -> written.put("agent", id.text()).put("agent_name", name(id)));
        line.mandate().ifPresent(id -> written.put("mandate", id.text()));
        switch (line.what()) {
            case What.OfCall call -> {
                written.put("kind", "call")
                        .put("call", call.call().text())
                        .put("tool", call.tool().toString())
                        .put("decision", call.decided().name().toLowerCase(Locale.ROOT))
                        .put("because", call.because());
                call.end().ifPresent(end -> ended(end, written));
            }
            case What.Other(String kind, String said) ->
                    written.put("kind", kind).put("said", said);
        }
        return written.build();
    }

    private static void ended(Line.End end, Value.Building written) {
        switch (end) {
            case Line.End.Over(var how, Duration took) ->
                    written.put("end", how.name().toLowerCase(Locale.ROOT))
                            .put("took_ms", took.toMillis());
            case Line.End.Questioned() -> written.put("end", "asked");
        }
    }
}
