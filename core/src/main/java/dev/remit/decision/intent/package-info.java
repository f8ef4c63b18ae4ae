/** Whether a call is part of what the person asked for, and where its values come from. */
@NullMarked
package dev.remit.decision.intent;

import org.jspecify.annotations.NullMarked;
