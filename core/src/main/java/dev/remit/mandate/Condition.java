package dev.remit.mandate;

import dev.remit.call.Value;

/** What must have been done under the mandate before, or must not. Every test is total. */
public sealed interface Condition {
    /**
     * Whether one more call may be made.
     *
     * @param used how often the permission has been used
     */
    boolean holds(History history, long used);

    /** This condition as a person would say it after “only”. */
    String said();

    /** Only after a call of one of these tools has succeeded. */
    record After(Glob tools) implements Condition {
        @Override
        public boolean holds(History history, long used) {
            return history.succeeded(tools) > 0;
        }

        @Override
        public String said() {
            return "after " + tools.text() + " has succeeded";
        }
    }

    /** At most so many times for each call of these tools that has succeeded. */
    record Per(Glob tools, long most) implements Condition {
        public Per {
            if (most < 1 || most > 1_000_000) {
                throw new IllegalArgumentException("`most` is 1 to 1,000,000");
            }
        }

        @Override
        public boolean holds(History history, long used) {
            long succeeded = history.succeeded(tools);
            return used / most < succeeded;
        }

        @Override
        public String said() {
            return (most == 1 ? "once" : most + " times")
                    + " for each time that "
                    + tools.text()
                    + " has succeeded";
        }
    }

    /** Not once one of these tools was called, whatever became of it. */
    record NotAfter(Glob tools) implements Condition {
        @Override
        public boolean holds(History history, long used) {
            return !history.hasMade(tools);
        }

        @Override
        public String said() {
            return "as long as " + tools.text() + " was not called";
        }
    }

    /** Not once a tool with this label was called, whatever became of it. */
    record NotAfterLabel(String label) implements Condition {
        @Override
        public boolean holds(History history, long used) {
            return !history.labels().contains(label);
        }

        @Override
        public String said() {
            return "as long as nothing was called that is labelled `" + label + "`";
        }
    }

    /** A condition that this version does not know. It never holds. */
    record Unrecognised(Value written) implements Condition {
        @Override
        public boolean holds(History history, long used) {
            return false;
        }

        @Override
        public String said() {
            return "if " + written.json() + ", which is not understood, so never";
        }
    }
}
