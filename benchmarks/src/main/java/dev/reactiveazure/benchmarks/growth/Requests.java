package dev.reactiveazure.benchmarks.growth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import dev.reactiveazure.benchmarks.growth.Curve.Point;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Measures requests of several sizes by turns.
 *
 * @param warmUp how long each size is done before the first measurement
 * @param rounds how often each size is measured; the median counts
 * @param rows how many rows or events a measurement has about, that of small requests
 * fewer
 */
record Requests(Duration warmUp, int rounds, int rows) {

	private static final int CONCURRENCY = 16;

	private static final int MOST_REQUESTS = 20_000;

	/**
	 * Measure a kind of requests.
	 * @param name what it is
	 * @param unit what a request has several of, in the singular
	 * @param sizes the sizes
	 * @param request makes a request of a size
	 */
	Curve measure(String name, String unit, List<Integer> sizes, IntFunction<Publisher<?>> request) {
		Map<Integer, List<Spent>> samples = new LinkedHashMap<>();
		for (int size : sizes) {
			samples.put(size, new ArrayList<>());
			long end = System.nanoTime() + this.warmUp.toNanos();
			while (System.nanoTime() < end) {
				run(Math.max(CONCURRENCY, requests(size) / 20), request.apply(size));
			}
		}
		for (int round = 0; round < this.rounds; round++) {
			samples.forEach((size, taken) -> {
				System.gc();
				int requests = requests(size);
				taken.add(Spent.by(requests, () -> run(requests, request.apply(size))));
			});
		}
		return new Curve(name, unit,
				samples.entrySet().stream().map((size) -> point(size.getKey(), size.getValue())).toList());
	}

	private int requests(int size) {
		return Math.min(MOST_REQUESTS, Math.max(1, this.rows / size));
	}

	private static void run(int requests, Publisher<?> request) {
		Flux.range(0, requests).flatMap((i) -> Flux.from(request).then(), CONCURRENCY).then().block();
	}

	private static Point point(int size, List<Spent> samples) {
		List<Double> cpu = samples.stream().map(Spent::cpuMicros).sorted().toList();
		List<Double> bytes = samples.stream().map(Spent::bytes).sorted(Comparator.naturalOrder()).toList();
		return new Point(size, cpu.get(cpu.size() / 2), bytes.get(bytes.size() / 2));
	}

}
