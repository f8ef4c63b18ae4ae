package dev.remit.gateway.upstream;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Reads server-sent events out of the bytes they come in; what is too long is left out. */
final class EventStream {
    private final int most;
    private final Consumer<byte[]> events;
    private final Runnable tooLong;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean skipping;

    /**
     * @param events is given the data of each event
     * @param tooLong runs when an event was left out
     */
    EventStream(int most, Consumer<byte[]> events, Runnable tooLong) {
        this.most = most;
        this.events = events;
        this.tooLong = tooLong;
    }

    void feed(byte[] part) {
        int start = 0;
        for (int at = 0; at < part.length; at++) {
            if (part[at] == '\n') {
                keep(part, start, at);
                start = at + 1;
                endLine();
            }
        }
        keep(part, start, part.length);
    }

    private void keep(byte[] part, int from, int to) {
        if (line.size() + (to - from) + data.size() > most) {
            skipping = true;
        } else {
            line.write(part, from, to - from);
        }
    }

    private void endLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? -1 : 0;
        length += bytes.length;
        if (length > 0) {
            field(bytes, length);
            return;
        }
        if (skipping) {
            skipping = false;
            data.reset();
            tooLong.run();
        } else if (data.size() > 0) {
            byte[] event = data.toByteArray();
            data.reset();
            events.accept(event);
        }
    }

    private void field(byte[] bytes, int length) {
        boolean isData =
                length >= 5
                        && bytes[0] == 'd'
                        && bytes[1] == 'a'
                        && bytes[2] == 't'
                        && bytes[3] == 'a'
                        && bytes[4] == ':';
        if (!isData || skipping) {
            return;
        }
        if (data.size() > 0) {
            data.write('\n');
        }
        int from = length > 5 && bytes[5] == ' ' ? 6 : 5;
        data.write(bytes, from, length - from);
    }
}
