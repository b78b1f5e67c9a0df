package dev.reactiveazure.tables.template;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.tables.EntityMeter;
import dev.reactiveazure.tables.template.BulkWriter.Entry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One subscription to a bulk: takes writes as there is room for them, sends chunks as
 * there is concurrency for them, emits results as they are asked for.
 * <p>
 * What is between a write's arrival and the emission of its result is never more than the
 * capacity; who is slow to take results so slows down the input. Each signal is an event
 * in one queue, and whoever raises {@code work} from zero drains it: all other state has
 * one writer at a time.
 */
final class BulkRun<T> implements CoreSubscriber<Entry<T>>, Subscription {

	private static final long MOST_BYTES = 64L * 1024 * 1024;

	private static final int LARGEST_REQUEST = 256;

	private final CoreSubscriber<? super BulkResult<T>> actual;

	private final BulkOptions options;

	private final BulkBatch batch;

	private final Scheduler scheduler;

	private final BulkLanes<T> lanes;

	private final BulkConcurrency concurrency;

	private final BulkPace pace;

	private final Queue<Runnable> events = Queues.<Runnable>unboundedMultiproducer().get();

	private final AtomicInteger work = new AtomicInteger();

	private final BulkResults<T> results;

	private final Set<Sending> sending = new HashSet<>();

	private final long startedAt;

	private @Nullable Subscription source;

	private @Nullable Disposable timer;

	private long timerAt = Long.MAX_VALUE;

	private long asked;

	private long received;

	private long emitted;

	private long done;

	private long failed;

	private long demand;

	private long bytes;

	private boolean inputEnded;

	private @Nullable Throwable inputError;

	private boolean ended;

	BulkRun(CoreSubscriber<? super BulkResult<T>> actual, BulkOptions options, BulkBatch batch, Scheduler scheduler) {
		this.actual = actual;
		this.options = options;
		this.batch = batch;
		this.scheduler = scheduler;
		this.lanes = new BulkLanes<>(options.orderedPerPartition(), options.maxOperations(), options.maxBytes());
		this.concurrency = new BulkConcurrency(options.concurrency());
		this.pace = new BulkPace(options.operationsPerSecond());
		this.results = new BulkResults<>(options.resultsInInputOrder());
		this.startedAt = now();
	}

