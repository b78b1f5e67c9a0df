package dev.reactiveazure.eventgrid;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Numbers a test by the list of edge cases of the Event Grid protocol that a naive client
 * or emulator gets wrong; 26 to 31 are the list's unnumbered end, as far as it is not
 * about push delivery. The emulator's tests have the same list for the service's side,
 * and are alone with 30, which a client does not decide.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EdgeCase {

	int value();

}
