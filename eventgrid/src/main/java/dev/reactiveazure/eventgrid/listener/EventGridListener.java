package dev.reactiveazure.eventgrid.listener;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a method of a bean called for each event of a subscription, or, on a class, its
 * {@link EventGridHandler} methods for the events of their types.
 * <p>
 * The method takes any of
 * <ul>
 * <li>the event's payload, converted from JSON to the parameter's type, or as
 * {@code String} or {@code byte[]};</li>
 * <li>the {@link io.cloudevents.CloudEvent}, the {@link Delivery} or its
 * {@link EventSettlement};</li>
 * <li>a {@code Message} of the payload, {@code @Header}s and {@code @Headers} of
 * spring-messaging: attributes and extensions of the event by their names, and
 * {@code deliveryCount}.</li>
 * </ul>
 * A {@code List} of one of these, as its only parameter, takes all events that wait, up
 * to {@link #maxEvents()}, with one call: it returns nothing, or a
 * {@code List<Disposition>} with one for each event, or throws a
 * {@link BatchFailureException} that says at which event it failed. With {@code @Payload}
 * a {@code List} is the payload of one event, a JSON array.
 * <p>
 * It returns {@code void} and may block, or a {@code Mono}, {@code Flux},
 * {@code CompletionStage} or any other reactive type, or is a suspending Kotlin function,
 * and must not. When it ends well the event is acknowledged, or what a
 * {@link Disposition} that it gives says; when it fails the {@link ListenerErrorHandler}
 * decides, by default on a release with a growing delay.
 * <p>
 * Several methods may share a subscription if they take events of different
 * {@link #types()}: they share one container, so that what one of them says of it counts
 * for all.
 * <p>
 * Delivery is at-least-once: the same event can come more than once and, with a
 * concurrency above 1, twice at the same time.
 * <p>
 * All attributes may hold property placeholders (<code>${...}</code>) and SpEL
 * expressions (<code>#{...}</code>), resolved when the application starts. Durations are
 * written as {@code 30s}, {@code 500ms} or {@code PT30S}. Can be used as a
 * meta-annotation, and several times on one method.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(EventGridListeners.class)
@Documented
public @interface EventGridListener {

	/**
	 * Names the listener in the {@link EventGridListenerRegistry}, in logs and metrics.
	 * @return the id, unique in the application; by default the bean's name, a dot and
	 * the method's name, on a class the bean's name
	 */
	String id() default "";

	/**
	 * The topic of the namespace, or, where no {@link #connection()} is given, a logical
	 * destination that the application's
	 * {@link dev.reactiveazure.eventgrid.template.EventGridDestinations} know.
	 * @return its name
	 */
	String topic();

	/**
	 * The event subscription of the topic.
	 * @return its name; only a listener to a logical destination that has one may go
	 * without
	 */
	String subscription() default "";

	/**
	 * The connection to the namespace.
	 * @return its name; by default {@code default}
	 */
	String connection() default "";

	/**
	 * The container factory.
	 * @return the name of its bean; by default the only bean of its type
	 */
	String containerFactory() default "";

	/**
	 * The types of events that the method takes, compared exactly. It must not be given
	 * on a class: there each {@link EventGridHandler} says it.
	 * @return the types; by default all that no other method of the subscription takes
	 */
	String[] types() default {};

	/**
	 * What becomes of events whose type no method takes.
	 * @return {@code release}, {@code reject} or {@code acknowledge}; default
	 * {@code release}
	 * @see UnknownType
	 */
	String unknownType() default "";

	/**
	 * How many calls of the method run at a time at most.
	 * @return a number from 1; by default what the container factory says
	 */
	String concurrency() default "";

	/**
	 * How many events may be locked at a time, those that wait included.
	 * @return a number not below the concurrency; by default what the container factory
	 * says. Where that says nothing, a method that takes a {@code List} has room for two
	 * full ones
	 */
	String maxInFlight() default "";

	/**
	 * How many events are received at a time at most, and how many a method gets that
	 * takes a {@code List} of them.
	 * @return a number from 1 to 100; by default what the container factory says
	 */
	String maxEvents() default "";

	/**
	 * How long a receive waits for an event.
	 * @return 10 to 120 whole seconds; by default what the container factory says
	 */
	String maxWait() default "";

	/**
	 * How long one call of the method may take. Then it is cancelled, or its thread
	 * interrupted, and the event has failed.
	 * @return a duration; by default there is no limit but that of the lock
	 */
	String timeout() default "";

	/**
	 * Who settles events that were handled well.
	 * @return {@code auto} or {@code manual}; by default what the container factory says
	 * @see AckMode
	 */
	String ackMode() default "";

	/**
	 * Decides about events that could not be handled.
	 * @return the name of a {@link ListenerErrorHandler} bean; by default the container
	 * factory's
	 */
	String errorHandler() default "";

	/**
	 * Which events are handled; the others are acknowledged.
	 * @return the name of a {@code Predicate<CloudEvent>} bean, or an expression over the
	 * event, evaluated for each one, such as {@code subject.startsWith('eu/')}. By
	 * default all
	 */
	String filter() default "";

	/**
	 * The key of which one event at a time is handled in this instance of the
	 * application. The others wait for it with their locks kept. That excludes, it does
	 * not order: which of the waiting events comes next is open, other instances have
	 * keys of their own, and a failed event comes back after those behind it.
	 * @return an expression over the event, evaluated for each one, such as
	 * {@code subject}; where it gives {@code null} the event excludes none. By default no
	 * event excludes another. Not for methods that take a {@code List} of events
	 */
	String concurrencyKey() default "";

	/**
	 * Whether the listener starts with the application.
	 * @return {@code true} or {@code false}; default {@code true}
	 */
	String autoStartup() default "";

}
