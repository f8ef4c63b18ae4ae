package dev.remit.ledger.audit;

import java.time.Duration;

/** Something about a copied log that is not as a gateway leaves it. */
public sealed interface Finding {
    /** What it is and where, in one sentence. */
    String said();

    /** The entry is not the one that was written at this place. */
    record EntryChanged(long index) implements Finding {
        @Override
        public String said() {
            return "entry " + index + " was changed";
        }
    }

    /** The entry is as it was written, but the body beside it is not the one it commits to. */
    record BodyChanged(long index) implements Finding {
        @Override
        public String said() {
            return "the body of entry " + index + " was changed";
        }
    }

    /** The entry is as it was written, but its body is gone. */
    record BodyMissing(long index) implements Finding {
        @Override
        public String said() {
            return "the body of entry " + index + " is missing";
        }
    }

    record EntryRemoved(long index) implements Finding {
        @Override
        public String said() {
            return "entry " + index + " was removed";
        }
    }

    record EntriesRemoved(long from, long to) implements Finding {
        @Override
        public String said() {
            return "the entries from " + from + " to " + to + " were removed";
        }
    }

    /** The entry stands at another place than it was written at. */
    record EntryMoved(long index, long before) implements Finding {
        @Override
        public String said() {
            return "entry " + index + " was moved to before entry " + before;
        }
    }

    record EntriesExchanged(long index, long other) implements Finding {
        @Override
        public String said() {
            return "entries " + index + " and " + other + " were exchanged";
        }
    }

    /** Something that was never written there stands before the entry of this place. */
    record EntryInserted(long before) implements Finding {
        @Override
        public String said() {
            return "an entry was inserted before entry " + before;
        }
    }

    /** The log ends before its checkpoint says. */
    record EntriesMissing(long from, long covered) implements Finding {
        @Override
        public String said() {
            return "the entries from "
                    + from
                    + " on are missing; the checkpoint covers "
                    + covered
                    + " (if the folder was copied while the gateway ran, copy `checkpoint` and"
                    + " `cosigned` first)";
        }
    }

    record HeaderWrong(String file) implements Finding {
        @Override
        public String said() {
            return "the header of " + file + " is damaged or was changed";
        }
    }

    /** The header does not have the tree of the entries before it. */
    record PeaksWrong(String file, long index) implements Finding {
        @Override
        public String said() {
            return "the header of "
                    + file
                    + " and the entries before entry "
                    + index
                    + " do not have the same tree";
        }
    }

    record FrameUnreadable(String file, long offset, long index) implements Finding {
        @Override
        public String said() {
            return "the frame of entry "
                    + index
                    + ", at byte "
                    + offset
                    + " of "
                    + file
                    + ", cannot be read";
        }
    }

    /** Lengths, leaf and body are as they were written, but the checksum beside them is not. */
    record ChecksumWrong(String file, long offset, long index) implements Finding {
        @Override
        public String said() {
            return "the checksum of entry "
                    + index
                    + ", at byte "
                    + offset
                    + " of "
                    + file
                    + ", was changed";
        }
    }

    record StrayBytes(String file, long offset) implements Finding {
        @Override
        public String said() {
            return "bytes were written where zeros belong, at byte " + offset + " of " + file;
        }
    }

    record EntryUnknown(long index, String why) implements Finding {
        @Override
        public String said() {
            return "entry " + index + " is no entry that this version knows: " + why;
        }
    }

    /** An entry that says what the log was then does not say what the log was. */
    record OpenedWrong(long index) implements Finding {
        @Override
        public String said() {
            return "entry " + index + " names another size or root than the log had then";
        }
    }

    record CheckpointMissing() implements Finding {
        @Override
        public String said() {
            return "the checkpoint is missing";
        }
    }

    record CheckpointUnsigned() implements Finding {
        @Override
        public String said() {
            return "the checkpoint is not signed by this log's key";
        }
    }

    /** The checkpoint covers the entry that introduced a newer key, and should be signed by it. */
    record CheckpointByOldKey(int number, long index) implements Finding {
        @Override
        public String said() {
            return "the checkpoint is signed by the log's key "
                    + number
                    + ", which entry "
                    + index
                    + " replaced";
        }
    }

    /** An entry names a key of the log that the key before it does not endorse. */
    record LogKeyUnknown(long index) implements Finding {
        @Override
        public String said() {
            return "entry " + index + " names a key that the log's key before it does not endorse";
        }
    }

    record CheckpointOfAnotherLog(String origin, String expected) implements Finding {
        @Override
        public String said() {
            return "the checkpoint is of the log `" + origin + "`, not of `" + expected + "`";
        }
    }

    record CheckpointOld(long covered, long entries, Duration lag) implements Finding {
        @Override
        public String said() {
            return "the checkpoint is older than the log: it covers "
                    + covered
                    + " of "
                    + entries
                    + " entries, and lags "
                    + lag.toSeconds()
                    + " s behind";
        }
    }

    /**
     * The entries do not have the root that was signed, and nothing else says which was changed.
     */
    record RootDiffers(long covered) implements Finding {
        @Override
        public String said() {
            return "the first "
                    + covered
                    + " entries do not have the root that the checkpoint signs: the log was"
                    + " rewritten, or the checkpoint is another one's";
        }
    }

    record LeafChanged(long index) implements Finding {
        @Override
        public String said() {
            return "the file `leaves` has another hash for entry " + index;
        }
    }

    record LeavesLength(long bytes, long expected) implements Finding {
        @Override
        public String said() {
            return "the file `leaves` has " + bytes + " bytes, not " + expected;
        }
    }

    record KeyWrong(String why) implements Finding {
        @Override
        public String said() {
            return "the log's key is " + why;
        }
    }

    record StrayFile(String name) implements Finding {
        @Override
        public String said() {
            return "the file `" + name + "` does not belong to a log";
        }
    }

    /** A checkpoint that somebody vouches for covers more than there is. */
    record RolledBack(long entries, long seen, String by) implements Finding {
        @Override
        public String said() {
            return "the log was put back to an older state: it has "
                    + entries
                    + " entries, and "
                    + by
                    + " has a checkpoint of "
                    + seen
                    + " (if the folder was copied while the gateway ran, copy `checkpoint` and"
                    + " `cosigned` first)";
        }
    }

    /** The log does not begin as somebody has seen it begin. */
    record Forked(long size, String by) implements Finding {
        @Override
        public String said() {
            return "the log was continued from an older state, or rewritten: its first "
                    + size
                    + " entries are not those of the checkpoint that "
                    + by
                    + " has";
        }
    }

    record AnchorUnsigned(String from) implements Finding {
        @Override
        public String said() {
            return "the checkpoint of " + from + " is not signed by this log's key";
        }
    }

    record NotCosigned(String witness, String from) implements Finding {
        @Override
        public String said() {
            return "no cosignature of " + witness + " holds in the checkpoint of " + from;
        }
    }

    /** There are more findings than are listed. */
    record More(long others) implements Finding {
        @Override
        public String said() {
            return "and " + others + " more findings";
        }
    }
}
