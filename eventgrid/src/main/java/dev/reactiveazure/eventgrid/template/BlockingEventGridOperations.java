package dev.reactiveazure.eventgrid.template;

import java.util.List;
import java.util.Objects;

import dev.reactiveazure.eventgrid.PublishResult;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import io.cloudevents.CloudEvent;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * {@link EventGridOperations} for threads that may block: each method returns when it is
 * done and throws what the {@code Mono} would have failed with. Not for event loops,
 * where it throws an {@link IllegalStateException}. Thread-safe.
 */
public final class BlockingEventGridOperations {

	private final EventGridOperations operations;

	BlockingEventGridOperations(EventGridOperations operations) {
		this.operations = operations;
	}

	/**
	 * Publish an object.
	 * @param topic the name of the topic, not blank
	 * @param payload the data of the event; a {@link CloudEvent} is published as it is
	 * @see EventGridOperations#publish(String, Object)
	 */
	public void publish(String topic, Object payload) {
		this.operations.publish(topic, payload).block();
	}

	/**
	 * Publish objects in one request: all or none of them.
	 * @param topic the name of the topic, not blank
	 * @param payloads at most 1,000 objects or {@link CloudEvent}s
	 * @see EventGridOperations#publishAll(String, Iterable)
	 */
	public void publishAll(String topic, Iterable<?> payloads) {
		this.operations.publishAll(topic, payloads).block();
	}

	/**
	 * Publish as many objects as there are, in as many requests as it takes.
	 * @param topic the name of the topic, not blank
	 * @param payloads objects or {@link CloudEvent}s
	 * @return what became of each
	 * @see EventGridOperations#publishAll(String, Publisher)
	 */
	public List<PublishResult> publishEach(String topic, Iterable<?> payloads) {
		Publisher<?> stream = Flux.fromIterable(payloads);
		return Objects.requireNonNull(this.operations.publishAll(topic, stream).collectList().block());
	}

	/**
	 * Fetch events. Settle each with its methods' {@code block()}.
	 * @param topic the name of the topic
	 * @param subscription the name of its subscription
	 * @param payloadType what payloads are converted to
	 * @param options how many, and how long to wait
	 * @param <T> the type of the payload
	 * @return the events, possibly none
	 * @see EventGridOperations#receive(String, String, Class, ReceiveOptions)
	 */
	public <T> List<PolledEvent<T>> receive(String topic, String subscription, Class<T> payloadType,
			ReceiveOptions options) {
		return Objects.requireNonNull(this.operations.receive(topic, subscription, payloadType, options).block());
	}

}
