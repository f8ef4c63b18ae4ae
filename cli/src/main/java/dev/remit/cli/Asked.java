package dev.remit.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A yes from whoever sits at the terminal; whoever is no terminal has nobody to ask. */
final class Asked {
    private Asked() {}

    /**
     * Asks, if there is a terminal.
     *
     * @throws CommandFailed with this reason if the answer is no
     */
    static void first(String question, String otherwise) {
        Optional<Console> terminal = terminal();
        if (terminal.isPresent() && !isYes(terminal.get(), question)) {
            throw new CommandFailed(otherwise);
        }
    }

    static boolean isYes(Console terminal, String question) {
        @Nullable String answer = terminal.readLine(question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** What it is without a terminal, null or not, differs between releases of Java. */
    @SuppressWarnings("SystemConsoleNull")
    static Optional<Console> terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
