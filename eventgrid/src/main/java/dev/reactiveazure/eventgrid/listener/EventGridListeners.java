package dev.reactiveazure.eventgrid.listener;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Holds several {@link EventGridListener}s of one method or class.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface EventGridListeners {

	/**
	 * The listeners.
	 * @return the annotations
	 */
	EventGridListener[] value();

}
