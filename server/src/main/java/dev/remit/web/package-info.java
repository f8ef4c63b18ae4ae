/** What every edge for browsers shares: pages, forms, and who has signed in. */
@NullMarked
package dev.remit.web;

import org.jspecify.annotations.NullMarked;
