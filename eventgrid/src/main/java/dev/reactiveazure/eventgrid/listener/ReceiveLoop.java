package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps receives open for as many events as there are permits.
 * <p>
 * With no poll open, one is opened as soon as a single permit is free: nothing waits for
 * a full batch. While one is open, the subscription is either empty or about to answer,
 * so further ones are opened only under backlog (a poll brought all it asked for) and for
 * a decent share of the permits. An empty answer ends the backlog.
 */
final class ReceiveLoop {

	private static final Log logger = LogFactory.getLog(ReceiveLoop.class);

	private static final int MOST_EVENTS = 100;

	private static final Duration SLACK = Duration.ofSeconds(10);

	private static final Duration ANSWER_GRACE = Duration.ofMillis(200);

	private final String name;

	private final EventBroker broker;

	private final ContainerOptions options;

	private final Permits permits;

	private final ReceivedEvents receiver;

	private final Timing timing;

	private final Backoff backoff;

	private final int share;

	private final Set<Poll> polls = ConcurrentHashMap.newKeySet();

	private final AtomicInteger openPolls = new AtomicInteger();

	private final AtomicInteger allowedPolls = new AtomicInteger(1);

	private final AtomicInteger demands = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final Sinks.Empty<Void> noPollOpen = Sinks.empty();

	private volatile @Nullable Throwable lastError;

	private volatile @Nullable Disposable pause;

	private volatile boolean pausing;

	private volatile boolean closed;

	ReceiveLoop(String name, EventBroker broker, ContainerOptions options, Permits permits, ReceivedEvents receiver,
			Timing timing) {
		this.name = name;
		this.broker = broker;
		this.options = options;
		this.permits = permits;
		this.receiver = receiver;
		this.timing = timing;
		this.backoff = new Backoff(options.receiving().minBackoff(), options.receiving().maxBackoff(), timing.random());
		this.share = Math.max(1, Math.min(MOST_EVENTS, permits.max() / 4));
	}

	/**
	 * Open what polls the permits allow. To be called whenever something changed; calls
	 * that come while another is at work are its to see to.
	 */
	void demand() {
		int missed = 1;
		if (this.demands.getAndIncrement() != 0) {
			return;
		}
		while (missed != 0) {
			while (wantsPoll()) {
				openPoll();
			}
			missed = this.demands.addAndGet(-missed);
		}
	}

	private boolean wantsPoll() {
		if (this.closed || this.pausing) {
			return false;
		}
		int open = this.openPolls.get();
		int free = this.permits.free();
		return (open == 0) ? free > 0 : open < this.allowedPolls.get() && free >= this.share;
	}

	private void openPoll() {
		int permits = this.permits.take(MOST_EVENTS);
		if (permits == 0) {
			return;
		}
		Poll poll = new Poll(this, permits, this.timing.now());
		this.polls.add(poll);
		this.openPolls.incrementAndGet();
		if (this.closed) {
			close(poll);
			return;
		}
		Duration maxWait = this.options.receiving().maxWait();
		poll.watchedBy(this.timing.scheduler()
			.schedule(() -> overdue(poll), maxWait.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS));
		receive(permits, maxWait).subscribe(poll);
	}

	private Mono<List<ReceivedEvent>> receive(int permits, Duration maxWait) {
		try {
			return this.broker.receive(permits, maxWait);
		}
		catch (RuntimeException ex) {
			return Mono.error(ex);
		}
	}

	// == What becomes of a poll ==

	void answered(Poll poll, List<ReceivedEvent> events) {
		int surplus = poll.permits() - events.size();
		adapt(surplus, events.size());
		if (this.failures.getAndSet(0) > 0) {
			logger.info("Listener '" + this.name + "' receives again");
		}
		this.lastError = null;
		if (surplus < 0) {
			this.permits.takeAnyway(-surplus);
		}
		List<InFlightEvent> inFlight = this.receiver.accept(events);
		ended(poll);
		// The next poll goes out before the handlers get to work on this thread.
		this.permits.giveBack(Math.max(0, surplus));
		demand();
		this.receiver.dispatch(inFlight);
	}

