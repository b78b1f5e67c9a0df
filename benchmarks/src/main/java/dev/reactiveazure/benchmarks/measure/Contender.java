package dev.reactiveazure.benchmarks.measure;

import java.util.function.Supplier;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One way to do a piece of work.
 */
public interface Contender {

	/**
	 * The name in the report.
	 * @return a short name, the same for all works of one client
	 */
	String name();

	/**
	 * The work, to be done once for each subscription. It is called on any thread, and
	 * not concurrently.
	 * @return a publisher that fails if the work was not done
	 */
	Publisher<?> once();

	/**
	 * The work, done several times.
	 * @param operations how often
	 * @param concurrency how many of them are in flight
	 * @return completes when all are done, fails if one was not
	 */
	default Mono<Void> times(int operations, int concurrency) {
		return Flux.range(0, operations).flatMap((operation) -> once(), concurrency).then();
	}

	/**
	 * A contender that asks the supplier for each operation.
	 * @param name the name in the report
	 * @param once supplies the operation
	 * @return the contender
	 */
	static Contender of(String name, Supplier<Publisher<?>> once) {
		return new Contender() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Publisher<?> once() {
				return once.get();
			}

		};
	}

}
