package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes events that are no CloudEvents to a topic, domain or partner namespace of the
 * Basic tier: {@link EventGridEvent}s, or objects in a schema of the user's own.
 * <p>
 * Thread-safe; obtained from {@link EventGridBasicClient}, whose connections it borrows.
 * Nothing is sent before a returned {@code Mono} is subscribed to. A failed publish is
 * tried again as the client's options say: events whose answer got lost are then
 * delivered twice.
 *
 * @param <E> type of the events
 */
public final class EventGridSchemaPublisher<E> {

	private final PublishRequests<E> requests;

	EventGridSchemaPublisher(PublishRequests<E> requests) {
		this.requests = requests;
	}

	/**
	 * Publish an event.
	 * @param event the event, not {@code null}
	 * @return completes when the service has stored the event. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}, or before anything is sent with an
	 * {@link IllegalArgumentException} that names what is wrong with the event: what
	 * can't be written, or a size beyond 1,000,000 bytes
	 */
	public Mono<Void> publish(E event) {
		return this.requests.publish(event);
	}

	/**
	 * Publish events in one request: all or none of them.
	 * @param events at most 5,000; none completes without a request
	 * @return completes when the service has stored the events. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}, or before anything is sent with an
	 * {@link IllegalArgumentException} that says what is wrong: an event that can't be
	 * written, the number of events, or a size beyond 1,000,000 bytes
	 */
	public Mono<Void> publish(List<? extends E> events) {
		return this.requests.publish(events);
	}

	/**
	 * Publish a stream of events with {@link BulkPublishOptions#defaults()}.
	 * @param events the events
	 * @return what became of each event, as by the other method
	 */
	public Flux<PublishResult> publishAll(Publisher<? extends E> events) {
		return publishAll(events, BulkPublishOptions.defaults());
	}

	/**
	 * Publish a stream of events, cut into requests by count and bytes. Each is written
	 * once, when it arrives, so that each try of its request sends the same bytes.
	 * @param events the events
	 * @param options how the stream is cut into requests
	 * @return what became of each event, in the order in which requests end. An event
	 * that can't be written or is too large fails alone, those of a failed request fail
	 * together; the stream itself fails only with its source. Cancelling cancels requests
	 * on their way, whose events may be stored
	 * @throws IllegalArgumentException if the options allow more events than a request
	 * takes
	 */
	public Flux<PublishResult> publishAll(Publisher<? extends E> events, BulkPublishOptions options) {
		return this.requests.publishAll(events, Function.identity(), options);
	}

	@Override
	public String toString() {
		return "EventGridSchemaPublisher[" + this.requests.destination().name() + "]";
	}

}
