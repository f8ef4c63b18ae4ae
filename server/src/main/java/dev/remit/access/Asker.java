package dev.remit.access;

import dev.remit.identity.Caller;

/** Who asks. */
sealed interface Asker {
    /** In a word that no other asker has; what is sealed for one is of no use to another. */
    String text();

    /** An agent, about itself. */
    record OfAgent(Caller caller) implements Asker {
        @Override
        public String text() {
            return caller.instance().id().text();
        }
    }

    /** An enforcement point, about agents whose calls it makes. */
    record OfPoint(Point point) implements Asker {
        @Override
        public String text() {
            return "point " + point.name();
        }
    }
}
