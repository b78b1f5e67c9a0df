package dev.reactiveazure.benchmarks.measure;

import java.util.function.Supplier;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One way to do a piece of work.
 */
public interface Contender {

	/** Our client as Microsoft's is used. */
	String CLIENT = "client";

	/** Our client with a codec written by hand. */
	String TYPED = "typed";

	/** Our template with a mapped record. */
	String TEMPLATE = "template";

	/** {@link #CLIENT} with a real observation registry. */
	String OBSERVED = "observed";

	/** Our listener container. */
	String LISTENER = "listener";

	/** {@link #LISTENER} with a real observation registry. */
	String LISTENER_OBSERVED = "listener-observed";

	/** What a Spring user writes on a {@code WebClient} without us. */
	String WEBCLIENT = "webclient";

	/** Microsoft's client. */
	String MICROSOFT = "microsoft";

	/** Sends prepared bytes and drops the answer. */
	String LIMIT = "limit";

	/** What the name of a contender ends with that is given data as JSON bytes. */
	String PREPARED = "-prepared";

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
	 * @param latencies is told how long each took, where that can be known
	 * @return completes when all are done, fails if one was not
	 */
	default Mono<Void> times(int operations, int concurrency, Latencies latencies) {
		return Flux.range(0, operations).flatMap((operation) -> TimedOperation.of(this, latencies), concurrency).then();
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