	// == Signals ==

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (!Operators.validate(this.source, subscription)) {
			return;
		}
		this.source = subscription;
		this.actual.onSubscribe(this);
		post(() -> {
		});
	}

	@Override
	public void onNext(Entry<T> entry) {
		post(() -> accept(entry));
	}

	@Override
	public void onError(Throwable error) {
		post(() -> {
			this.inputEnded = true;
			this.inputError = error;
		});
	}

	@Override
	public void onComplete() {
		post(() -> this.inputEnded = true);
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			post(() -> this.demand = Operators.addCap(this.demand, n));
		}
	}

	@Override
	public void cancel() {
		post(this::stop);
	}

	// == The drain ==

	private void post(Runnable event) {
		this.events.add(event);
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			Runnable next = this.events.poll();
			while (next != null) {
				if (!this.ended) {
					next.run();
				}
				next = this.events.poll();
			}
			step();
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void step() {
		if (this.ended) {
			return;
		}
		try {
			emit();
			ask();
			send();
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
		if (!this.ended && this.inputEnded && this.lanes.isEmpty() && this.results.isEmpty()) {
			end();
		}
	}

	private void accept(Entry<T> entry) {
		this.received++;
		BulkItem<T> item = entry.item();
		if (item == null) {
			accept(entry.invalid());
			return;
		}
		this.bytes += item.bytes();
		this.lanes.add(item, EntityMeter.largestTransaction(item.prepared().table().client()), now());
	}

	private void accept(BulkResult<T> result) {
		if (result.isDone()) {
			this.done++;
		}
		else {
			this.failed++;
			Throwable error = result.error();
			if (this.options.failFast() && error != null) {
				fail(error);
				return;
			}
		}
		this.results.add(result);
	}

	private void emit() {
		while (this.demand > 0 && !this.ended) {
			BulkResult<T> result = this.results.poll();
			if (result == null) {
				return;
			}
			this.emitted++;
			this.demand -= (this.demand != Long.MAX_VALUE) ? 1 : 0;
			this.actual.onNext(result);
		}
	}

	/**
	 * Ask for as many writes as there is room for, a good part of the capacity at a time.
	 */
	private void ask() {
		Subscription input = this.source;
		if (this.inputEnded || input == null || this.bytes > MOST_BYTES) {
			return;
		}
		int portion = Math.min(LARGEST_REQUEST, Math.max(1, this.options.capacity() / 4));
		while (!this.inputEnded && !this.ended && this.asked - this.emitted <= this.options.capacity() - portion
				&& this.asked - this.received < LARGEST_REQUEST && this.bytes <= MOST_BYTES) {
			this.asked += portion;
			input.request(portion);
		}
	}

	private void send() {
		while (!this.ended && this.sending.size() < this.concurrency.limit()) {
			long now = now();
			long wait = this.pace.waitFrom(now);
			BulkChunk<T> chunk = (wait > 0) ? null : nextChunk(now);
			if (wait > 0) {
				wakeAt(now + wait);
			}
			if (chunk == null) {
				return;
			}
			this.pace.sent(chunk.size(), now);
			new Sending(chunk, this.concurrency.epoch()).start();
		}
	}

	/**
	 * Return what to send next: what is full, else what has waited long enough for more,
	 * or will not get more for there is no room to receive it.
	 */
	private @Nullable BulkChunk<T> nextChunk(long now) {
		BulkChunk<T> chunk = this.lanes.next();
		if (chunk != null) {
			return chunk;
		}
		Long openedAt = this.lanes.oldest();
		if (openedAt == null) {
			return null;
		}
		boolean noMoreComes = this.inputEnded || this.asked == this.received;
		long due = openedAt + this.options.linger().toNanos();
		if (!noMoreComes && due > now) {
			wakeAt(due);
			return null;
		}
		this.lanes.closeOldest();
		return this.lanes.next();
	}

	private void wakeAt(long time) {
		Disposable current = this.timer;
		if (current != null && this.timerAt <= time) {
			return;
		}
		if (current != null) {
			current.dispose();
		}
		this.timerAt = time;
		this.timer = this.scheduler.schedule(() -> post(this::wake), Math.max(1, time - now()), TimeUnit.NANOSECONDS);
	}

	private void wake() {
		this.timer = null;
		this.timerAt = Long.MAX_VALUE;
	}

	private void accept(Sending sent, List<BulkResult<T>> chunkResults) {
		if (!this.sending.remove(sent)) {
			return;
		}
		this.bytes -= sent.chunk.bytes();
		this.lanes.done(sent.chunk);
		this.concurrency.success();
		for (BulkResult<T> result : chunkResults) {
			if (!this.ended) {
				accept(result);
			}
		}
		if (!this.ended && this.options.progress() != null) {
			this.options.progress()
				.accept(new BulkProgress(this.received, this.done, this.failed, this.sending.size(),
						this.concurrency.limit(), Duration.ofNanos(now() - this.startedAt)));
		}
	}

	// == Ends ==

	private void end() {
		Throwable error = this.inputError;
		stop();
		if (error != null) {
			this.actual.onError(error);
		}
		else {
			this.actual.onComplete();
		}
	}

	private void fail(Throwable error) {
		if (!this.ended) {
			stop();
			this.actual.onError(error);
		}
	}

	private void stop() {
		this.ended = true;
		Subscription input = this.source;
		if (input != null) {
			input.cancel();
		}
		Disposable waiting = this.timer;
		if (waiting != null) {
			waiting.dispose();
		}
		Set<Sending> current = new HashSet<>(this.sending);
		this.sending.clear();
		current.forEach(Sending::cancel);
		this.results.clear();
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * One chunk on its way.
	 */
	private final class Sending extends BaseSubscriber<List<BulkResult<T>>> {

		private final BulkChunk<T> chunk;

		private final long epoch;

		Sending(BulkChunk<T> chunk, long epoch) {
			this.chunk = chunk;
			this.epoch = epoch;
		}

		void start() {
			BulkRun.this.sending.add(this);
			Mono<List<BulkResult<T>>> call = BulkRun.this.batch.send(this.chunk.items(),
					() -> post(() -> BulkRun.this.concurrency.busy(this.epoch)));
			call.subscribe(this);
		}

		@Override
		public Context currentContext() {
			return BulkRun.this.actual.currentContext();
		}

		@Override
		protected void hookOnNext(List<BulkResult<T>> results) {
			post(() -> accept(this, results));
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			post(() -> fail(throwable));
		}

	}

}
