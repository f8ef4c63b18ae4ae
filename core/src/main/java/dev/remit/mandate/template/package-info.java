/** Templates: mandates with slots, which a person fills. */
@org.jspecify.annotations.NullMarked
package dev.remit.mandate.template;
