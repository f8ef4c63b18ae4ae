/** Where every long-lived thing is made, and the configuration is read once. */
@NullMarked
package dev.remit.main;

import org.jspecify.annotations.NullMarked;
