package dev.remit.cedar;

/** One word of the text, and where it begins; a string's text is as written, without quotes. */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SLOT,
        MARK,
        END
    }

    /** Whether it is this mark or name. */
    boolean is(String wanted) {
        return isWord() && text.equals(wanted);
    }

    /** Whether it is written without quotes, and no number. */
    boolean isWord() {
        return kind == Kind.MARK || kind == Kind.NAME;
    }

    /** As a person sees it in the text. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the text";
            case STRING -> "a string";
            case NAME, NUMBER, SLOT, MARK ->
                    "`" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "`";
        };
    }
}
