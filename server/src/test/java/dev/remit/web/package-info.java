@NullMarked
package dev.remit.web;

import org.jspecify.annotations.NullMarked;
