package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;

/**
 * Receives the events of one subscription, has them handled and settles them.
 * <p>
 * What it promises: each received event is settled once, or reported to the
 * {@link SettlementListener} with the reason why not; delivery is at-least-once; never
 * more than {@code concurrency} handlers run, never more than {@code maxInFlight} events
 * are locked. It can be started again after it was stopped. Thread-safe.
 */
public final class EventGridListenerContainer implements SmartLifecycle {

	/**
	 * The phase in which containers start, late, and stop, early: while web servers still
	 * answer and everything a handler may need is still there.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 100;

	private static final Log logger = LogFactory.getLog(EventGridListenerContainer.class);

	private final Lock lock = new ReentrantLock();

	private final EventGridListenerEndpoint endpoint;

	private final EventBroker broker;

	private final ContainerOptions options;

	private final ContainerServices services;

	private final ContainerMeters meters;

	private final Disposable.Swap stopping = Disposables.swap();

	private volatile ContainerStatus.Phase state = ContainerStatus.Phase.STOPPED;

	private volatile @Nullable ContainerRun run;

	private volatile @Nullable Throwable failure;

	private volatile @Nullable String reason;

	private Sinks.Empty<Void> stopped = Sinks.empty();

	EventGridListenerContainer(EventGridListenerEndpoint endpoint, EventBroker broker, ContainerOptions options,
			ContainerServices services) {
		this.endpoint = endpoint;
		this.broker = broker;
		this.options = options;
		this.services = services;
		this.meters = new ContainerMeters(services.metrics(), this);
	}

	public String id() {
		return this.endpoint.id();
	}

	public EventGridListenerEndpoint endpoint() {
		return this.endpoint;
	}

	public ContainerOptions options() {
		return this.options;
	}

	/**
	 * Return what the container is doing.
	 * @return a snapshot
	 */
	public ContainerStatus status() {
		ContainerRun current = this.run;
		Throwable error = this.failure;
		return (current != null) ? current.status(this.state, this.reason, error)
				: ContainerStatus.idle(this.state, this.reason, error);
	}

	/**
	 * Start to receive. Returns at once; does nothing if the container is running or
	 * paused. With a {@link StartupPolicy} other than {@code RETRY} it waits for one
	 * answer of the service first: not for event loops then.
	 * @throws IllegalStateException if the container is still stopping, or it can't
	 * receive and the policy is {@code STOP}
	 */
	@Override
	public void start() {
		if (isReceivingOrPaused()) {
			return;
		}
		Throwable obstacle = obstacle();
		if (obstacle != null) {
			failedToStart(obstacle);
			return;
		}
		if (!startIfStopped()) {
			return;
		}
		logger.info(
				"Listener '" + id() + "' receives from " + this.endpoint.topic() + "/" + this.endpoint.subscription());
		publish(new ContainerEvent.Started(this));
	}

	private @Nullable Throwable obstacle() {
		if (this.options.lifecycle().onStartupFailure() == StartupPolicy.RETRY) {
			return null;
		}
		return new BlockingStartupCheck(new StartupCheck(this.broker)).obstacle();
	}

	private void failedToStart(Throwable obstacle) {
		this.lock.lock();
		try {
			if (this.run != null) {
				return;
			}
			this.failure = obstacle;
			this.state = ContainerStatus.Phase.FAILED;
		}
		finally {
			this.lock.unlock();
		}
		logger.error("Listener '" + id() + "' can't be started: " + obstacle);
		publish(new ContainerEvent.Failed(this, obstacle));
		if (this.options.lifecycle().onStartupFailure() == StartupPolicy.STOP) {
			throw new IllegalStateException("Listener '" + id() + "' can't be started: it can't receive from "
					+ this.endpoint.topic() + "/" + this.endpoint.subscription() + ", and its start-up policy is STOP",
					obstacle);
		}
	}