	/**
	 * Take events in that were received in spite of a cancelled poll.
	 */
	void answeredLate(List<ReceivedEvent> events) {
		this.permits.takeAnyway(events.size());
		this.receiver.dispatch(this.receiver.accept(events));
	}

	/**
	 * Report a failure that is no failed receive: a bug, or a virtual machine at its end.
	 * How far the poll's answer came is unknown, but a stop must not wait for it.
	 */
	void broke(Poll poll, Throwable error) {
		this.lastError = error;
		ended(poll);
		this.receiver.broke(error);
	}

	void failed(Poll poll, Throwable error) {
		this.lastError = error;
		pause(error);
		ended(poll);
		this.permits.giveBack(poll.permits());
	}

	private void overdue(Poll poll) {
		if (!poll.close()) {
			return;
		}
		this.lastError = new TimeoutException(
				"A receive was not answered within " + this.options.receiving().maxWait().plus(SLACK));
		logger.warn("Listener '" + this.name + "' replaces a receive that was not answered in time");
		ended(poll);
		this.permits.giveBack(poll.permits());
		demand();
	}

	private void ended(Poll poll) {
		if (!this.polls.remove(poll)) {
			return;
		}
		if (this.openPolls.decrementAndGet() == 0 && this.closed) {
			this.noPollOpen.tryEmitEmpty();
		}
	}

	private void adapt(int surplus, int events) {
		if (events == 0) {
			this.allowedPolls.set(1);
		}
		else if (surplus <= 0) {
			this.allowedPolls.updateAndGet((allowed) -> Math.min(this.options.receiving().maxPolls(), allowed + 1));
		}
	}

	/**
	 * Stop receiving for a while. Polls that fail together count as one failure.
	 */
	private synchronized void pause(Throwable error) {
		if (this.pausing || this.closed) {
			return;
		}
		this.pausing = true;
		this.allowedPolls.set(1);
		int failed = this.failures.incrementAndGet();
		long wait = this.backoff.waitAfter(failed, error);
		logger.warn("Listener '" + this.name + "' could not receive, tries again in " + wait + " ms: " + error);
		this.pause = this.timing.scheduler().schedule(this::resume, wait, TimeUnit.MILLISECONDS);
	}

	private void resume() {
		this.pausing = false;
		demand();
	}

	// == End ==

	/**
	 * Open no more polls.
	 */
	void stop() {
		this.closed = true;
		Disposable current = this.pause;
		if (current != null) {
			current.dispose();
		}
	}

	/**
	 * Cancel the open polls. One that was sent a moment ago gets the rest of that moment:
	 * if there are events its answer is already on the way, and dropping it would leave
	 * them locked.
	 * @return completes when no poll is open
	 */
	Mono<Void> closePolls() {
		long now = this.timing.now();
		for (Poll poll : this.polls) {
			long left = poll.sentAt() + ANSWER_GRACE.toMillis() - now;
			if (left <= 0) {
				close(poll);
			}
			else {
				this.timing.scheduler().schedule(() -> close(poll), left, TimeUnit.MILLISECONDS);
			}
		}
		return noPollOpen();
	}

	/**
	 * Cancel the open polls at once.
	 */
	void dropPolls() {
		this.polls.forEach(this::close);
	}

	private void close(Poll poll) {
		if (poll.close()) {
			ended(poll);
			this.permits.giveBack(poll.permits());
		}
	}

	/**
	 * Return a {@code Mono} that completes when no poll is open. To be called after
	 * {@link #stop()}.
	 */
	Mono<Void> noPollOpen() {
		if (this.openPolls.get() == 0) {
			this.noPollOpen.tryEmitEmpty();
		}
		return this.noPollOpen.asMono();
	}

	// == State ==

	int openPolls() {
		return this.openPolls.get();
	}

	int failures() {
		return this.failures.get();
	}

	@Nullable Throwable lastError() {
		return this.lastError;
	}

	/**
	 * Where received events go.
	 */
	interface ReceivedEvents {

		/**
		 * Book events as in flight.
		 */
		List<InFlightEvent> accept(List<ReceivedEvent> events);

		/**
		 * Have booked events handled.
		 */
		void dispatch(List<InFlightEvent> events);

		/**
		 * Give up: the loop can't go on.
		 */
		void broke(Throwable error);

	}

}
