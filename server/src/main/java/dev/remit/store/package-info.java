/**
 * The embedded store: the log in segment files, the books in SQLite, both in one folder. All SQL
 * there is lives here.
 */
@NullMarked
package dev.remit.store;

import org.jspecify.annotations.NullMarked;
