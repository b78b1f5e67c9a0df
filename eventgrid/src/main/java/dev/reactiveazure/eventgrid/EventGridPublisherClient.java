package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.function.Function;

import io.cloudevents.CloudEvent;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes CloudEvents to one topic of a namespace, or to one topic, domain or partner
 * namespace of the Basic tier.
 * <p>
 * Thread-safe; obtained from {@link EventGridNamespaceClient#publisher} or
 * {@link EventGridBasicClient#cloudEvents()}, whose connections it borrows. Nothing is
 * sent before a returned {@code Mono} is subscribed to, and each subscription publishes
 * anew, under the same ids.
 * <p>
 * A failed publish is tried again as the client's options say. An event whose answer got
 * lost is then delivered twice, with the same {@code source} and {@code id}: by these
 * consumers recognise it.
 *
 * @see EventGridNamespaceClient
 * @see EventGridBasicClient
 */
public final class EventGridPublisherClient {

	private final PublishRequests<CloudEvent> requests;

	EventGridPublisherClient(PublishRequests<CloudEvent> requests) {
		this.requests = requests;
	}

	/**
	 * Return the name of the topic.
	 * @return the topic's name; in the Basic tier the first part of the endpoint's host
	 */
	public String topic() {
		return this.requests.destination().name();
	}

	/**
	 * Return whether events get the trace of their publication.
	 * @return {@code true} unless the client's builder was
	 * {@linkplain EventGridNamespaceClient.Builder#traceEvents told} otherwise
	 */
	public boolean tracesEvents() {
		return this.requests.schema() instanceof CloudEventSchema schema && schema.tracesEvents();
	}

	/**
	 * Publish an event in structured mode.
	 * @param event a CloudEvent 1.0, not {@code null}
	 * @return completes when the service has stored the event. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}, or before anything is sent with an
	 * {@link IllegalArgumentException} that names what is wrong with the event: an
	 * attribute, or a size beyond 1,000,000 bytes
	 */
	public Mono<Void> publish(CloudEvent event) {
		return this.requests.publish(event);
	}

	/**
	 * Publish events in one request: all or none of them.
	 * @param events CloudEvents 1.0, at most 1,000, in the Basic tier at most 5,000; none
	 * completes without a request
	 * @return completes when the service has stored the events. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}, or before anything is sent with an
	 * {@link IllegalArgumentException} that says what is wrong: an attribute of an event,
	 * the number of events, or a size beyond 1,000,000 bytes
	 */
	public Mono<Void> publish(List<? extends CloudEvent> events) {
		return this.requests.publish(events);
	}

	/**
	 * Publish a stream of events with {@link BulkPublishOptions#defaults()}.
	 * @param events CloudEvents 1.0
	 * @return what became of each event, as by the other method
	 */
	public Flux<PublishResult> publishAll(Publisher<? extends CloudEvent> events) {
		return publishAll(events, BulkPublishOptions.defaults());
	}

	/**
	 * Publish a stream of events.
	 * @param events CloudEvents 1.0
	 * @param options how the stream is cut into requests
	 * @return what became of each event, as by the other method
	 */
	public Flux<PublishResult> publishAll(Publisher<? extends CloudEvent> events, BulkPublishOptions options) {
		return publishAll(events, Function.identity(), options);
	}

	/**
	 * Publish a stream of objects as events. Each is made and written once, when it
	 * arrives, so that each try of its request sends the same id. A request is sent when
	 * it is full, and sooner when no other is on its way; the source is asked for at most
	 * one request's events ahead, and for none while there is no demand for results.
	 * @param source the objects
	 * @param toEvent makes the event of an object; what it throws fails that one
	 * @param options how the stream is cut into requests
	 * @param <S> type of the objects
	 * @return what became of each event, in the order in which requests end. An event
	 * that breaks the rules or is too large fails alone, those of a failed request fail
	 * together; the stream itself fails only with its source, after the results of what
	 * came before. Cancelling cancels requests on their way, whose events may be stored
	 * @throws IllegalArgumentException if the options allow more events than a request
	 * takes
	 */
	public <S> Flux<PublishResult> publishAll(Publisher<? extends S> source,
			Function<? super S, ? extends CloudEvent> toEvent, BulkPublishOptions options) {
		return this.requests.publishAll(source, toEvent, options);
	}

	/**
	 * Publish an event in binary mode: attributes as headers {@code ce-…}, data as the
	 * body, unchanged. Receivers get extensions as strings, and data that is not JSON as
	 * bytes. Meant for namespaces; whether the Basic tier takes it is not documented.
	 * @param event a CloudEvent 1.0, not {@code null}; data that is not JSON needs a
	 * {@code datacontenttype}
	 * @return completes when the service has stored the event. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}, or before anything is sent with an
	 * {@link IllegalArgumentException} that names what is wrong with the event: an
	 * attribute, its content type, or data beyond 1,000,000 bytes
	 */
	public Mono<Void> publishBinary(CloudEvent event) {
		return this.requests.publishBinary(event);
	}

	@Override
	public String toString() {
		return "EventGridPublisherClient[" + topic() + "]";
	}

}
