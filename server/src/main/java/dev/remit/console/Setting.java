package dev.remit.console;

import java.util.List;

/**
 * One part of how the gateway is set up, for reading.
 *
 * @param changedBy the command, or the part of the configuration, that changes it
 */
public record Setting(String title, List<Row> rows, String changedBy) {
    public Setting {
        rows = List.copyOf(rows);
    }

    /** What one thing is, and how it stands. */
    public record Row(String name, String said) {}
}
