package dev.reactiveazure.eventgrid;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Publishes a stream: writes each event when it arrives, cuts requests out of what has
 * been written, gives a result for each event.
 *
 * <pre>
 * source ──few at a time──▶ written ──full batch, or idle──▶ requests ──▶ results ──demand──▶
 * </pre>
 *
 * A full batch is sent as soon as a request may be, anything less when no request is on
 * its way: so nothing waits for a slow source, and a fast one fills its batches. Memory
 * holds at most one batch and the events asked for ahead beside the requests.
 *
 * @param <S> type of what the source emits
 */
final class BulkPublish<S> extends Flux<PublishResult> {

	/** How many events are asked for ahead: few, because each may be large. */
	private static final int AHEAD = 256;

	private final Publisher<? extends S> source;

	private final Encoder<? super S> encoder;

	private final Function<List<EncodedEvent>, Mono<Void>> sender;

	private final BulkPublishOptions options;

	BulkPublish(Publisher<? extends S> source, Encoder<? super S> encoder,
			Function<List<EncodedEvent>, Mono<Void>> sender, BulkPublishOptions options) {
		this.source = source;
		this.encoder = encoder;
		this.sender = sender;
		this.options = options;
	}

	@Override
	public void subscribe(CoreSubscriber<? super PublishResult> actual) {
		this.source.subscribe(new Run(actual));
	}

	/**
	 * Makes an event of what the source emits, and writes it.
	 */
	interface Encoder<S> {

		Encoding encode(long index, S item);

	}

	/**
	 * What became of writing an event.
	 */
	sealed interface Encoding {

		record Written(EncodedEvent event) implements Encoding {
		}

		record Refused(PublishResult.Failed result) implements Encoding {
		}

	}

	private final class Run implements CoreSubscriber<S>, Subscription {

		private final CoreSubscriber<? super PublishResult> actual;

		private final Queue<EncodedEvent> written = new ConcurrentLinkedQueue<>();

		private final AtomicInteger writtenEvents = new AtomicInteger();

		private final AtomicLong writtenBytes = new AtomicLong();

		private final Queue<PublishResult> results = new ConcurrentLinkedQueue<>();

		private final AtomicInteger resultsWaiting = new AtomicInteger();

		private final AtomicLong demand = new AtomicLong();

		private final AtomicInteger askedFor = new AtomicInteger();

		private final AtomicInteger underWay = new AtomicInteger();

		private final AtomicInteger drains = new AtomicInteger();

		private final Disposable.Composite requests = Disposables.composite();

		private @Nullable Subscription upstream;

		private long arrived;

		private volatile boolean sourceEnded;

		private volatile @Nullable Throwable sourceError;

		private volatile boolean over;

		Run(CoreSubscriber<? super PublishResult> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}

		// == From the source ==

		@Override
		public void onNext(S item) {
			Encoding encoding = BulkPublish.this.encoder.encode(this.arrived++, item);
			if (encoding instanceof Encoding.Written written) {
				this.written.add(written.event());
				this.writtenBytes.addAndGet(written.event().size() + 1L);
				this.writtenEvents.incrementAndGet();
			}
			else if (encoding instanceof Encoding.Refused refused) {
				addResult(refused.result());
			}
			this.askedFor.decrementAndGet();
			drain();
		}

		@Override
		public void onError(Throwable error) {
			this.sourceError = error;
			this.sourceEnded = true;
			drain();
		}

		@Override
		public void onComplete() {
			this.sourceEnded = true;
			drain();
		}

		// == From downstream ==

		@Override
		public void request(long n) {
			if (Operators.validate(n)) {
				this.demand.accumulateAndGet(n, Operators::addCap);
				drain();
			}
		}

		@Override
		public void cancel() {
			this.over = true;
			if (this.upstream != null) {
				this.upstream.cancel();
			}
			this.requests.dispose();
		}

		// == One thread at a time ==

		private void drain() {
			if (this.drains.getAndIncrement() != 0) {
				return;
			}
			int missed = 1;
			while (missed != 0) {
				emit();
				ask();
				send();
				endIfDone();
				missed = this.drains.addAndGet(-missed);
			}
		}

		private void emit() {
			while (!this.over && this.demand.get() > 0) {
				PublishResult result = this.results.poll();
				if (result == null) {
					return;
				}
				this.resultsWaiting.decrementAndGet();
				if (this.demand.get() != Long.MAX_VALUE) {
					this.demand.decrementAndGet();
				}
				this.actual.onNext(result);
			}
		}

		/**
		 * Ask the source for more. One that answers within the call fills a whole batch
		 * here, before anything is sent.
		 */
		private void ask() {
			Subscription source = this.upstream;
			while (source != null && wantsMore()) {
				int more = AHEAD - this.askedFor.get();
				this.askedFor.addAndGet(more);
				source.request(more);
			}
		}

		private boolean wantsMore() {
			return !this.over && !this.sourceEnded && this.demand.get() > 0 && this.askedFor.get() <= AHEAD / 4
					&& !isBatchFull() && this.resultsWaiting.get() < BulkPublish.this.options.maxEvents();
		}

		private boolean isBatchFull() {
			return this.writtenEvents.get() >= BulkPublish.this.options.maxEvents()
					|| this.writtenBytes.get() + 1 >= BulkPublish.this.options.maxBytes();
		}

		private void send() {
			while (!this.over && this.writtenEvents.get() > 0 && maySend()) {
				List<EncodedEvent> batch = cut();
				this.underWay.incrementAndGet();
				Disposable.Swap request = Disposables.swap();
				this.requests.add(request);
				request.update(BulkPublish.this.sender.apply(batch).subscribe((nothing) -> {
				}, (error) -> ended(batch, error, request), () -> ended(batch, null, request), currentContext()));
				ask();
			}
		}

		private boolean maySend() {
			int underWay = this.underWay.get();
			return (isBatchFull() || this.sourceEnded) ? underWay < BulkPublish.this.options.maxConcurrency()
					: underWay == 0;
		}

		private List<EncodedEvent> cut() {
			List<EncodedEvent> batch = new ArrayList<>();
			long bytes = 1;
			EncodedEvent next = this.written.peek();
			while (next != null && batch.size() < BulkPublish.this.options.maxEvents()
					&& bytes + next.size() + 1 <= BulkPublish.this.options.maxBytes()) {
				batch.add(next);
				bytes += next.size() + 1L;
				this.written.remove();
				this.writtenEvents.decrementAndGet();
				this.writtenBytes.addAndGet(-next.size() - 1L);
				next = this.written.peek();
			}
			return batch;
		}

		private void endIfDone() {
			if (this.over || !this.sourceEnded || this.writtenEvents.get() > 0 || this.underWay.get() > 0
					|| this.resultsWaiting.get() > 0) {
				return;
			}
			this.over = true;
			Throwable error = this.sourceError;
			if (error != null) {
				this.actual.onError(error);
				return;
			}
			this.actual.onComplete();
		}

		// == From requests ==

		private void ended(List<EncodedEvent> batch, @Nullable Throwable error, Disposable request) {
			this.requests.remove(request);
			for (EncodedEvent event : batch) {
				addResult((error != null) ? new PublishResult.Failed(event.index(), event.id(), error)
						: new PublishResult.Published(event.index(), event.id()));
			}
			this.underWay.decrementAndGet();
			drain();
		}

		private void addResult(PublishResult result) {
			this.resultsWaiting.incrementAndGet();
			this.results.add(result);
		}

	}

}
