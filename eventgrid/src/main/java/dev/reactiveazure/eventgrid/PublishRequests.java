package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.function.Function;

import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.HeaderSink;
import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestBody;
import dev.reactiveazure.core.pipeline.RequestHeaders;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RetrySafety;
import io.cloudevents.CloudEvent;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * The requests that publish to one destination, whatever its tier and its schema.
 *
 * @param <E> type of the events
 */
final class PublishRequests<E> {

	private static final Operation PUBLISH = new Operation("publish", "publish events", HttpMethod.POST,
			RetrySafety.ALWAYS, true);

	private static final AsciiString CHANNEL_NAME = AsciiString.cached("aeg-channel-name");

	private final RequestPipeline pipeline;

	private final PublishDestination destination;

	private final EventSchema<E> schema;

	private final CharSequence batchType;

	private final RequestHeaders headers;

	PublishRequests(RequestPipeline pipeline, PublishDestination destination, EventSchema<E> schema) {
		this.pipeline = pipeline;
		this.destination = destination;
		this.schema = schema;
		String contentType = destination.options().contentType();
		this.batchType = (contentType != null) ? contentType : schema.batchType();
		String channel = destination.options().channel();
		this.headers = (channel != null) ? (headers) -> applyWithChannel(headers, channel)
				: SubscriptionRequests::acceptJson;
	}

	private static void applyWithChannel(HeaderSink headers, String channel) {
		SubscriptionRequests.acceptJson(headers);
		headers.set(CHANNEL_NAME, channel);
	}

	PublishDestination destination() {
		return this.destination;
	}

	EventSchema<E> schema() {
		return this.schema;
	}

	Mono<Void> publish(E event) {
		Assert.notNull(event, "The event must not be null");
		if (this.destination.singles() && event instanceof CloudEvent cloudEvent
				&& this.schema instanceof CloudEventSchema cloudEvents) {
			return send(this.headers, new EventBody(cloudEvents, cloudEvent));
		}
		return send(this.headers, new EventBatchBody<>(this.schema, List.of(event), this.batchType));
	}

	Mono<Void> publish(List<? extends E> events) {
		List<? extends E> copy = List.copyOf(events);
		if (copy.isEmpty()) {
			return Mono.empty();
		}
		if (copy.size() > this.destination.mostEvents()) {
			return Mono.error(new IllegalArgumentException(
					"One request to " + this.destination.kind() + " '" + this.destination.name() + "' takes at most "
							+ this.destination.mostEvents() + " events, but there are " + copy.size()));
		}
		return send(this.headers, new EventBatchBody<>(this.schema, copy, this.batchType));
	}

	<S> Flux<PublishResult> publishAll(Publisher<? extends S> source, Function<? super S, ? extends E> toEvent,
			BulkPublishOptions options) {
		Assert.notNull(source, "The source of events must not be null");
		Assert.isTrue(options.maxEvents() <= this.destination.mostEvents(), () -> "One request takes at most "
				+ this.destination.mostEvents() + " events, but maxEvents is " + options.maxEvents());
		return Flux.defer(() -> new BulkPublish<S>(source, new BulkEncoder<>(this.schema, toEvent, options.maxBytes()),
				(batch) -> send(this.headers, new EncodedBatchBody(batch, this.batchType)), options));
	}

	Mono<Void> publishBinary(CloudEvent event) {
		Assert.notNull(event, "The event must not be null");
		return Mono.defer(() -> {
			BinaryEvent binary = BinaryEvent.of(event);
			RequestHeaders all = (headers) -> {
				this.headers.apply(headers);
				binary.apply(headers);
			};
			return send(all, binary.body());
		});
	}

	private Mono<Void> send(RequestHeaders headers, @Nullable RequestBody body) {
		return this.pipeline.execute(new AzureRequest<>(PUBLISH, this.destination.kind(), this.destination.name(),
				this.destination.target(), headers, body, AnswerReader.nothing()));
	}

}
