package dev.reactiveazure.eventgrid.listener;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a method of a bean called for each event of a subscription.
 * <p>
 * The method takes the event's payload, converted from JSON to the parameter's type, or
 * the {@link io.cloudevents.CloudEvent}, or both. It returns {@code void} and may block,
 * or a {@code Mono<Void>} and must not. When it ends well the event is acknowledged; when
 * it fails the {@link ListenerErrorHandler} decides, by default on a release with a
 * growing delay.
 * <p>
 * Delivery is at-least-once: the same event can come more than once and, with a
 * concurrency above 1, twice at the same time.
 * <p>
 * All attributes may hold property placeholders (<code>${...}</code>) and SpEL
 * expressions (<code>#{...}</code>). Can be used as a meta-annotation.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface EventGridListener {

	/**
	 * Names the listener in the {@link EventGridListenerRegistry}, in logs and metrics.
	 * @return the id, unique in the application; by default the bean's name, a dot and
	 * the method's name
	 */
	String id() default "";

	/**
	 * The topic of the namespace.
	 * @return its name
	 */
	String topic();

	/**
	 * The event subscription of the topic. One listener a subscription.
	 * @return its name
	 */
	String subscription();

	/**
	 * The connection to the namespace.
	 * @return its name
	 */
	String connection() default EventGridListenerEndpoint.DEFAULT_CONNECTION;

	/**
	 * How many calls of the method run at a time at most.
	 * @return a number from 1; by default what the container factory says
	 */
	String concurrency() default "";

	/**
	 * How many events may be locked at a time, those that wait included.
	 * @return a number not below the concurrency; by default what the container factory
	 * says
	 */
	String maxInFlight() default "";

	/**
	 * The container factory.
	 * @return the name of its bean; by default the only bean of its type
	 */
	String containerFactory() default "";

	/**
	 * Whether the listener starts with the application.
	 * @return {@code true} or {@code false}; default {@code true}
	 */
	String autoStartup() default "true";

}
