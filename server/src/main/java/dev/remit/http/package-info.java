/** HTTP as the edges see it: one blocking exchange on one virtual thread. */
@NullMarked
package dev.remit.http;

import org.jspecify.annotations.NullMarked;
