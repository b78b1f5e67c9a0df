package dev.reactiveazure.eventgrid.template;

import java.util.List;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.PublishResult;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import io.cloudevents.CloudEvent;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;

/**
 * Publishes objects as CloudEvents to topics of a namespace, and fetches them from
 * subscriptions.
 * <p>
 * An event gets its id, its time and its other attributes when a method is called, not
 * when the returned {@code Mono} is subscribed to. So each subscription, a
 * {@code retry()} of the caller included, publishes the same event under the same id, and
 * consumers recognise a duplicate. To publish a new event each time, call the method in
 * {@link Mono#defer}.
 * <p>
 * The object itself is written as JSON with each subscription, on the subscriber's thread
 * and straight into the request, whose tries all send the same bytes. An object that was
 * changed since the call is published as it is by then: give away objects that do not
 * change, such as records, or {@link OutgoingEvent#toCloudEvent() make the event} before,
 * which writes them at once.
 * <p>
 * Each {@code Mono} fails with an {@link dev.reactiveazure.core.AzureException}, with an
 * {@link EventConversionException} where an object can't be written, or with an
 * {@link IllegalArgumentException} that names an attribute or a size that the service
 * would refuse; the last two before anything is sent.
 */
public interface EventGridOperations {

	/**
	 * Publish an object.
	 * @param topic the name of the topic, not blank
	 * @param payload the data of the event; a {@link CloudEvent} is published as it is
	 * @return completes when the service has stored the event
	 */
	Mono<Void> publish(String topic, Object payload);

	/**
	 * Publish an event.
	 * @param topic the name of the topic, not blank
	 * @param event the event
	 * @return completes when the service has stored the event
	 */
	Mono<Void> publish(String topic, CloudEvent event);

	/**
	 * Publish objects in one request: all or none of them. Their events have one time.
	 * @param topic the name of the topic, not blank
	 * @param payloads at most 1,000 objects or {@link CloudEvent}s; none completes
	 * without a request
	 * @return completes when the service has stored the events
	 */
	Mono<Void> publishAll(String topic, Iterable<?> payloads);

	/**
	 * Publish a stream of objects, in as many requests as it takes. Unlike with the other
	 * methods, events are made when their objects arrive.
	 * @param topic the name of the topic, not blank
	 * @param payloads objects or {@link CloudEvent}s
	 * @return what became of each; fails only with its source
	 * @see dev.reactiveazure.eventgrid.EventGridPublisherClient#publishAll(Publisher)
	 */
	Flux<PublishResult> publishAll(String topic, Publisher<?> payloads);

	/**
	 * Return whether the events of a topic are to carry a trace.
	 * @param topic the name of the topic, not blank
	 * @return {@code true} unless the client that publishes to it was told otherwise
	 * @see dev.reactiveazure.eventgrid.EventGridNamespaceClient.Builder#traceEvents
	 */
	default boolean tracesEvents(String topic) {
		return true;
	}

	/**
	 * Start to say more about an event than its data.
	 * @param payload the data of the event
	 * @return the event in the making, of which each {@code publish} has what was given
	 * and defaults for the rest
	 */
	OutgoingEvent event(Object payload);

	/**
	 * Fetch events for those who poll at a time of their own; whoever wants them as they
	 * come takes an {@code @EventGridListener}. Sent once when subscribed to, and never
	 * again by itself.
	 * @param topic the name of the topic
	 * @param subscription the name of its subscription, with pull delivery
	 * @param payloadType what payloads are converted to, as by
	 * {@link #convert(CloudEvent, Class)}
	 * @param options how many, how long to wait, and what becomes of a receive that is
	 * cancelled
	 * @param <T> the type of the payload
	 * @return the events, possibly none; each is locked, and is delivered again unless it
	 * is settled
	 */
	default <T> Mono<List<PolledEvent<T>>> receive(String topic, String subscription, Class<T> payloadType,
			ReceiveOptions options) {
		return receive(topic, subscription, ResolvableType.forClass(payloadType), options);
	}

	/**
	 * Fetch events.
	 * @param topic the name of the topic
	 * @param subscription the name of its subscription, with pull delivery
	 * @param payloadType what payloads are converted to
	 * @param options how many, and how long to wait
	 * @param <T> the type of the payload
	 * @return the events, possibly none
	 * @see #receive(String, String, Class, ReceiveOptions)
	 */
	<T> Mono<List<PolledEvent<T>>> receive(String topic, String subscription, ResolvableType payloadType,
			ReceiveOptions options);

	/**
	 * Fetch events once, have each handled and settle it: acknowledged when its handler
	 * ends well, given back at once when it fails. All are handled at a time; what is not
	 * settled when the result is cancelled is given back. Locks are not renewed: for
	 * handlers that outlast them take an {@code @EventGridListener}.
	 * @param topic the name of the topic
	 * @param subscription the name of its subscription, with pull delivery
	 * @param payloadType what payloads are converted to
	 * @param options how many, and how long to wait
	 * @param handler handles an event; its values don't matter
	 * @param <T> the type of the payload
	 * @return what became of each event, in the order in which they ended; fails only
	 * where the receive does
	 */
	<T> Flux<ProcessedEvent<T>> process(String topic, String subscription, Class<T> payloadType, ReceiveOptions options,
			Function<? super PolledEvent<T>, ? extends Publisher<?>> handler);

	/**
	 * Return these operations for threads that may block.
	 * @return the operations
	 */
	default BlockingEventGridOperations blocking() {
		return new BlockingEventGridOperations(this);
	}

	/**
	 * Convert the data of an event.
	 * @param event the event
	 * @param target the class to convert to
	 * @param <T> its type
	 * @return the data
	 * @throws EventConversionException if there is no data or it is no such value
	 * @see PayloadConverter
	 */
	<T> T convert(CloudEvent event, Class<T> target);

	/**
	 * Convert the data of an event.
	 * @param event the event
	 * @param target what to convert to
	 * @param <T> its type
	 * @return the data
	 * @throws EventConversionException if there is no data or it is no such value
	 * @see PayloadConverter
	 */
	<T> T convert(CloudEvent event, ResolvableType target);

}
