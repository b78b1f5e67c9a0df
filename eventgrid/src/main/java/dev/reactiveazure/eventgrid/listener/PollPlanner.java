package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When to open another poll.
 * <p>
 * With none open, one is opened for a single event: nothing waits for a full batch. While
 * one is open, the subscription is either empty or about to answer, so further ones are
 * opened only under backlog (a poll brought all it asked for) and for a decent share of
 * the permits. An empty answer ends the backlog. Under backlog, too small a poll is worth
 * waiting for a few milliseconds: permits that come back together go out together.
 */
final class PollPlanner {

	private final AtomicInteger wantedPolls = new AtomicInteger(1);

	private final int mostEvents;

	private final int share;

	private volatile int mostPolls;

	private volatile boolean backlog;

	PollPlanner(int maxPolls, int maxEvents, int maxInFlight) {
		this.mostEvents = maxEvents;
		this.mostPolls = maxPolls;
		this.share = Math.max(1, Math.min(maxEvents, maxInFlight / 4));
	}

	/**
	 * Return whether a poll is to be opened now.
	 * @param open how many are open
	 * @param free for how many events there is room
	 */
	boolean isDue(int open, int free) {
		if (open == 0) {
			return free >= (this.backlog ? this.share : 1);
		}
		return free >= this.share && open < Math.min(this.mostPolls, this.wantedPolls.get());
	}

	/**
	 * Return whether a poll that is not due will be after a moment, even if no more room
	 * is made meanwhile.
	 */
	boolean isWorthAMoment(int open, int free) {
		return open == 0 && free > 0;
	}

	/**
	 * Return for how many events to ask.
	 */
	int ask(int free) {
		return Math.min(this.mostEvents, free);
	}

	void allow(int polls) {
		this.mostPolls = polls;
	}

	void answered(int asked, int received) {
		this.backlog = received >= asked;
		if (received == 0) {
			this.wantedPolls.set(1);
		}
		else if (this.backlog) {
			this.wantedPolls.updateAndGet((wanted) -> Math.min(this.mostPolls, wanted + 1));
		}
	}

	void failed() {
		this.backlog = false;
		this.wantedPolls.set(1);
	}

}
