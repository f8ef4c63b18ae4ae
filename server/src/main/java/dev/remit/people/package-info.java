/** The door for people: passkeys, an organisation's provider, sessions, the own account. */
@NullMarked
package dev.remit.people;

import org.jspecify.annotations.NullMarked;
