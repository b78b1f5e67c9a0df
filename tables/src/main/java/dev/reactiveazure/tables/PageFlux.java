package dev.reactiveazure.tables;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The items of pages, each page asked for when an item of it is: never ahead of demand,
 * never beyond the limit, one at a time.
 * <p>
 * An empty page with a continuation is followed by the next. Completes with the last item
 * of the last page, without waiting for more demand.
 *
 * @param <T> the items' type
 */
final class PageFlux<T> extends Flux<T> {

	/**
	 * A page.
	 *
	 * @param items its items
	 * @param next where the next begins; {@code null} behind the last
	 */
	record Page<T>(List<T> items, @Nullable String next) {

		/**
		 * Return a page whose only item is this page.
		 */
		Page<TablePage<T>> whole() {
			return new Page<>(List.of(new TablePage<>(this.items, this.next)), this.next);
		}

	}

	private final Function<@Nullable String, Mono<Page<T>>> pages;

	private final @Nullable String start;

	private final long limit;

	/**
	 * Create the flux.
	 * @param pages gives the page that begins at a continuation
	 * @param start the first page's continuation; {@code null} for the start
	 * @param limit items to emit at most
	 */
	PageFlux(Function<@Nullable String, Mono<Page<T>>> pages, @Nullable String start, long limit) {
		this.pages = pages;
		this.start = start;
		this.limit = limit;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		actual.onSubscribe(new Paging<>(actual, this.pages, this.start, this.limit));
	}

	/**
	 * One subscription. Whoever raises {@code work} from zero drains, until it has
	 * brought it back to zero; so all other state has one writer at a time.
	 */
	private static final class Paging<T> implements Subscription {

		@SuppressWarnings("rawtypes")
		private static final AtomicIntegerFieldUpdater<Paging> WORK = AtomicIntegerFieldUpdater.newUpdater(Paging.class,
				"work");

		@SuppressWarnings("rawtypes")
		private static final AtomicLongFieldUpdater<Paging> REQUESTED = AtomicLongFieldUpdater.newUpdater(Paging.class,
				"requested");

		private final CoreSubscriber<? super T> actual;

		private final Function<@Nullable String, Mono<Page<T>>> pages;

		private volatile int work;

		private volatile long requested;

		private volatile boolean cancelled;

		private volatile @Nullable Fetch fetch;

		private @Nullable String next;

		private long remaining;

		private List<T> items = List.of();

		private int position;

		private boolean more = true;

		Paging(CoreSubscriber<? super T> actual, Function<@Nullable String, Mono<Page<T>>> pages,
				@Nullable String start, long limit) {
			this.actual = actual;
			this.pages = pages;
			this.next = start;
			this.remaining = limit;
		}

		@Override
		public void request(long n) {
			if (Operators.validate(n)) {
				Operators.addCap(REQUESTED, this, n);
				drain();
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			drain();
		}

		private void drain() {
			if (WORK.getAndIncrement(this) != 0) {
				return;
			}
			int missed = 1;
			do {
				step();
				missed = WORK.addAndGet(this, -missed);
			}
			while (missed != 0);
		}

		private void step() {
			if (this.cancelled) {
				discard();
				return;
			}
			Fetch arrived = this.fetch;
			if (arrived != null) {
				if (!arrived.done || !accept(arrived)) {
					return;
				}
			}
			emit();
			if (this.cancelled) {
				discard();
			}
			else if (this.position == this.items.size() && this.more && this.requested > 0) {
				fetchNext();
			}
		}

		private boolean accept(Fetch arrived) {
			this.fetch = null;
			if (arrived.error != null) {
				this.cancelled = true;
				this.actual.onError(arrived.error);
				return false;
			}
			Page<T> page = arrived.page;
			this.items = (page != null) ? page.items : List.of();
			this.position = 0;
			this.next = (page != null) ? page.next : null;
			this.more = this.next != null;
			return true;
		}

		private void emit() {
			long emitted = 0;
			long demand = this.requested;
			while (emitted < demand && this.remaining > 0 && this.position < this.items.size() && !this.cancelled) {
				this.actual.onNext(this.items.get(this.position++));
				this.remaining--;
				emitted++;
			}
			if (emitted > 0 && demand != Long.MAX_VALUE) {
				REQUESTED.addAndGet(this, -emitted);
			}
			boolean atEnd = this.remaining == 0 || (this.position == this.items.size() && !this.more);
			if (atEnd && !this.cancelled) {
				this.cancelled = true;
				this.actual.onComplete();
			}
		}

		private void fetchNext() {
			Fetch current = new Fetch();
			this.fetch = current;
			Mono<Page<T>> page;
			try {
				page = this.pages.apply(this.next);
			}
			catch (RuntimeException ex) {
				page = Mono.error(ex);
			}
			page.subscribe(current);
		}

		private void discard() {
			Fetch current = this.fetch;
			if (current != null) {
				this.fetch = null;
				current.cancel();
			}
			this.items = List.of();
			this.position = 0;
		}

		/**
		 * One page on its way.
		 */
		private final class Fetch extends BaseSubscriber<Page<T>> {

			private @Nullable Page<T> page;

			private @Nullable Throwable error;

			private volatile boolean done;

			@Override
			public Context currentContext() {
				return Paging.this.actual.currentContext();
			}

			@Override
			protected void hookOnNext(Page<T> value) {
				this.page = value;
			}

			@Override
			protected void hookOnError(Throwable throwable) {
				this.error = throwable;
				finish();
			}

			@Override
			protected void hookOnComplete() {
				finish();
			}

			private void finish() {
				this.done = true;
				drain();
			}

		}

	}

}
