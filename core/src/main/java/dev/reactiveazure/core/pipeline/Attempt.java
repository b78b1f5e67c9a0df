package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * One try of a call: has its request sent, gathers the answer and has that read. What has
 * not ended in time fails, and is given up. A value that comes in spite of a cancel is
 * passed on: it may be worth something to who cancelled, as locked events are.
 * <p>
 * Each subscription is a try of its own. It is one subscriber, because a chain of
 * time-out, {@code flatMap} and collector takes 0.3 KB more a call and a tenth of its
 * CPU.
 *
 * <pre>
 * ACTIVE ──value, end or error of the source──▶ ENDED
 *    ├─────time is up────────────────────────▶ ENDED
 *    └─────cancelled─────────────────────────▶ CANCELLED
 * </pre>
 *
 * @param <T> the value's type
 */
final class Attempt<T> extends Mono<T> {

	/**
	 * What a try consists of.
	 */
	interface Steps<T> {

		/**
		 * Send the request.
		 * @param sent to be told how far it came
		 */
		Mono<ClientHttpResponse> send(SentRequest sent);

		/**
		 * Read an answer, of which the first {@code length} bytes are the body.
		 * @return the value; {@code null} where there is none
		 */
		@Nullable T read(ClientHttpResponse head, byte[] bytes, int length);

	}

	private final Steps<T> steps;

	private final Duration timeout;

	private final Scheduler scheduler;

	private final WriterPool writers;

	private final int maxSize;

	/**
	 * Create a try.
	 * @param timeout from the subscription to the last byte of the answer
	 * @param writers whose arrays hold a body while it is read
	 * @param maxSize largest body, in bytes
	 */
	Attempt(Steps<T> steps, Duration timeout, Scheduler scheduler, WriterPool writers, int maxSize) {
		this.steps = steps;
		this.timeout = timeout;
		this.scheduler = scheduler;
		this.writers = writers;
		this.maxSize = maxSize;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		SentRequest sent = new SentRequest();
		Mono<ClientHttpResponse> response;
		try {
			response = Objects.requireNonNull(this.steps.send(sent), "The connector gives nothing back");
		}
		catch (RuntimeException ex) {
			Operators.error(actual, ex);
			return;
		}
		response.subscribe(new Try<>(this, actual, sent));
	}

	private static final class Try<T>
			implements CoreSubscriber<ClientHttpResponse>, AnswerBody.Reader<T>, Subscription, Runnable {

		private static final int ACTIVE = 0;

		private static final int ENDED = 1;

		private static final int CANCELLED = 2;

		@SuppressWarnings("rawtypes")
		private static final AtomicIntegerFieldUpdater<Try> STATE = AtomicIntegerFieldUpdater.newUpdater(Try.class,
				"state");

		private final Attempt<T> attempt;

		private final CoreSubscriber<? super T> actual;

		private final SentRequest sent;

		private volatile int state = ACTIVE;

		private volatile @Nullable Disposable timer;

		private @Nullable Subscription source;

		private @Nullable ClientHttpResponse head;

		private volatile @Nullable AnswerBody<T> body;

		private volatile boolean givenUp;

		Try(Attempt<T> attempt, CoreSubscriber<? super T> actual, SentRequest sent) {
			this.attempt = attempt;
			this.actual = actual;
			this.sent = sent;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			this.actual.onSubscribe(this);
			// Not before: time may be up at once, and no signal may come ahead of this
			// one.
			startTimer();
		}

		private void startTimer() {
			if (this.state != ACTIVE) {
				return;
			}
			Disposable started = this.attempt.scheduler.schedule(this, this.attempt.timeout.toMillis(),
					TimeUnit.MILLISECONDS);
			this.timer = started;
			if (this.state != ACTIVE) {
				started.dispose();
			}
		}

		@Override
		public void request(long n) {
			if (this.source != null) {
				this.source.request(n);
			}
		}

		@Override
		public void onNext(ClientHttpResponse response) {
			this.head = response;
			AnswerBody<T> begun = new AnswerBody<>(this, this.attempt.writers, this.attempt.maxSize);
			this.body = begun;
			if (this.givenUp) {
				begun.cancel();
			}
			try {
				this.sent.answered(response.getStatusCode().is2xxSuccessful());
			}
			catch (RuntimeException ex) {
				// A status that is none: nobody will read the body.
				begun.cancel();
				failed(ex);
			}
			response.getBody().subscribe(begun);
		}

		@Override
		public void onError(Throwable error) {
			failed(error);
		}

		/**
		 * End without a value, unless there is a head, whose body is waited for.
		 */
		@Override
		public void onComplete() {
			if (this.body == null) {
				ended(null);
			}
		}

		@Override
		public @Nullable T read(byte[] bytes, int length) {
			return this.attempt.steps.read(Objects.requireNonNull(this.head), bytes, length);
		}

		@Override
		public void ended(@Nullable T value) {
			if (end(ENDED)) {
				this.sent.whenFree(() -> pass(value));
			}
			else if (value != null && this.state == CANCELLED) {
				this.actual.onNext(value);
			}
			else if (value != null) {
				Operators.onNextDropped(value, currentContext());
			}
		}

		private void pass(@Nullable T value) {
			if (value != null) {
				this.actual.onNext(value);
			}
			this.actual.onComplete();
		}

		/**
		 * Fail, unless nobody waits any more: how a call ends that was given up interests
		 * nobody, and Reactor would log an error.
		 */
		@Override
		public void failed(Throwable error) {
			if (end(ENDED)) {
				this.actual.onError(error);
			}
		}

		@Override
		public void cancel() {
			@Nullable CancelListener listener = currentContext().getOrDefault(CancelListener.KEY, null);
			if (end(CANCELLED)) {
				this.sent.cancel(this::giveUp, listener);
			}
			else if (listener != null) {
				// A value may be on its way to the subscriber in this moment.
				this.sent.cancel(() -> {
				}, listener);
			}
		}

		@Override
		public void run() {
			if (end(ENDED)) {
				this.sent.cancel(this::giveUp, null);
				this.actual.onError(new TimeoutException("not within " + this.attempt.timeout.toMillis() + " ms"));
			}
		}

		private boolean end(int end) {
			if (!STATE.compareAndSet(this, ACTIVE, end)) {
				return false;
			}
			Disposable started = this.timer;
			if (started != null) {
				started.dispose();
			}
			return true;
		}

		private void giveUp() {
			this.givenUp = true;
			if (this.source != null) {
				this.source.cancel();
			}
			AnswerBody<T> begun = this.body;
			if (begun != null) {
				begun.cancel();
			}
		}

	}

}
