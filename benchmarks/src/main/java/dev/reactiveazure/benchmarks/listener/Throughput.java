package dev.reactiveazure.benchmarks.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.benchmarks.listener.ListenerFigures.Figure;
import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many small events a second one container receives, reads into a record and
 * acknowledges.
 */
final class Throughput {

	private static final int MAX_IN_FLIGHT = 4000;

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final PayloadConverter payloads = new PayloadConverter(this.mapper);

	private final URI service;

	private final int events;

	private Throughput(URI service, int events) {
		this.service = service;
		this.events = events;
	}

	/**
	 * From a service that never runs out of events.
	 */
	static Throughput endless(URI service) {
		return new Throughput(service, 0);
	}

	/**
	 * From a service to which so many events are published before each round.
	 */
	static Throughput published(URI service, int events) {
		return new Throughput(service, events);
	}

	/**
	 * Measure some rounds; the first ones are warm-up and show it.
	 * @param longest how long a round lasts at most
	 */
	List<Figure> measure(int rounds, Duration longest) {
		List<Figure> figures = new ArrayList<>();
		for (int round = 1; round <= rounds; round++) {
			if (this.events > 0) {
				publish();
			}
			figures.add(round(round, longest));
		}
		return figures;
	}

	private Figure round(int round, Duration longest) {
		try (Listening listening = Listening.to(this.service,
				(options) -> options.concurrency(MAX_IN_FLIGHT / 2)
					.maxInFlight(MAX_IN_FLIGHT)
					.receiving((receiving) -> receiving.maxPolls(20)),
				(EventHandler.Reactive) (delivery) -> Mono
					.fromRunnable(() -> this.payloads.convert(delivery.event(), Order.class)))) {
			long start = System.nanoTime();
			if (this.events > 0) {
				listening.await(this.events);
			}
			else {
				Mono.delay(longest).block();
			}
			double seconds = (System.nanoTime() - start) / 1e9;
			String from = (this.events > 0) ? "emulator" : "stub";
			return new Figure("received, read into a record and acknowledged, " + from + ", round " + round,
					listening.acknowledged() / seconds, "events/s");
		}
	}

	private void publish() {
		try (EventGridNamespaceClient client = Listening.client(this.service)) {
			client.publisher(Listening.TOPIC)
				.publishAll(Flux.range(0, this.events).map(this::event))
				.then()
				.block(Duration.ofMinutes(2));
		}
	}

	private CloudEvent event(int number) {
		return GridEvent.builder(String.valueOf(number), URI.create("/shop"), "com.example.placed")
			.data(EventData.json(this.mapper, Order.numbered(number)))
			.build();
	}

}
