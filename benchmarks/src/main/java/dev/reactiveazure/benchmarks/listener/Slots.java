package dev.reactiveazure.benchmarks.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.listener.ListenerFigures.Figure;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import reactor.core.publisher.Mono;

/**
 * How long 500 handlers take that block for a second each, 500 at a time.
 */
final class Slots {

	private static final int HANDLERS = 500;

	private final URI service;

	Slots(URI service) {
		this.service = service;
	}

	/**
	 * Measure some rounds of one container, after one that is not counted.
	 */
	List<Figure> measure(int rounds) {
		List<Figure> figures = new ArrayList<>();
		try (Listening listening = Listening.to(this.service, (options) -> options.concurrency(HANDLERS),
				(EventHandler.Blocking) (delivery) -> Thread.sleep(1000))) {
			for (int round = 0; round <= rounds; round++) {
				long start = System.nanoTime();
				publish();
				listening.await((round + 1L) * HANDLERS);
				double seconds = (System.nanoTime() - start) / 1e9;
				if (round > 0) {
					figures.add(new Figure(
							"500 handlers of 1 s, concurrency 500, published until acknowledged, round " + round,
							seconds * 1000, "ms"));
				}
			}
		}
		return figures;
	}

	private void publish() {
		try (EventGridNamespaceClient client = Listening.client(this.service)) {
			client.publisher(Listening.TOPIC)
				.publish(IntStream.range(0, HANDLERS)
					.mapToObj((number) -> GridEvent.builder(String.valueOf(number), URI.create("/shop"), "placed")
						.build())
					.toList())
				.block(Duration.ofSeconds(20));
		}
	}

}
