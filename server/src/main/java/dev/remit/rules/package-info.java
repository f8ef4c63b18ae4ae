/** The organisation's rules: a folder of texts in the policy language, asked at every call. */
@NullMarked
package dev.remit.rules;

import org.jspecify.annotations.NullMarked;
