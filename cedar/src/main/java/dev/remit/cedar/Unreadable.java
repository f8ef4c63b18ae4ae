package dev.remit.cedar;

/** How the parser leaves a text that is no policy; nothing outside the package sees it. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;
    private final String sentence;

    Unreadable(int offset, String sentence) {
        super(sentence, null, false, false);
        this.offset = offset;
        this.sentence = sentence;
    }

    int offset() {
        return offset;
    }

    String sentence() {
        return sentence;
    }
}
