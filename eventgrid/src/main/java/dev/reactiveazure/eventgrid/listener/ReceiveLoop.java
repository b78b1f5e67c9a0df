package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Keeps receives open for as many events as there are permits, as the
 * {@linkplain PollPlanner planner} sees fit.
 */
final class ReceiveLoop {

	private static final Log logger = LogFactory.getLog(ReceiveLoop.class);

	private static final Duration SLACK = Duration.ofSeconds(10);

	/** How long permits wait for others to go out together. */
	private static final Duration MOMENT = Duration.ofMillis(5);

	private final String name;

	private final EventBroker broker;

	private final ReceivingOptions options;

	private final Permits permits;

	private final ReceivedEvents receiver;

	private final Timing timing;

	private final Backoff backoff;

	private final PollPlanner planner;

	private final @Nullable EventRateLimit rateLimit;

	private final Reception reception = new Reception();

	private final OpenPolls polls;

	private final AtomicInteger demands = new AtomicInteger();

	private final AtomicBoolean waking = new AtomicBoolean();

	private volatile @Nullable Disposable pause;

	private volatile boolean pausing;

	private volatile boolean held;

	private volatile boolean closed;

	/** Whether permits have waited for others. */
	private volatile boolean waited;

	/** How many events may be in flight, at most as many as there are permits. */
	private volatile int mostInFlight;

