package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Shuts after a run of transient failures, so that an outage of what the handlers need
 * does not use up the deliveries of the events that wait. Then it asks for one event to
 * be let through from time to time; the first success opens it again.
 *
 * <pre>
 *            failures             wait
 *   OPEN ──────────────▶ SHUT ──────────▶ PROBING ─┐ no verdict: another
 *     ▲                   ▲ └──── failure ────┤ ▲──┘
 *     └──── success ──────┴───────────────────┘
 * </pre>
 */
final class Gate implements HandlerGate {

	private static final Log logger = LogFactory.getLog(Gate.class);

	private static final AtomicReferenceFieldUpdater<Gate, GateState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(Gate.class, GateState.class, "state");

	private final String name;

	private final int mostFailures;

	private final long longestWait;

	private final Backoff backoff;

	private final Timing timing;

	private final Listener listener;

	private volatile GateState state = GateState.OPEN;

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicInteger shutTimes = new AtomicInteger();

	private final Disposable.Swap timer = Disposables.swap();

	Gate(String name, GateOptions options, Timing timing, Listener listener) {
		this.name = name;
		this.mostFailures = options.failures();
		this.longestWait = options.maxBackoff().toMillis();
		this.backoff = new Backoff(options.minBackoff(), options.maxBackoff(), timing.random());
		this.timing = timing;
		this.listener = listener;
	}

	GateState state() {
		return this.state;
	}

	@Override
	public void handled() {
		if (this.failures.get() != 0) {
			this.failures.set(0);
		}
		if (this.state != GateState.OPEN) {
			open();
		}
	}

	@Override
	public void failed(Throwable error) {
		if (this.mostFailures == 0) {
			return;
		}
		int run = this.failures.incrementAndGet();
		if (run >= this.mostFailures && STATE.compareAndSet(this, GateState.OPEN, GateState.SHUT)) {
			logger.warn("Listener '" + this.name + "' receives no more after " + run
					+ " failures in a row, and tries one event from time to time: " + error);
			shut(error);
		}
		else if (STATE.compareAndSet(this, GateState.PROBING, GateState.SHUT)) {
			shut(error);
		}
	}

	/**
	 * Probe with another event soon, where it was the probe: a subscription may hold many
	 * that no handler sees, and the outage may be over.
	 */
	@Override
	public void unhandled() {
		if (STATE.compareAndSet(this, GateState.PROBING, GateState.SHUT)) {
			this.listener.changed();
			probeAfter(this.backoff.first());
		}
	}

	@Override
	public void pause(String reason) {
		this.listener.pause(reason);
	}

	private void shut(Throwable error) {
		long wait = this.backoff.waitAfter(this.shutTimes.incrementAndGet(), error);
		this.listener.changed();
		probeAfter(wait);
	}

	private void open() {
		if (STATE.getAndSet(this, GateState.OPEN) == GateState.OPEN) {
			return;
		}
		this.shutTimes.set(0);
		logger.info("Listener '" + this.name + "' handles events again");
		this.listener.changed();
	}

	private void probeAfter(long wait) {
		this.timer.update(this.timing.scheduler().schedule(this::probe, wait, TimeUnit.MILLISECONDS));
	}

	private void probe() {
		if (STATE.compareAndSet(this, GateState.SHUT, GateState.PROBING) || this.state == GateState.PROBING) {
			// The event may hang, or end without a verdict: then another one.
			probeAfter(this.longestWait);
			this.listener.probe();
		}
	}

	/**
	 * Probe no more.
	 */
	void stop() {
		this.timer.dispose();
	}

	/**
	 * Does what the gate says.
	 */
	interface Listener {

		/**
		 * The gate was shut or opened.
		 */
		void changed();

		/**
		 * Let one event through.
		 */
		void probe();

		/**
		 * Let nothing through until a person says otherwise.
		 * @param reason why, for that person
		 */
		void pause(String reason);

	}

}
