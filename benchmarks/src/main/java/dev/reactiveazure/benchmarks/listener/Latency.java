package dev.reactiveazure.benchmarks.listener;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.benchmarks.listener.ListenerFigures.Figure;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import org.jspecify.annotations.Nullable;

/**
 * How long an event takes from its publication to its handler, while nothing else
 * happens.
 */
final class Latency {

	private final URI service;

	Latency(URI service) {
		this.service = service;
	}

	/**
	 * Publish events one by one, after as many that are not counted.
	 */
	Figure measure(int events) {
		SynchronousQueue<Long> handled = new SynchronousQueue<>();
		long[] nanos = new long[events];
		try (EventGridNamespaceClient client = Listening.client(this.service);
				Listening listening = Listening.to(this.service, (options) -> options.concurrency(10),
						(EventHandler.Blocking) (delivery) -> handled.put(System.nanoTime()))) {
			for (int number = 0; number < 2 * events; number++) {
				long start = System.nanoTime();
				client.publisher(Listening.TOPIC)
					.publish(GridEvent.builder(String.valueOf(number), URI.create("/shop"), "placed").build())
					.block(Duration.ofSeconds(10));
				@Nullable Long end = poll(handled);
				if (end == null) {
					throw new IllegalStateException("Event " + number + " never reached its handler");
				}
				nanos[number % events] = end - start;
			}
			listening.await(2L * events);
		}
		Arrays.sort(nanos);
		return new Figure("idle: from publish to handler, median of " + events, nanos[events / 2] / 1e6, "ms");
	}

	private static @Nullable Long poll(SynchronousQueue<Long> handled) {
		try {
			return handled.poll(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

}
