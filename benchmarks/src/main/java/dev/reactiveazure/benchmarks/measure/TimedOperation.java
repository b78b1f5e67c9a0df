package dev.reactiveazure.benchmarks.measure;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * One operation from the moment its contender is asked for it: takes whatever it emits
 * without back-pressure, drops it, and records how long it took. It is one object for
 * everything, because what it allocates is measured too, and no source may fuse with the
 * driver past it.
 */
final class TimedOperation extends Mono<Void> implements CoreSubscriber<Object>, Subscription {

	private final Publisher<?> source;

	private final long start;

	private final Latencies latencies;

	private @Nullable CoreSubscriber<? super Void> driver;

	private @Nullable Subscription upstream;

	private TimedOperation(Publisher<?> source, long start, Latencies latencies) {
		this.source = source;
		this.start = start;
		this.latencies = latencies;
	}

	/**
	 * An operation that is to be subscribed to at once, and only once.
	 */
	static Mono<Void> of(Contender contender, Latencies latencies) {
		long start = System.nanoTime();
		return new TimedOperation(contender.once(), start, latencies);
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> driver) {
		this.driver = driver;
		this.source.subscribe(this);
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		this.upstream = upstream;
		driver().onSubscribe(this);
		upstream.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object element) {
		// The work is to get it.
	}

	@Override
	public void onError(Throwable error) {
		driver().onError(error);
	}

	@Override
	public void onComplete() {
		this.latencies.record(System.nanoTime() - this.start);
		driver().onComplete();
	}

	@Override
	public void request(long elements) {
		Operators.validate(elements);
	}

	@Override
	public void cancel() {
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

	private CoreSubscriber<? super Void> driver() {
		if (this.driver == null) {
			throw new IllegalStateException("Nobody has subscribed");
		}
		return this.driver;
	}

}
