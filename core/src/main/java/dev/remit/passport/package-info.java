/** Passports: what an issuer says of an agent, checked, and what follows from it. */
@NullMarked
package dev.remit.passport;

import org.jspecify.annotations.NullMarked;
