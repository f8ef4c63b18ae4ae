/**
 * The Cedar policy language, version 4: its text read once, its rules held against a request. It
 * knows nothing of Remit.
 */
@NullMarked
package dev.remit.cedar;

import org.jspecify.annotations.NullMarked;
