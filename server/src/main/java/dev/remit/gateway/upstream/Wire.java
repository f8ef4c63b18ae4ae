package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import java.time.Duration;
import java.util.Map;

/** What carries messages to one upstream for one agent and back. */
interface Wire extends AutoCloseable {
    /**
     * Sends a request and waits for its answer.
     *
     * @param headers sent where the transport has headers
     * @param silence how long nothing at all may come
     */
    Reply exchange(Value.Fields request, Map<String, String> headers, Ear ear, Duration silence);

    /** Sends what has no answer; that it is lost is not noticed. */
    void send(Value.Fields message, Map<String, String> headers);

    /** Whether it can still carry something. */
    boolean isOpen();

    @Override
    void close();
}
