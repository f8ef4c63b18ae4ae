package dev.remit.bench.grants;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What agents may do, and what some of them ask. Every agent has ten grants, each for a tool and a
 * folder of its own; a thousand agents are at work, as many as there are if there are fewer.
 */
record Workload(int grants) {
    static final int EACH = 10;
    static final int REQUESTS = 4_096;
    private static final int AT_WORK = 1_000;

    /** One tool in one folder, for one agent. */
    record Grant(int agent, int number) {
        String tool() {
            return "tool" + number;
        }

        String folder() {
            return "/p" + agent + "/" + number;
        }

        /** A file in the folder. */
        String file() {
            return folder() + "/2026/notes.md";
        }
    }

    int agents() {
        return grants / EACH;
    }

    Iterable<Grant> all() {
        return () ->
                java.util.stream.IntStream.range(0, grants)
                        .mapToObj(i -> new Grant(i / EACH, i % EACH))
                        .iterator();
    }

    /** The grants whose use is asked for, one after the other. All of them are allowed. */
    List<Grant> asked() {
        Random dice = new Random(7);
        int[] working = dice.ints(Math.min(AT_WORK, agents()), 0, agents()).toArray();
        List<Grant> asked = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            asked.add(new Grant(working[dice.nextInt(working.length)], dice.nextInt(EACH)));
        }
        return asked;
    }
}
