package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.cli.terminal.Watch;
import dev.remit.identity.AgentId;
import dev.remit.ledger.told.Line;
import dev.remit.store.Archive;
import java.time.ZoneId;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code remit watch}: reads the ledger itself; a running gateway tells what agents are called. */
@Command(name = "watch", description = "what goes on, a line for each call as it is decided")
final class WatchCommand implements Runnable {
    private static final int MOST = 10_000;

    /** What is of no interest to a person who looks: agents renew their tokens all the time. */
    private static final String TOKEN = "token";

    @Mixin private Where where = new Where();
    @Mixin private Shown shown = new Shown();

    @Option(names = "--agent", paramLabel = "AGENT", description = "only of this agent")
    private String agent = "";

    @Option(names = "--mandate", paramLabel = "MANDATE", description = "only under this mandate")
    private String mandate = "";

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "begin with so many that were before (${DEFAULT-VALUE})")
    private int last = 20;

    @Option(names = "--once", description = "and end with these")
    private boolean once;

    @Override
    public void run() {
        if (last < 0 || last > MOST) {
            throw new CommandFailed("--last is 0 to " + MOST);
        }
        Watch watch =
                new Watch(
                        Archive.of(where.data()),
                        this::name,
                        wanted(),
                        shown.isJson(),
                        ZoneId.systemDefault(),
                        System.out);
        watch.past(last);
        if (!once) {
            try {
                watch.follow();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Predicate<Line> wanted() {
        Predicate<Line> all =
                line ->
                        !(line.what() instanceof Line.What.Other other
                                && other.kind().equals(TOKEN));
        if (!agent.isEmpty()) {
            AgentId only = agent();
            all = all.and(line -> line.agent().filter(only::equals).isPresent());
        }
        if (!mandate.isEmpty()) {
            all =
                    all.and(
                            line ->
                                    line.mandate()
                                            .filter(id -> id.text().equals(mandate))
                                            .isPresent());
        }
        return all;
    }

    /** By its id, or by its name if a gateway runs that knows it. */
    private AgentId agent() {
        String id = where.isQuiet() ? agent : show(agent).text("agent").orElse(agent);
        try {
            return new AgentId(id);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "`"
                            + Shown.plain(agent)
                            + "` is no agent's id, and no gateway runs that knows"
                            + " its name");
        }
    }

    private String name(AgentId id) {
        if (where.isQuiet()) {
            return id.text();
        }
        try {
            return show(id.text()).text("name").orElse(id.text());
        } catch (CommandFailed e) {
            return id.text();
        }
    }

    private Value.Fields show(String which) {
        Value.Fields asked = Value.object().put("agent", which).build();
        return (Value.Fields) where.operator().act("agents/show", asked);
    }
}
