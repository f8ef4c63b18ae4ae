package dev.remit.cedar;

/** How an evaluation ends that has no value. Its sentence names types and attributes, no values. */
final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    Fault(String sentence) {
        super(sentence, null, false, false);
        this.sentence = sentence;
    }

    static Fault unexpected(String wanted, Value found) {
        return new Fault("a " + wanted + " is needed, and this is a " + found.kind());
    }

    String sentence() {
        return sentence;
    }
}
