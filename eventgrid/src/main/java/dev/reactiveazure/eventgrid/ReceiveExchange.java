package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.util.context.Context;

/**
 * One long poll on its way, which outlives the interest in it.
 *
 * <pre>
 * attended ──cancel──▶ ABANDONED ──the next receive──▶ attended
 *     │                    │
 *     └──answer, failure───┴──▶ ENDED
 * </pre>
 */
final class ReceiveExchange implements CoreSubscriber<List<ReceivedEvent>>, Disposable {

	private static final Object ABANDONED = "abandoned";

	private static final Object ENDED = "ended";

	private final SubscriptionRequests requests;

	private final ReceiveOptions options;

	private final BackgroundReceives background;

	private final Context context;

	/** An {@link AttendedReceive.Attendance}, or what there is in place of one. */
	private final AtomicReference<Object> state;

	private volatile @Nullable Subscription upstream;

	private volatile boolean disposed;

	ReceiveExchange(SubscriptionRequests requests, ReceiveOptions options, BackgroundReceives background,
			AttendedReceive.Attendance first) {
		this.requests = requests;
		this.options = options;
		this.background = background;
		this.context = first.context();
		this.state = new AtomicReference<>(first);
	}

	void start() {
		this.requests.exchange(this.options).subscribe(this);
	}

	SubscriptionRequests requests() {
		return this.requests;
	}

	/**
	 * Return whether a receive with other options may get this one's answer: no more
	 * events, and no later, than it asked for.
	 */
	boolean fits(ReceiveOptions other) {
		return this.options.maxEvents() <= other.maxEvents() && this.options.maxWait().compareTo(other.maxWait()) <= 0;
	}

	boolean isEnded() {
		return this.state.get() == ENDED;
	}

	/**
	 * Let another receive wait for the answer, if nobody does.
	 */
	boolean takeOver(AttendedReceive.Attendance next) {
		return this.state.compareAndSet(ABANDONED, next);
	}

	/**
	 * Go on without the one who waited.
	 */
	void abandon(AttendedReceive.Attendance former) {
		if (this.state.compareAndSet(former, ABANDONED)) {
			this.background.add(this);
		}
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		if (this.disposed) {
			subscription.cancel();
			return;
		}
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ReceivedEvent> events) {
		Object former = this.state.getAndSet(ENDED);
		if (former instanceof AttendedReceive.Attendance attendance) {
			attendance.answered(events);
		}
		else if (former == ABANDONED) {
			this.background.answered(this, events);
		}
	}

	@Override
	public void onError(Throwable error) {
		Object former = this.state.getAndSet(ENDED);
		if (former instanceof AttendedReceive.Attendance attendance) {
			attendance.failed(error);
		}
		else if (former == ABANDONED) {
			this.background.failed(this, error);
		}
	}

	@Override
	public void onComplete() {
		onNext(List.of());
	}

	/**
	 * Close the exchange. Events whose answer is on its way stay locked.
	 */
	@Override
	public void dispose() {
		this.disposed = true;
		Subscription current = this.upstream;
		if (current != null) {
			current.cancel();
		}
	}

	@Override
	public boolean isDisposed() {
		return this.disposed;
	}

}
