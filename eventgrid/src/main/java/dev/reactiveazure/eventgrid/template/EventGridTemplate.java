package dev.reactiveazure.eventgrid.template;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.BulkPublishOptions;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.PublishResult;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.UnwritableDataException;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;

/**
 * {@link EventGridOperations} on the topics of one namespace, and on what logical
 * destinations lead to. Thread-safe.
 */
public final class EventGridTemplate implements EventGridOperations {

	private final EventGridNamespaceClient client;

	private final EventGridDestinations destinations;

	private final Function<String, EventGridNamespaceClient> connections;

	private final CloudEventFactory events;

	private final PayloadConverter converter;

	private final ConcurrentMap<String, EventGridPublisherClient> publishers = new ConcurrentHashMap<>();

	/**
	 * Create a template.
	 * @param client the namespace; not owned
	 * @param events makes events of objects
	 * @param converter makes objects of events
	 */
	public EventGridTemplate(EventGridNamespaceClient client, CloudEventFactory events, PayloadConverter converter) {
		this(client, EventGridDestinations.none(), (connection) -> client, events, converter);
	}

	/**
	 * Create a template that knows logical destinations.
	 * @param client the namespace of all topics that are named themselves; not owned
	 * @param destinations finds where other names lead
	 * @param connections gives the client of the connection of such a destination, not
	 * owned; throws an {@link IllegalArgumentException} that says which there are for an
	 * unknown one
	 * @param events makes events of objects
	 * @param converter makes objects of events
	 */
	public EventGridTemplate(EventGridNamespaceClient client, EventGridDestinations destinations,
			Function<String, EventGridNamespaceClient> connections, CloudEventFactory events,
			PayloadConverter converter) {
		this.client = client;
		this.destinations = destinations;
		this.connections = connections;
		this.events = events;
		this.converter = converter;
	}

	@Override
	public Mono<Void> publish(String topic, Object payload) {
		Assert.notNull(payload, "The payload must not be null");
		return (payload instanceof CloudEvent event) ? publish(topic, event)
				: publish(topic, EventAttributes.NONE, payload);
	}

	@Override
	public Mono<Void> publish(String topic, CloudEvent event) {
		return publisher(topic).publish(event);
	}

	@Override
	public Mono<Void> publishAll(String topic, Iterable<?> payloads) {
		EventGridPublisherClient publisher = publisher(topic);
		List<CloudEvent> batch = new ArrayList<>((payloads instanceof Collection<?> known) ? known.size() : 10);
		Instant now = this.events.now();
		try {
			payloads.forEach((payload) -> batch.add(this.events.deferred(required(payload, batch.size()), now)));
		}
		catch (IllegalArgumentException ex) {
			return Mono.error(ex);
		}
		return converted(publisher.publish(batch));
	}

	private static Object required(@Nullable Object payload, int index) {
		if (payload == null) {
			throw new IllegalArgumentException("The payloads must not contain null, but do at index " + index);
		}
		return payload;
	}

	@Override
	public Flux<PublishResult> publishAll(String topic, Publisher<?> payloads) {
		return publisher(topic).publishAll(payloads, this.events::create, BulkPublishOptions.defaults());
	}

	@Override
	public boolean tracesEvents(String topic) {
		return publisher(topic).tracesEvents();
	}

	@Override
	public OutgoingEvent event(Object payload) {
		Assert.notNull(payload, "The payload must not be null");
		return new OutgoingEvent(this, payload);
	}

	@Override
	public <T> Mono<List<PolledEvent<T>>> receive(String topic, String subscription, ResolvableType payloadType,
			ReceiveOptions options) {
		EventGridReceiverClient receiver = receiver(topic, subscription);
		return receiver.receive(options)
			.map((received) -> received.stream()
				.map((event) -> new PolledEvent<T>(event, payloadType, this.converter, receiver))
				.toList());
	}

	@Override
	public <T> Flux<ProcessedEvent<T>> process(String topic, String subscription, Class<T> payloadType,
			ReceiveOptions options, Function<? super PolledEvent<T>, ? extends Publisher<?>> handler) {
		EventGridReceiverClient receiver = receiver(topic, subscription);
		Mono<PolledBatch<T>> batch = receive(topic, subscription, payloadType, options)
			.map((events) -> new PolledBatch<>(receiver, events));
		return Flux.usingWhen(batch, (events) -> events.process(handler), (events) -> Mono.empty(),
				(events, error) -> events.giveBack(), PolledBatch::giveBack);
	}

	@Override
	public <T> T convert(CloudEvent event, Class<T> target) {
		return this.converter.convert(event, target);
	}

	@Override
	public <T> T convert(CloudEvent event, ResolvableType target) {
		return this.converter.convert(event, target);
	}

	/**
	 * Publish the event that is made now, so that each subscription sends that one; only
	 * its data is written then.
	 */
	Mono<Void> publish(String topic, EventAttributes given, Object payload) {
		EventGridPublisherClient publisher = publisher(topic);
		try {
			return converted(publisher.publish(this.events.deferred(given, payload, this.events.now())));
		}
		catch (IllegalArgumentException ex) {
			return Mono.error(ex);
		}
	}

	private static Mono<Void> converted(Mono<Void> publish) {
		return publish.onErrorMap(UnwritableDataException.class, EventConversionException::writing);
	}

	CloudEventFactory events() {
		return this.events;
	}

	private EventGridPublisherClient publisher(String topic) {
		return this.publishers.computeIfAbsent(topic, this::newPublisher);
	}

	private EventGridPublisherClient newPublisher(String name) {
		EventGridDestinations.Destination destination = this.destinations.find(name);
		return (destination != null) ? this.connections.apply(destination.connection()).publisher(destination.topic())
				: this.client.publisher(name);
	}

	private EventGridReceiverClient receiver(String name, String subscription) {
		EventGridDestinations.Destination destination = this.destinations.find(name);
		return (destination != null)
				? this.connections.apply(destination.connection()).receiver(destination.topic(), subscription)
				: this.client.receiver(name, subscription);
	}

}
