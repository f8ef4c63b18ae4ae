/** The same grants and questions put to several engines of authorization. */
@NullMarked
package dev.remit.bench.grants;

import org.jspecify.annotations.NullMarked;
