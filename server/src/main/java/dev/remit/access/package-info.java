/**
 * The decision API (AuthZEN Authorization API 1.0): what would become of a call, for whoever makes
 * it elsewhere.
 */
@NullMarked
package dev.remit.access;

import org.jspecify.annotations.NullMarked;
