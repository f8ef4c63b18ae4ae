@NullMarked
package dev.remit.mandate.template;

import org.jspecify.annotations.NullMarked;
