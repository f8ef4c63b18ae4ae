package dev.remit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The folder that holds the log, as the store uses it; a fake in the tests loses power. */
interface LogFolder {
    String NEW = ".new"; // ends the name of a file that is not finished

    /** The names of its files, sorted. */
    List<String> names() throws IOException;

    /** Opens a file, which is made if there is none. */
    LogFile open(String name) throws IOException;

    /** Gives a file another name, in the place of the one that had it: durably, and all or not. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** How many bytes may still be written here. */
    long room() throws IOException;

    /** What a file holds; the caller knows that it is there and small. */
    default byte[] read(String name) throws IOException {
        try (LogFile file = open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(bytes, 0);
            return bytes.array();
        }
    }

    /** Makes this the content of the file: durably, and all or not. */
    default void replace(String name, byte[] bytes) throws IOException {
        if (names().contains(name + NEW)) {
            delete(name + NEW);
        }
        try (LogFile file = open(name + NEW)) {
            file.write(ByteBuffer.wrap(bytes), 0);
            file.force();
        }
        rename(name + NEW, name);
    }
}
