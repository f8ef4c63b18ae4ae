package dev.remit.console;

import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.http.WebServer;
import dev.remit.identity.PersonId;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.told.Line;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps open pages up to date with server-sent events: one stream for each, a bounded number of
 * them, and nothing that is kept for a page but its place in the {@link Chronicle}.
 */
final class LiveDesk {
    static final String PATH = "/live";

    /** How many streams there may be, of all and of one person. */
    static final int MOST = 512;

    static final int MOST_OF_ONE = 32;

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1); // at who has signed in
    private static final Duration BETWEEN_STATES = Duration.ofMillis(500);
    private static final int MOST_LINES = 40;
    private static final String MISSED =
            "Too much happened at once to show each call; what you see now is the present state.";

    private final ConsoleEdge.Tools tools;
    private final Chronicle chronicle;
    private final Present present;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<PersonId, Integer> openOf = new ConcurrentHashMap<>();

    LiveDesk(ConsoleEdge.Tools tools, Chronicle chronicle, Present present) {
        this.tools = tools;
        this.chronicle = chronicle;
        this.present = present;
    }

    /** How many streams are open. */
    int open() {
        return open.get();
    }

    void stream(Exchange exchange) {
        SignIns signIns = tools.signIns();
        if (!exchange.headers("Sec-Fetch-Site").stream().allMatch("same-origin"::equals)) {
            signIns.turnAway(exchange, TurnedAway.FOREIGN_ORIGIN);
            return;
        }
        Optional<Viewer> viewer = signIns.watching(exchange).map(Viewer::new);
        if (viewer.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.NOT_SIGNED_IN);
            return;
        }
        PersonId id = viewer.get().who().person().id();
        boolean room = open.incrementAndGet() <= MOST;
        try {
            if (openOf.merge(id, 1, Integer::sum) <= MOST_OF_ONE && room) {
                serve(exchange, viewer.get());
            } else {
                exchange.answer(503, WebServer.problem("too many pages are open"));
            }
        } finally {
            open.decrementAndGet();
            openOf.computeIfPresent(id, (_, many) -> many > 1 ? many - 1 : null);
        }
    }

    private void serve(Exchange exchange, Viewer viewer) {
        Map<String, String> headers = new LinkedHashMap<>(Page.HEADERS);
        headers.put("Content-Type", "text/event-stream");
        Exchange.Streamed out = exchange.stream(200, headers);
        try {
            Open page = new Open(exchange, out, viewer);
            boolean going = page.begin();
            while (going) {
                going = page.tell();
            }
        } catch (LedgerUnavailable e) {
            out.write(event("over", said("The lists cannot be read now. Load the page again.")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the gateway is stopping
        }
        out.end();
    }

    /** A page that is being told: its place, and what it was told last. */
    private final class Open {
        private final Exchange exchange;
        private final Exchange.Streamed out;
        private Viewer viewer;
        private long place = chronicle.place();
        private Instant looked = tools.clock().instant(); // at who has signed in
        private Instant stated = looked;
        private boolean owed; // whether something has happened since

        Open(Exchange exchange, Exchange.Streamed out, Viewer viewer) {
            this.exchange = exchange;
            this.out = out;
            this.viewer = viewer;
        }

        boolean begin() {
            return out.write(event("", whole(viewer, "Live.")));
        }

        /** Waits for the next thing and tells it; false if the page is gone, or must not see it. */
        boolean tell() throws InterruptedException {
            Chronicle.Batch batch = chronicle.since(place, owed ? BETWEEN_STATES : QUIET);
            place = batch.place();
            Instant now = tools.clock().instant();
            if (!now.isBefore(looked.plus(BETWEEN_LOOKS))) {
                looked = now;
                Optional<Viewer> still = tools.signIns().watching(exchange).map(Viewer::new);
                if (still.isEmpty()) {
                    out.write(event("over", said("You are signed out.")));
                    return false;
                }
                viewer = still.get();
            }
            boolean quiet = batch.lines().isEmpty(); // time changes things, too
            boolean state = quiet || !now.isBefore(stated.plus(BETWEEN_STATES));
            owed = !state;
            if (state) {
                stated = now;
            }
            return out.write(
                    event(
                            "",
                            batch.missed()
                                    ? whole(viewer, MISSED)
                                    : news(viewer, batch.lines(), state, now)));
        }
    }

    private Value whole(Viewer viewer, String status) {
        Value.Building all = Value.object();
        present.whole(viewer, tools.clock().instant())
                .forEach((part, rows) -> all.put(part, written(rows)));
        return Value.object().put("all", all.build()).put("status", status(status)).build();
    }

    private String status(String usual) {
        return chronicle.trouble().isEmpty() ? usual : chronicle.trouble();
    }

    private Value news(Viewer viewer, List<Line> lines, boolean state, Instant now) {
        List<Value> lately = new ArrayList<>();
        List<Value> refused = new ArrayList<>();
        List<Line> seen = lines.stream().filter(viewer::sees).toList();
        seen.stream()
                .filter(one -> one.call().isPresent())
                .skip(Math.max(0, seen.size() - MOST_LINES))
                .forEach(
                        one -> {
                            lately.add(present.html().row("l", one).json());
                            if (one.is(Line.Decided.REFUSED)) {
                                refused.add(present.html().row("r", one).json());
                            }
                        });
        Value.Building said =
                Value.object()
                        .put(
                                "add",
                                Value.object()
                                        .put(Present.LATELY, new Value.Items(lately))
                                        .put(Present.REFUSALS, new Value.Items(refused))
                                        .build());
        if (state) {
            Value.Building all = Value.object();
            present.state(viewer, now).forEach((part, rows) -> all.put(part, written(rows)));
            said.put("all", all.build()).put("status", status("Live."));
        }
        return said.build();
    }

    private static Value written(List<Html> rows) {
        return new Value.Items(rows.stream().map(Html::json).toList());
    }

    private static Value said(String status) {
        return Value.object().put("status", status).build();
    }

    private static byte[] event(String name, Value data) {
        String named = name.isEmpty() ? "" : "event: " + name + "\n";
        return (named + "data: " + data.json() + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
