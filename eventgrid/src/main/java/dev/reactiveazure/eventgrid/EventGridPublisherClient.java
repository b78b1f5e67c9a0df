package dev.reactiveazure.eventgrid;

import java.util.List;

import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestBody;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RetrySafety;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * Publishes CloudEvents to one topic.
 * <p>
 * Thread-safe; obtained from {@link EventGridNamespaceClient#publisher}, whose
 * connections it borrows. Nothing is sent before a returned {@code Mono} is subscribed
 * to, and each subscription publishes anew, under the same ids.
 * <p>
 * A failed publish is tried again as the client's options say. An event whose answer got
 * lost is then delivered twice, with the same {@code source} and {@code id}: by these
 * consumers recognise it.
 *
 * @see EventGridNamespaceClient
 */
public final class EventGridPublisherClient {

	private static final Operation PUBLISH = new Operation("publish", "publish events", HttpMethod.POST,
			RetrySafety.ALWAYS, true);

	private final RequestPipeline pipeline;

	private final String topic;

	private final String target;

	EventGridPublisherClient(RequestPipeline pipeline, String topic, String target) {
		this.pipeline = pipeline;
		this.topic = topic;
		this.target = target;
	}

	/**
	 * Return the name of the topic.
	 * @return the topic's name
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Publish an event.
	 * @param event a CloudEvent 1.0, not {@code null}
	 * @return completes when the service has stored the event. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}, or before anything is sent with an
	 * {@link IllegalArgumentException} that names what is wrong with the event: an
	 * attribute, or a size beyond 1,000,000 bytes
	 */
	public Mono<Void> publish(CloudEvent event) {
		Assert.notNull(event, "The event must not be null");
		return send(new EventBody(event));
	}

	/**
	 * Publish events in one request: all or none of them.
	 * @param events CloudEvents 1.0, at most 1,000; none completes without a request
	 * @return completes when the service has stored the events. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}, or before anything is sent with an
	 * {@link IllegalArgumentException} that says what is wrong: an attribute of an event,
	 * the number of events, or a size beyond 1,000,000 bytes
	 */
	public Mono<Void> publish(List<CloudEvent> events) {
		List<CloudEvent> copy = List.copyOf(events);
		if (copy.isEmpty()) {
			return Mono.empty();
		}
		if (copy.size() > EventBatchBody.MOST_EVENTS) {
			return Mono.error(new IllegalArgumentException("One request to topic '" + this.topic + "' takes at most "
					+ EventBatchBody.MOST_EVENTS + " events, but there are " + copy.size()));
		}
		return send(new EventBatchBody(copy));
	}

	private Mono<Void> send(RequestBody body) {
		return this.pipeline.execute(new AzureRequest<>(PUBLISH, "topic", this.topic, this.target,
				SubscriptionRequests::acceptJson, body, AnswerReader.nothing()));
	}

	@Override
	public String toString() {
		return "EventGridPublisherClient[" + this.topic + "]";
	}

}
