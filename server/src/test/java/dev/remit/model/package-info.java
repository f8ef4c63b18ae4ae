@NullMarked
package dev.remit.model;

import org.jspecify.annotations.NullMarked;
