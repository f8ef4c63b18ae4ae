/** What faces those who check the log: its checkpoint and hashes, and witnesses of it. */
@NullMarked
package dev.remit.tlog;

import org.jspecify.annotations.NullMarked;
