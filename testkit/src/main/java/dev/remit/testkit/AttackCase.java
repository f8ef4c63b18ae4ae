package dev.remit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The cases of the catalogue of attacks that a test tries, by their ids; {@code
 * docs/reference/attack-cases.md} is made from it. Ids at the start of a display name mean the
 * same.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface AttackCase {
    String[] value();
}
