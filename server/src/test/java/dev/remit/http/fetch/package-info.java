@NullMarked
package dev.remit.http.fetch;

import org.jspecify.annotations.NullMarked;
