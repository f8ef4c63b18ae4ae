@NullMarked
package dev.remit.notice;

import org.jspecify.annotations.NullMarked;
