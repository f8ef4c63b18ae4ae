/**
 * What an agent needs of its gateway: a key of its own, enrolment, tokens that renew themselves,
 * calls. For programs in Java; the connector stands on it too.
 */
@NullMarked
package dev.remit.client;

import org.jspecify.annotations.NullMarked;
