/** What people are shown of the calls that they are asked about, on a page and on a terminal. */
@NullMarked
package dev.remit.registry.asked;

import org.jspecify.annotations.NullMarked;
