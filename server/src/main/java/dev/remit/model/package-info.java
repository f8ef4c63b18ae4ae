/** Models on this machine or network, which are asked and never believed. */
@NullMarked
package dev.remit.model;

import org.jspecify.annotations.NullMarked;
