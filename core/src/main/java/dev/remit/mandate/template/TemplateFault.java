package dev.remit.mandate.template;

/** What is wrong with a template as it is written, and where. */
public final class TemplateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * @param path where, as in {@code /permissions/0/tool}; empty for the whole
     * @param message what is wrong, and the mend
     */
    public TemplateFault(String path, String message) {
        super(message);
        this.path = path;
    }

    public String path() {
        return path;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
