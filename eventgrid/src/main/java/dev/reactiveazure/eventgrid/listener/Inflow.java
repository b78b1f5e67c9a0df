package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * How much may be received and begun: all that the options allow, a part of it after the
 * service refused more, one event while the gate is probing, nothing while the container
 * is paused or the gate is shut.
 * <p>
 * Where nothing may be begun, events that wait for their turn keep their locks for a
 * grace time; then they are given back.
 */
final class Inflow {

	private final ContainerOptions options;

	private final Gate gate;

	private final Dispatcher dispatcher;

	private final ReceiveLoop loop;

	private final Timing timing;

	private final Consumer<Throwable> onBroken;

	private final Throttle throttle = new Throttle();

	private final Disposable.Swap grace = Disposables.swap();

	private final AtomicInteger changes = new AtomicInteger();

	private final AtomicBoolean probing = new AtomicBoolean();

	private volatile boolean paused;

	private volatile boolean stopped;

	private volatile boolean graceOver;

	/** Read and written by whoever is in {@link #adjust()}. */
	private boolean holding;

	Inflow(ContainerOptions options, Gate gate, Dispatcher dispatcher, ReceiveLoop loop, Timing timing,
			Consumer<Throwable> onBroken) {
		this.options = options;
		this.gate = gate;
		this.dispatcher = dispatcher;
		this.loop = loop;
		this.timing = timing;
		this.onBroken = onBroken;
	}

	/**
	 * Pause, with the next {@link #changed()}.
	 */
	void pause() {
		this.paused = true;
	}

	/**
	 * End a pause, with the next {@link #changed()}.
	 */
	void resume() {
		this.paused = false;
	}

	void stop() {
		this.stopped = true;
		this.gate.stop();
		this.grace.dispose();
	}

	// == The service ==

	void throttled() {
		if (this.throttle.throttled(this.timing.now())) {
			changed();
		}
	}

	void answered() {
		if (this.throttle.answered(this.timing.now())) {
			changed();
		}
	}

	// == The gate ==

	void probe() {
		this.probing.set(true);
		changed();
	}

	/**
	 * Do what the changed state asks for. What changes meanwhile is seen to by the thread
	 * that is at it.
	 */
	void changed() {
		int missed = 1;
		if (this.changes.getAndIncrement() != 0) {
			return;
		}
		while (missed != 0) {
			adjustSafely();
			missed = this.changes.addAndGet(-missed);
		}
	}

	private void adjustSafely() {
		if (this.stopped) {
			return;
		}
		try {
			adjust();
		}
		catch (Throwable ex) {
			this.onBroken.accept(ex);
		}
	}

	private void adjust() {
		GateState state = this.gate.state();
		if (!this.paused && state == GateState.OPEN) {
			flow();
			return;
		}
		boolean shut = this.paused || state == GateState.SHUT;
		if (shut || !this.holding) {
			// Not once more while probing: that would close the probe's poll.
			this.loop.hold();
		}
		holdWaiting();
		if (shut) {
			this.dispatcher.allow(0);
		}
		else if (this.probing.getAndSet(false)) {
			letOneThrough();
		}
		if (this.graceOver) {
			this.dispatcher.giveBack();
		}
	}

	private void flow() {
		if (this.holding) {
			this.holding = false;
			this.grace.update(Disposables.disposed());
			this.graceOver = false;
			this.dispatcher.keepWaiting();
		}
		this.dispatcher.allow(this.throttle.of(this.options.concurrency()));
		this.loop.flow(this.throttle.of(this.options.maxInFlight()),
				this.throttle.of(this.options.receiving().maxPolls()));
	}

	private void holdWaiting() {
		if (!this.holding) {
			this.holding = true;
			this.grace.update(this.timing.scheduler()
				.schedule(this::endGrace, this.options.lifecycle().pauseGrace().toMillis(), TimeUnit.MILLISECONDS));
		}
	}

	private void endGrace() {
		this.graceOver = true;
		changed();
	}

	private void letOneThrough() {
		boolean waiting = this.dispatcher.hasWaiting();
		this.dispatcher.allow(this.dispatcher.running() + 1);
		if (!waiting) {
			this.loop.receiveOne();
		}
	}

}
