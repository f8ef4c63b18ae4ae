package dev.remit.decision;

/** How much being refused for a reason counts against whoever asked. */
public enum Weight {
    NONE(0, 0),
    /** Nothing wrong at first, but going on with it is. */
    REPEATED(0, 1),
    /** Trying what the task does not include; whether the tool exists makes no difference. */
    OVERSTEP(1, 2),
    /** Taking what was given to somebody else. */
    TRESPASS(3, 5);

    /** From this time on that the very same call is refused for the same reason, it is a loop. */
    public static final long LOOP = 3;

    private final long atFirst;
    private final long inALoop;

    Weight(long atFirst, long inALoop) {
        this.atFirst = atFirst;
        this.inALoop = inALoop;
    }

    public long atFirst() {
        return atFirst;
    }

    public long inALoop() {
        return inALoop;
    }

    /** What one refusal counts if it is this one in a row. */
    public long at(long times) {
        return times < LOOP ? atFirst : inALoop;
    }
}
