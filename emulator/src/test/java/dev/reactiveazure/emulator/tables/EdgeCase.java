package dev.reactiveazure.emulator.tables;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Numbers a test by the list of edge cases of the Table protocol that a naive client or
 * emulator gets wrong; 36 to 41 are the list's unnumbered end.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EdgeCase {

	int value();

}