	ReceiveLoop(String name, EventBroker broker, ContainerOptions options, @Nullable EventRateLimit rateLimit,
			Permits permits, ReceivedEvents receiver, Timing timing) {
		this.name = name;
		this.broker = broker;
		this.options = options.receiving();
		this.rateLimit = rateLimit;
		this.permits = permits;
		this.mostInFlight = permits.max();
		this.receiver = receiver;
		this.timing = timing;
		this.polls = new OpenPolls(permits, timing);
		this.backoff = new Backoff(this.options.minBackoff(), this.options.maxBackoff(), timing.random());
		this.planner = new PollPlanner(this.options.maxPolls(), this.options.maxEvents(), permits.max());
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
			while (mayReceive() && openNext()) {
				// One after the other.
			}
			missed = this.demands.addAndGet(-missed);
		}
	}

	private boolean mayReceive() {
		return !this.closed && !this.pausing && !this.held;
	}

	private boolean openNext() {
		int open = this.polls.count();
		int free = this.permits.free() - (this.permits.max() - this.mostInFlight);
		boolean worthAMoment = this.planner.isWorthAMoment(open, free);
		if (!this.planner.isDue(open, free) && !(worthAMoment && this.waited)) {
			if (worthAMoment) {
				wakeAfter(MOMENT.toMillis());
			}
			return false;
		}
		int most = Math.min(this.planner.ask(free), granted());
		if (most == 0) {
			return false;
		}
		this.waited = false;
		return openPoll(most, this::mayReceive);
	}

	/**
	 * Return for how many events the rate limit allows to ask, and see to it that it is
	 * looked at again if for none.
	 */
	private int granted() {
		EventRateLimit limit = this.rateLimit;
		if (limit == null) {
			return Integer.MAX_VALUE;
		}
		int available = limit.available(this.timing.now());
		if (available == 0) {
			wakeAfter(Math.max(MOMENT.toMillis(), limit.waitForOne()));
		}
		return available;
	}

	private void wakeAfter(long millis) {
		if (this.waking.compareAndSet(false, true)) {
			this.timing.scheduler().schedule(this::wake, millis, TimeUnit.MILLISECONDS);
		}
	}

	private void wake() {
		this.waited = true;
		this.waking.set(false);
		this.receiver.demand();
	}

	private boolean openPoll(int most, BooleanSupplier wanted) {
		int permits = this.permits.take(most);
		if (permits == 0) {
			return false;
		}
		Poll poll = new Poll(this, permits, this.timing.now());
		this.polls.add(poll);
		if (!wanted.getAsBoolean()) {
			// Who closed the open polls meanwhile may not have seen this one.
			this.polls.close(poll);
			return false;
		}
		Duration maxWait = this.options.maxWait();
		poll.watchedBy(this.timing.scheduler()
			.schedule(() -> overdue(poll), maxWait.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS));
		receive(permits, maxWait).subscribe(poll);
		return true;
	}

	// == What may flow ==

	/**
	 * Receive.
	 * @param inFlight how many events may be in flight
	 * @param polls how many polls may be open
	 */
	void flow(int inFlight, int polls) {
		this.mostInFlight = inFlight;
		this.planner.allow(polls);
		this.held = false;
		this.receiver.demand();
	}

	/**
	 * Receive no more for now.
	 */
	void hold() {
		this.held = true;
		closePolls();
	}

	/**
	 * Receive one event though nothing more is received, unless a receive is open.
	 */
	void receiveOne() {
		if (!this.closed && !this.pausing && this.polls.count() == 0) {
			openPoll(1, () -> !this.closed);
		}
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
		this.planner.answered(poll.permits(), events.size());
		spend(events.size());
		if (this.reception.answered(this.timing.now())) {
			logger.info("Listener '" + this.name + "' receives again");
		}
		if (surplus < 0) {
			this.permits.takeAnyway(-surplus);
		}
		List<InFlightEvent> inFlight = this.receiver.accept(events);
		this.polls.ended(poll);
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
		spend(events.size());
		this.receiver.dispatch(this.receiver.accept(events));
	}

	private void spend(int events) {
		EventRateLimit limit = this.rateLimit;
		if (limit != null) {
			limit.spend(events);
		}
	}

	/**
	 * Report a failure that is no failed receive: a bug, or a virtual machine at its end.
	 * How far the poll's answer came is unknown, but a stop must not wait for it.
	 */
	void broke(Poll poll, Throwable error) {
		this.reception.broke(error);
		this.polls.ended(poll);
		this.receiver.broke(error);
	}

	void failed(Poll poll, Throwable error) {
		if (this.options.onAuthFailure() == OnAuthFailure.STOP && StartupCheck.isRefusal(error)) {
			this.permits.giveBack(poll.permits());
			broke(poll, error);
			return;
		}
		pause(error);
		this.polls.ended(poll);
		this.permits.giveBack(poll.permits());
	}

	/**
	 * Note that a poll was closed of which events may come until {@link #cancelDone()}.
	 */
	void cancelPending() {
		this.polls.cancelPending();
	}

	void cancelDone() {
		this.polls.cancelDone();
	}

	private void overdue(Poll poll) {
		if (!this.polls.close(poll)) {
			return;
		}
		this.reception
			.overdue(new TimeoutException("A receive was not answered within " + this.options.maxWait().plus(SLACK)));
		logger.warn("Listener '" + this.name + "' replaces a receive that was not answered in time");
		this.receiver.demand();
	}

	/**
	 * Stop receiving for a while. Polls that fail together count as one failure.
	 */
	private synchronized void pause(Throwable error) {
		if (this.pausing || this.closed) {
			return;
		}
		this.pausing = true;
		this.planner.failed();
		long wait = this.backoff.waitAfter(this.reception.failed(error), error);
		logger.warn("Listener '" + this.name + "' could not receive, tries again in " + wait + " ms: " + error);
		this.pause = this.timing.scheduler().schedule(this::resume, wait, TimeUnit.MILLISECONDS);
	}

	private void resume() {
		this.pausing = false;
		this.receiver.demand();
	}

	// == End ==

	/**
	 * Open no more polls.
	 */
	void stop() {
		this.closed = true;
		this.polls.noMore();
		Disposable current = this.pause;
		if (current != null) {
			current.dispose();
		}
	}

	/**
	 * Cancel the open polls, those whose answer may be on its way after a moment.
	 */
	void closePolls() {
		this.polls.closeAll(() -> this.closed || this.held);
	}

	/**
	 * Cancel the open polls at once.
	 */
	void dropPolls() {
		this.polls.dropAll();
	}

	/**
	 * Return a {@code Mono} that completes when no poll is open and nothing can come of
	 * those that were closed. To be called after {@link #stop()}.
	 */
	Mono<Void> noPollLeft() {
		return this.polls.noneLeft();
	}

	// == State ==

	int openPolls() {
		return this.polls.count();
	}

	Reception reception() {
		return this.reception;
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
		 * Call {@link ReceiveLoop#demand()}, or give up.
		 */
		void demand();

		/**
		 * Give up: the loop can't go on.
		 */
		void broke(Throwable error);

	}

}
