package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A container from one start to its stop: the parts, and what goes from one to another.
 *
 * <pre>
 * receive loop ──▶ in-flight events ──▶ dispatcher ──▶ handler runs
 *      ▲                 ▲    ▲                             │
 *   permits ◀────────────┘    └─ lock renewer               ▼
 *      ▲                                            settlement batcher
 *      └────────────────────────────────────────────────────┘
 * </pre>
 */
final class ContainerRun implements ReceiveLoop.ReceivedEvents, Gate.Listener {

	private static final Log logger = LogFactory.getLog(ContainerRun.class);

	private final EventGridListenerEndpoint endpoint;

	private final ContainerOptions options;

	private final Timing timing;

	private final Owner owner;

	private final Permits permits;

	private final InFlightEvents inFlight;

	private final SettlementBatcher settlements;

	private final Dispatcher dispatcher;

	private final LockRenewer renewer;

	private final ReceiveLoop loop;

	private final Gate gate;

	private final Inflow inflow;

	private final UserThreads threads;

	private final @Nullable KeepAlive keepAlive;

	ContainerRun(EventGridListenerEndpoint endpoint, EventBroker broker, ContainerOptions options,
			ContainerServices services, Owner owner) {
		this.endpoint = endpoint;
		this.options = options;
		this.timing = services.timing();
		this.owner = owner;
		String id = endpoint.id();
		EventBroker watched = new WatchedBroker(broker, this::throttled);
		LockTimes lockTimes = new LockTimes(options.locks().duration(), options.locks().maxDuration(),
				this.timing.random());
		this.permits = new Permits(options.maxInFlight(), options.receiving().pollAhead(), this::demand);
		this.threads = endpoint.handler().blocks()
				? UserThreads.blocking(services.executors(), id, options.concurrency()) : UserThreads.nonBlocking();
		this.inFlight = new InFlightEvents(this.permits, lockTimes, services.settlementListener(), reporting(services));
		this.settlements = new SettlementBatcher(id, watched, options, this.inFlight, this.timing);
		ReleaseLadder delays = new ReleaseLadder(options.failures().releaseDelays());
		this.renewer = new LockRenewer(id, watched, this.inFlight, lockTimes,
				new UnsettledEvents(id, lockTimes, this.settlements, delays), options.locks().cancelOnLoss(),
				this::lost, this.timing);
		this.gate = new Gate(id, options.gate(), this.timing, this);
		this.dispatcher = new Dispatcher(options.concurrency(), new WaitingEvents(endpoint.concurrencyKey()),
				new HandlerSetting(id, adapter(services), options.settlement().ackMode(),
						new FailurePath(endpoint, options.failures(),
								services.errors().with(endpoint.errorHandler()).calledOn(this.threads), this.gate,
								this.timing),
						this.settlements, this.renewer,
						new ProcessObservations(services.observationRegistry(), services.observationConvention(), id,
								endpoint.topic(), endpoint.subscription()),
						new RunningHandlers(),
						endpoint.handler().takesBatches() ? options.receiving().maxEvents() : 0));
		this.loop = new ReceiveLoop(id, watched, options, broker.rateLimit(), this.permits, this, this.timing);
		this.inflow = new Inflow(options, this.gate, this.dispatcher, this.loop, this.timing, this::broke);
		this.keepAlive = options.lifecycle().keepAlive() ? new KeepAlive(id) : null;
	}

	private Executor reporting(ContainerServices services) {
		return (this.threads.mayBlock() && services.tellsUser()) ? new OneByOne(this.threads::tell) : Runnable::run;
	}

	private HandlerAdapter adapter(ContainerServices services) {
		HandlerAdapter adapter = HandlerAdapter.of(this.endpoint.handler(), this.threads.handlers(),
				this.timing.scheduler());
		List<EventInterceptor> interceptors = Stream
			.concat(services.interceptors().stream(), this.endpoint.interceptors().stream())
			.toList();
		return InterceptedHandler.of(interceptors, adapter, this.threads);
	}

	void start() {
		if (this.keepAlive != null) {
			this.keepAlive.start();
		}
		this.renewer.start();
		demand();
	}

	// == Received events ==

	@Override
	public void demand() {
		try {
			this.loop.demand();
		}
		catch (Throwable ex) {
			broke(ex);
		}
	}

	@Override
	public List<InFlightEvent> accept(List<ReceivedEvent> events) {
		this.inflow.answered();
		return this.inFlight.add(events, this.timing.now());
	}

	@Override
	public void dispatch(List<InFlightEvent> events) {
		this.dispatcher.dispatch(events);
	}

	private void lost() {
		this.dispatcher.dropEnded();
	}

	@Override
	public void broke(Throwable error) {
		logger.error("Listener '" + this.endpoint.id() + "' can't go on", error);
		this.owner.broke(this, error);
	}

	// == Pause ==

	@Override
	public void pause(String reason) {
		this.owner.pause(this, reason);
	}

	/**
	 * Receive and begin nothing more until resumed. What runs goes on and is settled.
	 * Takes effect with {@link #changed()}, so that the order of pauses can be kept under
	 * a lock, and what follows from them be done without.
	 */
	void pause() {
		this.inflow.pause();
	}

	/**
	 * End a pause. Takes effect with {@link #changed()}.
	 */
	void resume() {
		this.inflow.resume();
	}

