package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Latencies;
import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.micrometer.observation.ObservationRegistry;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.function.SingletonSupplier;

/**
 * Our listener container with a handler that reads the payload into a record. One
 * operation is a hundred events, acknowledged.
 */
final class ListenerContender implements Contender {

	private static final int MAX_IN_FLIGHT = 4000;

	private final PayloadConverter payloads = new PayloadConverter(JsonMapper.builder().build());

	private final String name;

	private final ObservationRegistry observations;

	private final Supplier<EventGridNamespaceClient> client;

	ListenerContender(String name, URI stub, ObservationRegistry observations) {
		this.name = name;
		this.observations = observations;
		this.client = SingletonSupplier.of(() -> ClientPeer.namespace(stub, observations));
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Publisher<?> once() {
		return times(1, 1, new Latencies(1));
	}

	/**
	 * Does all of them with one container, which can't tell how long one took.
	 */
	@Override
	public Mono<Void> times(int operations, int concurrency, Latencies latencies) {
		return Mono.defer(() -> new Run((long) operations * ReceivingPeer.EVENTS).start());
	}

	private void handle(Delivery delivery) {
		Order order = this.payloads.convert(delivery.event(), Order.class);
		if (order.number() == 0) {
			throw new IllegalStateException("Not the order that was sent: " + order.id());
		}
	}

	/**
	 * A container from its start until it has settled enough events.
	 */
	private final class Run {

		private final Sinks.Empty<Void> done = Sinks.empty();

		private final AtomicLong left;

		private final EventGridListenerContainer container;

		Run(long events) {
			this.left = new AtomicLong(events);
			ContainerOptions options = ContainerOptions.builder()
				.concurrency(MAX_IN_FLIGHT / 2)
				.maxInFlight(MAX_IN_FLIGHT)
				.receiving((receiving) -> receiving.maxPolls(20))
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.build();
			this.container = EventGridListenerContainerFactory
				.builder((connection) -> ListenerContender.this.client.get())
				.options(options)
				.observationRegistry(ListenerContender.this.observations)
				.settlementListener((event, outcome) -> ended())
				.build()
				.create(EventGridListenerEndpoint.of("benchmark", EventGridPeer.TOPIC, EventGridPeer.SUBSCRIPTION,
						(EventHandler.Reactive) (delivery) -> Mono.fromRunnable(() -> handle(delivery))));
		}

		Mono<Void> start() {
			this.container.start();
			return this.done.asMono();
		}

		private void ended() {
			if (this.left.decrementAndGet() == 0) {
				this.container.stop(this.done::tryEmitEmpty);
			}
		}

	}

}
