package dev.drawbridge.governance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a caller of a resource must be allowed; on a method, what callers of that one must be. Not the standard's {@code
 * RolesAllowed}, which servers act on by a login of their own. A resource without it is for administrators.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Requires {
    Permission value();
}
