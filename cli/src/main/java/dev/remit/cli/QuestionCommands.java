package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.cli.terminal.QuestionCard;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remit pending}, {@code remit approve} and {@code remit deny}. */
final class QuestionCommands {
    private static final int COLUMNS = 100;

    private QuestionCommands() {}

    @Command(name = "pending", description = "show the calls that wait for a person's answer")
    static final class Pending implements Runnable {
        @Mixin private Where where = new Where();
        @Mixin private Shown shown = new Shown();

        @Override
        public void run() {
            Value questions = where.operator().act("questions/list", Value.Fields.EMPTY);
            shown.show(questions, out -> lines(out, questions));
        }
    }

    @Command(name = "approve", description = "say yes to a call that waits")
    static final class Approve implements Runnable {
        @Mixin private Where where = new Where();
        @Mixin private Shown shown = new Shown();

        @Parameters(paramLabel = "QUESTION")
        private String question = "";

        @Option(
                names = "--for-task",
                description = "not once, but as often as the task needs this very call")
        private boolean forTask;

        @Option(
                names = "--like-it",
                description = "calls like it, as often as the task needs them; see `remit pending`")
        private boolean likeIt;

        @Override
        public void run() {
            if (forTask && likeIt) {
                throw new CommandFailed("say --for-task or --like-it, not both");
            }
            answer(where, shown, question, forTask ? "for-task" : likeIt ? "like-it" : "once");
        }
    }

    @Command(name = "deny", description = "say no to a call that waits")
    static final class Deny implements Runnable {
        @Mixin private Where where = new Where();
        @Mixin private Shown shown = new Shown();

        @Parameters(paramLabel = "QUESTION")
        private String question = "";

        @Option(
                names = "--never",
                description = "and do not ask about this tool again for the task")
        private boolean never;

        @Override
        public void run() {
            answer(where, shown, question, never ? "never" : "no");
        }
    }

    private static void answer(Where where, Shown shown, String question, String verdict) {
        Value.Fields asked =
                Value.object().put("question", question).put("verdict", verdict).build();
        Value.Fields answered = (Value.Fields) where.operator().act("questions/answer", asked);
        shown.show(
                answered,
                out -> {
                    out.println(
                            Shown.plain(
                                    verdict
                                            + ": "
                                            + answered.text("tool").orElse("")
                                            + " "
                                            + answered.get("arguments")
                                                    .map(Value::json)
                                                    .orElse("")));
                    answered.items("more")
                            .forEach(
                                    more ->
                                            out.println(
                                                    Shown.plain(
                                                            "  from now on  "
                                                                    + ((Value.Text) more)
                                                                            .value())));
                });
    }

    private static void lines(PrintStream out, Value questions) {
        if (!(questions instanceof Value.Items(var all)) || all.isEmpty()) {
            out.println("nothing waits for an answer");
            return;
        }
        for (Value one : all) {
            if (one instanceof Value.Fields question) {
                out.println(Shown.plain(question.text("question").orElse("")));
                QuestionCard.of(question, COLUMNS).forEach(out::println);
                question.text("passkey_at")
                        .filter(page -> !page.isEmpty())
                        .ifPresent(
                                page ->
                                        out.println(
                                                "a yes needs your passkey: " + Shown.plain(page)));
                out.println();
            }
        }
    }
}
