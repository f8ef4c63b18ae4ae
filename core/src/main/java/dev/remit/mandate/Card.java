package dev.remit.mandate;

import dev.remit.call.Pin;
import java.util.List;
import java.util.Optional;

/**
 * A mandate as a person understands it in three seconds: the task, who, what the agent may, until
 * when and how much, what it may not, and what is asked. The same on the terminal and on each page.
 *
 * @param understood what the task is understood to ask for
 * @param from what it was made from, if not from its giver's words alone
 * @param until when it ends, and how much it is good for until then, a phrase each
 * @param mayNot what is notable by its absence, a phrase each
 */
public record Card(
        String task,
        Understood understood,
        String giver,
        String agent,
        Optional<String> from,
        List<Reach> may,
        List<String> until,
        List<String> mayNot,
        String asks) {
    public Card {
        may = List.copyOf(may);
        until = List.copyOf(until);
        mayNot = List.copyOf(mayNot);
    }

    /**
     * How the task is understood.
     *
     * @param asks what it asks for; what else has an effect is asked about
     * @param plan the same line by line, each with the words that led to it
     */
    public record Understood(String asks, List<String> plan) {
        public Understood {
            plan = List.copyOf(plan);
        }
    }

    /** What it lets the agent do at one upstream. */
    public record Reach(String upstream, List<Line> lines) {
        public Reach {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One permission.
     *
     * @param permission its name within the mandate
     * @param tools what may be called: a tool, or several
     * @param terms what it asks of a call, a phrase each
     */
    public record Line(String permission, String tools, Kind kind, List<String> terms) {
        public Line {
            terms = List.copyOf(terms);
        }
    }

    /** What calls of a tool do, as far as it is known. */
    public enum Kind {
        /** An operator said so. */
        READS("reads"),
        /** Its server says so, which nobody has checked. */
        SAID_TO_READ("only reads, says its server"),
        /** It may change or send things. */
        ACTS("may change or send things"),
        /** No such tool is known here. */
        UNKNOWN("nothing like it is known here yet");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For a person. */
        public String words() {
            return words;
        }

        /** Of a tool as it is pinned. */
        public static Kind of(Pin pin) {
            if (pin.reads()) {
                return READS;
            }
            boolean said =
                    pin.definition()
                            .fields("annotations")
                            .filter(hints -> hints.flag("readOnlyHint"))
                            .isPresent();
            return said ? SAID_TO_READ : ACTS;
        }
    }

    /** The line of this permission. */
    public Optional<Line> line(String permission) {
        return may.stream()
                .flatMap(reach -> reach.lines().stream())
                .filter(one -> one.permission().equals(permission))
                .findFirst();
    }
}
