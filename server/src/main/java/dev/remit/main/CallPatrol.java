package dev.remit.main;

import dev.remit.gate.UnderWay;

/** Has the calls under way looked at again and again, until it is closed: one for all of them. */
public final class CallPatrol implements AutoCloseable {
    private final Patrol patrol;

    public CallPatrol(UnderWay calls) {
        // a thread of the platform: it must come to its turn however many calls there are
        patrol =
                new Patrol(Thread.ofPlatform().daemon().name("calls"), UnderWay.PAUSE, calls::look);
    }

    @Override
    public void close() {
        patrol.close();
    }
}
