package dev.remit.http;

/**
 * One door of the gateway. It answers every exchange it is given, on the virtual thread that calls
 * it.
 */
public interface Edge {
    void answer(Exchange exchange);
}
