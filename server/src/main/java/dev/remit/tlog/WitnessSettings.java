package dev.remit.tlog;

import dev.remit.ledger.NoteKey;
import java.net.URI;

/**
 * A witness that the log's checkpoints are sent to.
 *
 * @param url where its addresses begin, without a slash at the end
 * @param key that it cosigns with
 */
public record WitnessSettings(URI url, NoteKey key) {}
