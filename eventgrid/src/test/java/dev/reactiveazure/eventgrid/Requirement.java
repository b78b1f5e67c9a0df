package dev.reactiveazure.eventgrid;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the requirements of the listener and the template that a test proves, by the
 * numbers of the table in the listener's guide: the test fails when the behaviour is
 * taken away.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requirement {

	/**
	 * The numbers, such as {@code L12}.
	 * @return one or more
	 */
	String[] value();

}
