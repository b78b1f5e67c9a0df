package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.pipeline.CancelListener;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.util.context.Context;

/**
 * One receive on its way. It ends once: answered, failed or closed. An answer that comes
 * in spite of being closed is not dropped, because its events are locked: it is handed
 * over as late, until the loop is told that its cancel has taken effect.
 */
final class Poll implements CoreSubscriber<List<ReceivedEvent>>, CancelListener {

	private enum State {

		OPEN, ENDED, CLOSED

	}

	private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

	private final ReceiveLoop loop;

	private final int permits;

	private final long sentAt;

	private final Context context = Context.of(CancelListener.KEY, this);

	private volatile @Nullable Subscription exchange;

	private volatile @Nullable Disposable watchdog;

	Poll(ReceiveLoop loop, int permits, long sentAt) {
		this.loop = loop;
		this.permits = permits;
		this.sentAt = sentAt;
	}

	/**
	 * Return how many events were asked for.
	 */
	int permits() {
		return this.permits;
	}

	long sentAt() {
		return this.sentAt;
	}

	void watchedBy(Disposable watchdog) {
		this.watchdog = watchdog;
		if (this.state.get() != State.OPEN) {
			watchdog.dispose();
		}
	}

	/**
	 * Cancel the receive.
	 * @return whether it was still open
	 */
	boolean close() {
		if (!end(State.CLOSED)) {
			return false;
		}
		Subscription current = this.exchange;
		if (current != null) {
			current.cancel();
		}
		return true;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void cancelPending() {
		this.loop.cancelPending();
	}

	@Override
	public void cancelDone() {
		this.loop.cancelDone();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.exchange = subscription;
		if (this.state.get() == State.OPEN) {
			subscription.request(Long.MAX_VALUE);
		}
		else {
			subscription.cancel();
		}
	}

	@Override
	public void onNext(List<ReceivedEvent> events) {
		try {
			if (end(State.ENDED)) {
				this.loop.answered(this, events);
			}
			else {
				this.loop.answeredLate(events);
			}
		}
		catch (Throwable ex) {
			this.loop.broke(this, ex);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (!end(State.ENDED)) {
			return;
		}
		try {
			this.loop.failed(this, error);
		}
		catch (Throwable ex) {
			this.loop.broke(this, ex);
		}
	}

	@Override
	public void onComplete() {
		if (!end(State.ENDED)) {
			return;
		}
		try {
			this.loop.answered(this, List.of());
		}
		catch (Throwable ex) {
			this.loop.broke(this, ex);
		}
	}

	private boolean end(State end) {
		if (!this.state.compareAndSet(State.OPEN, end)) {
			return false;
		}
		Disposable current = this.watchdog;
		if (current != null) {
			current.dispose();
		}
		return true;
	}

}
