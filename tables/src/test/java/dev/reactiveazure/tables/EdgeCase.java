package dev.reactiveazure.tables;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Numbers a test by the list of edge cases of the Table protocol that a naive client or
 * emulator gets wrong. The emulator's tests have the same list for the service's side,
 * and are alone with 10, 11, 22, 24, 25 and 36 to 41, which a client does not decide or
 * whose signatures are computed elsewhere.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EdgeCase {

	int value();

}