	private boolean startIfStopped() {
		this.lock.lock();
		try {
			if (isReceivingOrPaused()) {
				return false;
			}
			if (this.run != null) {
				throw new IllegalStateException("Listener '" + id() + "' is still stopping");
			}
			this.failure = null;
			this.reason = null;
			this.stopped = Sinks.empty();
			ListenerMetrics.Recorder recorder = this.meters.open();
			ContainerRun started = new ContainerRun(this.endpoint,
					new MeteredBroker(this.broker, recorder, this.services.timing()), this.options,
					this.services.counting(recorder), new RunOwner());
			this.run = started;
			this.state = ContainerStatus.Phase.RUNNING;
			begin(started);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isReceivingOrPaused() {
		return this.state == ContainerStatus.Phase.RUNNING || this.state == ContainerStatus.Phase.PAUSED;
	}

	private void begin(ContainerRun started) {
		try {
			started.start();
		}
		catch (Throwable ex) {
			// Half a run would pass for a running one, and keep the virtual machine
			// alive.
			broke(started, ex);
			throw ex;
		}
	}

	/**
	 * Pause, as an operator asks for it.
	 * @see #pause(String)
	 */
	public void pause() {
		pause("Paused on request");
	}

	/**
	 * Pause: within a second nothing more is received. Running handlers go on, keep the
	 * locks of their events, and these are settled; events that wait for a handler are
	 * given back after a grace time. Returns at once; does nothing if the container is
	 * paused.
	 * @param reason why, for a person: shown by {@link #status()} and in the log
	 * @throws IllegalStateException if the container is not running
	 */
	public void pause(String reason) {
		if (this.state == ContainerStatus.Phase.PAUSED) {
			return;
		}
		if (!pauseIfRunning(reason)) {
			throw new IllegalStateException("Listener '" + id() + "' can't be paused: it is not running");
		}
	}

	private boolean pauseIfRunning(String reason) {
		ContainerRun current;
		this.lock.lock();
		try {
			current = this.run;
			if (current == null || this.state != ContainerStatus.Phase.RUNNING) {
				return false;
			}
			this.state = ContainerStatus.Phase.PAUSED;
			this.reason = reason;
			current.pause();
		}
		finally {
			this.lock.unlock();
		}
		logger.info("Listener '" + id() + "' pauses: " + reason);
		current.changed();
		publish(new ContainerEvent.Paused(this, reason));
		return true;
	}

	/**
	 * Receive again after a pause. Returns at once; does nothing if the container is
	 * running.
	 * @throws IllegalStateException if the container is not running
	 */
	public void resume() {
		ContainerRun current;
		this.lock.lock();
		try {
			current = this.run;
			if (current == null || !isReceivingOrPaused()) {
				throw new IllegalStateException("Listener '" + id() + "' can't be resumed: it is not running");
			}
			if (this.state == ContainerStatus.Phase.RUNNING) {
				return;
			}
			this.state = ContainerStatus.Phase.RUNNING;
			this.reason = null;
			current.resume();
		}
		finally {
			this.lock.unlock();
		}
		logger.info("Listener '" + id() + "' receives again after its pause");
		current.changed();
		publish(new ContainerEvent.Resumed(this));
	}

	/**
	 * Stop and wait until that is done, at most the shutdown time-out (with
	 * {@link OpenPollOnStop#AWAIT} plus what open polls take). Not for event loops.
	 */
	@Override
	public void stop() {
		CountDownLatch done = new CountDownLatch(1);
		stop(done::countDown);
		try {
			done.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stop: nothing new is received, running handlers get time to end, the rest is given
	 * back, settlements are sent. Returns at once.
	 * @param callback is called once when that is done, at once if the container is not
	 * running
	 */
	@Override
	public void stop(Runnable callback) {
		Sinks.Empty<Void> end;
		ContainerRun current;
		boolean first;
		this.lock.lock();
		try {
			current = this.run;
			end = this.stopped;
			first = this.state != ContainerStatus.Phase.STOPPING;
			if (current != null && first) {
				this.state = ContainerStatus.Phase.STOPPING;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (current == null) {
			callback.run();
			return;
		}
		end.asMono().doFinally((signal) -> callback.run()).subscribe();
		if (first) {
			this.stopping.update(current.stop().doFinally((signal) -> ended(end)).subscribe());
		}
	}

	private void ended(Sinks.Empty<Void> end) {
		this.lock.lock();
		try {
			this.run = null;
			this.state = (this.failure != null) ? ContainerStatus.Phase.FAILED : ContainerStatus.Phase.STOPPED;
		}
		finally {
			this.lock.unlock();
		}
		logger.info("Listener '" + id() + "' stopped");
		publish(new ContainerEvent.Stopped(this, this.failure));
		end.tryEmitEmpty();
	}

	/**
	 * Forget what was counted: the container is not started any more.
	 */
	void close() {
		this.lock.lock();
		try {
			this.meters.close();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void broke(ContainerRun broken, Throwable error) {
		if (this.run != broken) {
			// An answer came for a run that is over: the one of today has no part in it.
			return;
		}
		this.failure = error;
		publish(new ContainerEvent.Failed(this, error));
		stop(() -> {
		});
	}

	private void publish(ContainerEvent event) {
		try {
			this.services.events().publishEvent(event);
		}
		catch (RuntimeException ex) {
			// Who looks on must not decide over the container.
			logger.warn("A listener of the events of listener '" + id() + "' failed", ex);
		}
	}

	/**
	 * Return whether the container holds anything: from its start until its stop is done.
	 * A container that failed is not running.
	 */
	@Override
	public boolean isRunning() {
		return this.run != null && this.failure == null;
	}

	@Override
	public boolean isAutoStartup() {
		return this.endpoint.autoStartup();
	}

	@Override
	public int getPhase() {
		return this.options.lifecycle().phase();
	}

	@Override
	public String toString() {
		return "EventGridListenerContainer[" + id() + ", " + this.state + "]";
	}

	/**
	 * The container as its runs see it.
	 */
	private final class RunOwner implements ContainerRun.Owner {

		@Override
		public void broke(ContainerRun broken, Throwable error) {
			EventGridListenerContainer.this.broke(broken, error);
		}

		@Override
		public void pause(ContainerRun paused, String reason) {
			if (EventGridListenerContainer.this.run == paused) {
				pauseIfRunning(reason);
			}
		}

	}

}
