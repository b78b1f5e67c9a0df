package dev.reactiveazure.eventgrid.listener;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a method of a class with {@link EventGridListener} called for the events of its
 * types. It takes and returns what a method with {@link EventGridListener} may.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface EventGridHandler {

	/**
	 * The types of events that the method takes, compared exactly. Placeholders and
	 * expressions are resolved.
	 * @return the types; by default all that no other method of the subscription takes
	 */
	String[] types() default {};

	/**
	 * How long one call of the method may take.
	 * @return a duration; by default that of the class's {@link EventGridListener}
	 */
	String timeout() default "";

}