	private void throttled() {
		this.inflow.throttled();
	}

	@Override
	public void changed() {
		this.inflow.changed();
	}

	@Override
	public void probe() {
		this.inflow.probe();
	}

	// == Stop ==

	/**
	 * Stop: nothing new is received or begun, running handlers get time to end, then they
	 * are cancelled and their events given back. Settlements come last and always.
	 * @return completes when all is over, after the shutdown time-out at the latest (with
	 * {@link OpenPollOnStop#AWAIT} plus the time that open polls take); never fails
	 */
	Mono<Void> stop() {
		return Mono.usingWhen(Mono.just(this.threads), (threads) -> stopInOrder(), UserThreads::close);
	}

	private Mono<Void> stopInOrder() {
		return Mono.defer(() -> {
			long begun = this.timing.now();
			this.inflow.stop();
			this.loop.stop();
			this.dispatcher.stop();
			this.settlements.flush();
			if (this.options.lifecycle().openPollOnStop() == OpenPollOnStop.AWAIT) {
				return pollsAnswered().then(Mono.defer(() -> handlersAndSettlementsEnded(this.timing.now())));
			}
			this.loop.closePolls();
			return pollsClosed().then(Mono.defer(() -> handlersAndSettlementsEnded(begun)));
		}).onErrorResume(this::notStoppedInOrder).doOnTerminate(this::close);
	}

	// As where the scheduler ended before the container.
	private Mono<Void> notStoppedInOrder(Throwable error) {
		logger.warn("Listener '" + this.endpoint.id() + "' could not be stopped in order; " + this.inFlight.count()
				+ " events come again when their locks expire", error);
		return Mono.fromRunnable(this.settlements::abandon);
	}

	private Mono<Void> pollsAnswered() {
		return this.loop.noPollLeft()
			.timeout(this.options.receiving().maxWait().plusSeconds(10), this.timing.scheduler())
			.onErrorResume(TimeoutException.class, (timeout) -> Mono.fromRunnable(this.loop::dropPolls));
	}

	/**
	 * Return a {@code Mono} that completes when nothing can come of the polls that were
	 * closed. A thread that reads answers says so at once, unless something blocks it.
	 */
	private Mono<Void> pollsClosed() {
		Duration handlerTime = this.options.lifecycle().shutdownTimeout().multipliedBy(4).dividedBy(5);
		return this.loop.noPollLeft()
			.timeout(handlerTime, this.timing.scheduler())
			.onErrorResume(TimeoutException.class, (timeout) -> Mono.empty());
	}

	private Mono<Void> handlersAndSettlementsEnded(long begun) {
		this.dispatcher.giveAllBack();
		Duration left = this.options.lifecycle().shutdownTimeout().minusMillis(this.timing.now() - begun);
		Duration handlerTime = left.isNegative() ? Duration.ZERO : left.multipliedBy(4).dividedBy(5);
		Duration settlementTime = left.isNegative() ? Duration.ZERO : left.minus(handlerTime);
		Mono<Void> allSettled = this.permits.allReturned().publishOn(this.timing.scheduler());
		return Mono.when(allSettled, this.dispatcher.allEnded().publishOn(this.timing.scheduler()))
			.timeout(handlerTime, this.timing.scheduler())
			.onErrorResume(TimeoutException.class, (timeout) -> {
				cancelHandlers();
				return allSettled.timeout(settlementTime, this.timing.scheduler());
			})
			.onErrorResume(TimeoutException.class, (timeout) -> Mono.fromRunnable(this::abandon));
	}

	private void cancelHandlers() {
		for (InFlightEvent event : this.inFlight.all()) {
			if (event.state().isOpen()) {
				this.settlements.settle(event, Disposition.release(ReleaseDelay.NONE));
			}
		}
		// Those too whose event is no longer in flight: they settled it by themselves.
		int cancelled = this.dispatcher.cancelRunning();
		this.settlements.flush();
		logger.warn("Listener '" + this.endpoint.id() + "' cancelled " + cancelled
				+ " handlers that did not end in time for the stop; events that they have not settled are released");
	}

	private void abandon() {
		logger.warn("Listener '" + this.endpoint.id() + "' could not settle " + this.inFlight.count()
				+ " events in time for the stop; they come again when their locks expire");
		this.settlements.abandon();
	}

	private void close() {
		this.loop.dropPolls();
		this.renewer.stop();
		if (this.keepAlive != null) {
			this.keepAlive.stop();
		}
	}

	// == State ==

	ContainerStatus status(ContainerStatus.Phase phase, @Nullable String reason, @Nullable Throwable failure) {
		Reception reception = this.loop.reception();
		Throwable error = (failure != null) ? failure : reception.lastError();
		return new ContainerStatus(phase, reason, this.inFlight.count(), this.dispatcher.running(), this.permits.free(),
				this.loop.openPolls(), this.gate.state(), reception.failures(), reception.overdue(),
				reception.sinceAnswer(this.timing.now()), this.inFlight.lostLocks(), error);
	}

	/**
	 * Who started the run.
	 */
	interface Owner {

		/**
		 * Be told that a run can't go on.
		 */
		void broke(ContainerRun run, Throwable error);

		/**
		 * Pause a run, if it goes on.
		 * @param reason why, for a person
		 */
		void pause(ContainerRun run, String reason);

	}

}
