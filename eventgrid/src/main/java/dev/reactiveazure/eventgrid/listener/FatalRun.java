package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.ReceivedEvent;

/**
 * Counts events that can't be handled at all, one after the other with no success between
 * them: a sign of a wrong deployment rather than of wrong events. Each of them is
 * released; receiving the rest of the subscription would only use up its deliveries.
 */
final class FatalRun {

	private final AtomicInteger count = new AtomicInteger();

	private final int longest;

	private final HandlerGate gate;

	/**
	 * Create a run.
	 * @param longest how many make a wrong deployment; 0 for no such number
	 * @param gate is closed by such a run
	 */
	FatalRun(int longest, HandlerGate gate) {
		this.longest = longest;
		this.gate = gate;
	}

	void handled() {
		if (this.count.get() != 0) {
			this.count.set(0);
		}
	}

	void failed(ReceivedEvent event, Throwable error) {
		if (this.longest == 0 || this.count.incrementAndGet() != this.longest) {
			return;
		}
		this.count.set(0);
		this.gate.pause(this.longest + " events in a row could not be handled, the last " + describe(event) + ": "
				+ error + ". Further deliveries would fail as well: the handler does not fit the events");
	}

	private static String describe(ReceivedEvent event) {
		return (event instanceof ReceivedEvent.Valid valid) ? "of type '" + valid.event().getType() + "'" : "malformed";
	}

}
