package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The polls that are open, each until it has ended, once. Those that are closed give
 * their permits back here; what becomes of the permits of the others depends on their
 * answer. A closed one is no longer open, but until its cancel has taken effect events
 * may come of it.
 */
final class OpenPolls {

	/** How long after it was sent a poll's answer may be on its way already. */
	private static final Duration ANSWER_GRACE = Duration.ofMillis(200);

	private final Set<Poll> polls = ConcurrentHashMap.newKeySet();

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicInteger pendingCancels = new AtomicInteger();

	private final Sinks.Empty<Void> none = Sinks.empty();

	private final Permits permits;

	private final Timing timing;

	private volatile boolean last;

	OpenPolls(Permits permits, Timing timing) {
		this.permits = permits;
		this.timing = timing;
	}

	void add(Poll poll) {
		// Who sees it may end it at once.
		this.count.incrementAndGet();
		this.polls.add(poll);
	}

	int count() {
		return this.count.get();
	}

	void ended(Poll poll) {
		if (!this.polls.remove(poll)) {
			return;
		}
		this.count.decrementAndGet();
		tellIfNoneIsLeft();
	}

	/**
	 * Cancel a poll, unless it has ended.
	 * @return whether it had not
	 */
	boolean close(Poll poll) {
		if (!poll.close()) {
			return false;
		}
		ended(poll);
		this.permits.giveBack(poll.permits());
		return true;
	}

	void cancelPending() {
		this.pendingCancels.incrementAndGet();
	}

	void cancelDone() {
		this.pendingCancels.decrementAndGet();
		tellIfNoneIsLeft();
	}

	private void tellIfNoneIsLeft() {
		if (this.last && this.count.get() == 0 && this.pendingCancels.get() == 0) {
			this.none.tryEmitEmpty();
		}
	}

	/**
	 * Cancel all polls. One that was sent a moment ago gets the rest of that moment: if
	 * there are events its answer is already on the way, and dropping it would leave them
	 * locked.
	 * @param unwanted says whether such a poll is still to be cancelled then
	 */
	void closeAll(BooleanSupplier unwanted) {
		long now = this.timing.now();
		for (Poll poll : this.polls) {
			long left = poll.sentAt() + ANSWER_GRACE.toMillis() - now;
			if (left <= 0) {
				close(poll);
			}
			else {
				this.timing.scheduler().schedule(() -> closeIf(unwanted, poll), left, TimeUnit.MILLISECONDS);
			}
		}
	}

	private void closeIf(BooleanSupplier unwanted, Poll poll) {
		if (unwanted.getAsBoolean()) {
			close(poll);
		}
	}

	/**
	 * Cancel all polls at once.
	 */
	void dropAll() {
		this.polls.forEach(this::close);
	}

	/**
	 * Note that no more are added, or closed at once.
	 */
	void noMore() {
		this.last = true;
	}

	/**
	 * Return a {@code Mono} that completes when none is open and nothing can come of
	 * those that were closed. To be called after {@link #noMore()}.
	 */
	Mono<Void> noneLeft() {
		tellIfNoneIsLeft();
		return this.none.asMono();
	}

}
