package dev.remit.cli.terminal;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.cli.CommandFailed;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The questions that wait, one after the other, answered with keys. A key answers the question that
 * is shown and no other: what comes meanwhile waits, and what was pressed before it was shown does
 * not count.
 */
public final class Inbox {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** So long a question stands there before a yes to it counts. */
    static final Duration READING = Duration.ofMillis(500);

    private final BiFunction<String, Value.Fields, Value> acts;
    private final Keys keys;
    private final PrintStream out;
    private final InstantSource clock;
    private final Set<String> told = new HashSet<>();
    private List<Value.Fields> waiting = List.of();
    private Optional<Value.Fields> shown = Optional.empty();
    private Instant shownAt = Instant.MIN;
    private Instant looked = Instant.MIN;
    private String last = "";

    /**
     * @param acts the operator's
     */
    public Inbox(
            BiFunction<String, Value.Fields, Value> acts,
            Keys keys,
            PrintStream out,
            InstantSource clock) {
        this.acts = acts;
        this.keys = keys;
        this.out = out;
        this.clock = clock;
    }

    /** Stays open until whoever sits there ends it. */
    public void run() throws InterruptedException {
        boolean going = true;
        while (going) {
            if (!clock.instant().isBefore(looked.plus(BETWEEN_LOOKS))) {
                look();
            }
            Optional<Character> key = keys.next(BETWEEN_LOOKS);
            going = key.isEmpty() || press(key.get());
        }
    }

    private void look() {
        looked = clock.instant();
        try {
            List<Value.Fields> now = new ArrayList<>();
            if (acts.apply("questions/list", Value.Fields.EMPTY) instanceof Value.Items(var all)) {
                all.forEach(
                        one -> {
                            if (one instanceof Value.Fields question) {
                                now.add(question);
                            }
                        });
            }
            waiting = now;
        } catch (CommandFailed e) {
            say("The gateway does not answer; this goes on as soon as it does.");
            return;
        }
        if (shown.isPresent() && place().isEmpty()) {
            say("This one does not wait any more: it was answered elsewhere, or is too old.");
            shown = Optional.empty();
        }
        if (shown.isEmpty()) {
            first();
        } else {
            long more = waiting.stream().map(Inbox::id).filter(told::add).count();
            if (more > 0) {
                say(more + " more; " + waiting.size() + " wait now.");
            }
        }
    }

    /** The place of what is shown among those that wait. */
    private Optional<Integer> place() {
        for (int at = 0; at < waiting.size(); at++) {
            if (shown.map(Inbox::id).equals(Optional.of(id(waiting.get(at))))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private void first() {
        if (waiting.isEmpty()) {
            say("Nothing waits for an answer. This stays open; q ends it.");
        } else {
            show(0);
        }
    }

    private void show(int at) {
        Value.Fields question = waiting.get(at);
        waiting.forEach(one -> told.add(id(one)));
        last = "";
        shown = Optional.of(question);
        out.println("-".repeat(keys.columns()));
        out.println((at + 1) + " of " + waiting.size() + ", the gravest first");
        List<String> card = QuestionCard.of(question, keys.columns());
        boolean whole = QuestionCard.isShown(question, keys.columns());
        if (whole) {
            card.forEach(out::println);
        } else {
            card.stream().limit(20).forEach(out::println);
            out.println("… too long to be looked through here; `remit pending` has all of it.");
        }
        out.println();
        String yes = "y yes, this once   ";
        if (question.flag("widens")) {
            yes += "t yes, for the task   l yes, anything like it";
        }
        passkeyAt(question)
                .ifPresentOrElse(
                        page -> {
                            out.println("A yes to this cannot be undone and needs your passkey:");
                            out.println("  " + Quotation.of(page));
                        },
                        () -> {});
        if (passkeyAt(question).isEmpty() && whole) {
            out.println(yes.strip());
        }
        String stop = question.flag("own") ? "   S no, and stop the agent" : "";
        out.println("n no   N no, and do not ask about this tool again" + stop);
        out.println("j next   k back   q end");
        out.flush();
        keys.forget();
        shownAt = clock.instant();
    }

    private static Optional<String> passkeyAt(Value.Fields question) {
        return question.text("passkey_at").filter(page -> !page.isEmpty());
    }

    private static String id(Value.Fields question) {
        return question.text("question").orElse("");
    }

    /** Does what the key says; false if that is to end. */
    private boolean press(char key) {
        switch (key) {
            case 'q', 0x04 -> {
                return false;
            }
            case 'j' -> go(1);
            case 'k' -> go(-1);
            case 'y' -> yes("once");
            case 't' -> yes("for-task");
            case 'l' -> yes("like-it");
            case 'n' -> answer("no");
            case 'N' -> answer("never");
            case 'S' -> answer("stop");
            default -> {
                // it means nothing here
            }
        }
        return true;
    }

    private void go(int step) {
        if (!waiting.isEmpty()) {
            show(Math.floorMod(place().orElse(0) + step, waiting.size()));
        }
    }

    private void yes(String verdict) {
        if (shown.isEmpty() || clock.instant().isBefore(shownAt.plus(READING))) {
            return;
        }
        Value.Fields question = shown.get();
        Optional<String> page = passkeyAt(question);
        if (page.isPresent()) {
            say("A yes to this needs your passkey, at " + Quotation.of(page.get()));
        } else if (!QuestionCard.isShown(question, keys.columns())) {
            say("What was not shown whole is not approved here; `remit approve` can.");
        } else if (!verdict.equals("once") && !question.flag("widens")) {
            say("A rule wants a yes to each such call; y says it to this one.");
        } else {
            answer(verdict);
        }
    }

    private void answer(String verdict) {
        if (shown.isEmpty()) {
            return;
        }
        Value.Fields asked =
                Value.object().put("question", id(shown.get())).put("verdict", verdict).build();
        try {
            Value answered = acts.apply("questions/answer", asked);
            say("Answered: " + verdict + ".");
            if (answered instanceof Value.Fields fields) {
                fields.items("more").forEach(this::more);
            }
        } catch (CommandFailed e) {
            say("Not done: " + Quotation.of(String.valueOf(e.getMessage())) + ".");
            return;
        }
        shown = Optional.empty();
        last = "";
        look();
    }

    /** What the answer lets through from now on. */
    private void more(Value permission) {
        if (permission instanceof Value.Text(String words)) {
            Quoted.lines(words, keys.columns() - 4).forEach(line -> out.println("  | " + line));
        }
    }

    /** Says something once, until something else was said. */
    private void say(String what) {
        if (!what.equals(last)) {
            out.println(what);
            out.flush();
        }
        last = what;
    }
}
