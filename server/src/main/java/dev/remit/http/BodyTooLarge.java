package dev.remit.http;

/** A request's body is larger than the edge takes. */
public final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge(int most) {
        super("the body is larger than " + most + " bytes");
    }
}
