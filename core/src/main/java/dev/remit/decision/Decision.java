package dev.remit.decision;

import dev.remit.mandate.Permission;

/** What the judge says of a case. Only the judge makes one. */
public sealed interface Decision {
    Case file();

    /** The call may be made, by this permission. */
    final class Allow implements Decision {
        private final Case file;
        private final Permission by;
        private final long round;

        Allow(Case file, Permission by, long round) {
            this.file = file;
            this.by = by;
            this.round = round;
        }

        @Override
        public Case file() {
            return file;
        }

        public Permission by() {
            return by;
        }

        /** Which round of its call this is; only the first spends a use. */
        public long round() {
            return round;
        }
    }

    /**
     * The call is not made. {@code detail} says what was wrong with this call, in words that help
     * the agent.
     */
    record Refuse(Case file, Refusal refusal, String detail) implements Decision {}
}
