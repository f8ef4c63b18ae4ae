package dev.remit.decision;

/**
 * The organisation's rules, which stand above every mandate. They are read beforehand and do not
 * change: the same circumstances always get the same opinion.
 */
public interface Rules {
    /** What they say of a call. It never throws: what cannot be judged has failed. */
    Opinion of(Circumstances call);

    /**
     * What the ceilings among them say of giving a mandate for this tool, as far as can be told.
     */
    Opinion ofGiving(Circumstances giving);

    /** An organisation that has none. */
    static Rules none() {
        return new Rules() {
            @Override
            public Opinion of(Circumstances call) {
                return Opinion.SILENT;
            }

            @Override
            public Opinion ofGiving(Circumstances giving) {
                return Opinion.SILENT;
            }
        };
    }
}
