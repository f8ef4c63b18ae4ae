package dev.remit.cli.demo;

import java.io.PrintStream;

/** Tells the story as it happens, and keeps count of what did not happen as it should. */
final class Stage {
    private final PrintStream out;
    private int wrong;

    Stage(PrintStream out) {
        this.out = out;
    }

    void scene(String title) {
        out.println();
        out.println(title);
    }

    void says(String line) {
        out.println("    " + line);
    }

    /** One thing that must have happened. */
    void sees(boolean happened, String what) {
        out.println((happened ? "  ✓ " : "  ✗ ") + what);
        if (!happened) {
            wrong++;
        }
    }

    int wrong() {
        return wrong;
    }
}
