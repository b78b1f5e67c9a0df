package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On which threads the parts of a listener are called whose handlers may block: whatever
 * thread learns that they are needed, an event loop or a timer, they may block too.
 */
@Timeout(30)
class CallbackThreadsTests {

	private static final ReceivedEvent.Malformed MALFORMED = new ReceivedEvent.Malformed("{}", "no id", "m", 1);

	private static final Duration SHORT = Duration.ofMillis(200);

	/** As any executor may be that is no {@code ExecutorService}. */
	private static final HandlerExecutorFactory NEVER_SHUT_DOWN = (listenerId,
			most) -> HandlerExecutorFactory.platformThreads().create(listenerId, most)::execute;

	/** Stands for both event loop and timer: it must not be blocked. */
	private final Scheduler loop = Schedulers.newParallel("loop", 1, true);

	private final Broker broker = new Broker();

	private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

	private final BlockingQueue<EventOutcome> outcomes = new LinkedBlockingQueue<>();

	private final CountDownLatch end = new CountDownLatch(1);

	/** Of the events that were handled. */
	private final BlockingQueue<EventSettlement> settlements = new LinkedBlockingQueue<>();

	private final AtomicInteger executors = new AtomicInteger();

	private final List<EventInterceptor> interceptors = new ArrayList<>();

	private ListenerErrorHandler errorHandler = (event, error) -> {
		note("error handler");
		return Mono.just(Disposition.release(ReleaseDelay.NONE));
	};

	private @Nullable EventRecoverer recoverer;

	private HandlerExecutorFactory threads = HandlerExecutorFactory.platformThreads();

	private Duration shutdown = Duration.ofSeconds(5);

	private SettlementListener settlementListener = (event, outcome) -> this.outcomes.add(outcome);

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void stop() {
		this.end.countDown();
		if (this.container != null) {
			this.container.stop();
		}
		this.loop.dispose();
	}

	@Test
	@Requirement("L26")
	void theErrorHandlerOfABlockingListenerMayBlockAtAMalformedEvent() throws Exception {
		start((EventHandler.Blocking) (delivery) -> {
		}, 1, MALFORMED);
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	@Requirement("L26")
	void theRecovererOfABlockingListenerMayBlockAtAMalformedEvent() throws Exception {
		this.errorHandler = ListenerErrorHandler.undecided();
		this.recoverer = (failed) -> {
			note("recoverer");
			return Mono.empty();
		};
		start((EventHandler.Blocking) (delivery) -> {
		}, 1, MALFORMED);
		assertThat(nextCall()).isEqualTo("recoverer on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L26")
	void theErrorHandlerOfABlockingListenerMayBlockAtATimeout() throws Exception {
		start(new EventHandler.Limited((EventHandler.Blocking) (delivery) -> this.end.await(), Duration.ofMillis(1)), 1,
				event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	@Requirement("L26")
	void theErrorHandlerOfABlockingListenerMayBlockWhereAReplyCannotBePublished() throws Exception {
		start(blockingThen(Mono.<Disposition>error(new IllegalStateException("no such topic"))), 1, event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	@Requirement("L26")
	void theErrorHandlerIsCalledOnTheThreadOfTheHandlerThatFailed() throws Exception {
		AtomicInteger thread = new AtomicInteger();
		this.errorHandler = (event, error) -> {
			note((System.identityHashCode(Thread.currentThread()) == thread.get()) ? "same thread" : "another thread");
			return Mono.empty();
		};
		start((EventHandler.Blocking) (delivery) -> {
			thread.set(System.identityHashCode(Thread.currentThread()));
			throw new IllegalStateException("of the handler");
		}, 1, event("a"));
		assertThat(nextCall()).startsWith("same thread");
	}

	@Test
	@Requirement({ "L26", "L27" })
	void theInterceptorsOfABlockingListenerMayBlock() throws Exception {
		this.interceptors.add(noting("outer", Mono.delay(Duration.ofMillis(1), this.loop)));
		this.interceptors.add(noting("inner", Mono.empty()));
		start(blockingThen(Mono.<Disposition>empty()), 1, event("a"));
		assertThat(List.of(nextCall(), nextCall(), nextCall(), nextCall())).containsExactly(
				"outer before on eventgrid-billing", "inner before on eventgrid-billing",
				"inner after on eventgrid-billing", "outer after on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L26")
	void theSettlementListenerOfABlockingListenerMayBlock() throws Exception {
		this.settlementListener = (event, outcome) -> {
			note("settlement listener");
			this.outcomes.add(outcome);
		};
		start((EventHandler.Blocking) (delivery) -> {
		}, 1, event("a"));
		assertThat(nextCall()).isEqualTo("settlement listener on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L26")
	void thePartsOfAReactiveListenerAreCalledWhereItIsAndCostNoThread() throws Exception {
		this.settlementListener = (event, outcome) -> {
			note("settlement listener");
			this.outcomes.add(outcome);
		};
		start((EventHandler.Reactive) (delivery) -> Mono.empty(), 1, MALFORMED);
		assertThat(nextCall()).isEqualTo("error handler on loop");
		assertThat(nextCall()).isEqualTo("settlement listener on loop");
		assertThat(this.executors).hasValue(0);
	}

	@Test
	@Requirement("L26")
	void aBlockingListenerThatNothingWasGivenToHasNoFurtherThreads() throws Exception {
		this.settlementListener = SettlementListener.none();
		CountDownLatch acknowledged = new CountDownLatch(1);
		this.broker.settled = acknowledged::countDown;
		start((EventHandler.Blocking) (delivery) -> {
		}, 1, event("a"));
		assertThat(acknowledged.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.executors).hasValue(1);
	}

	@Test
	@Requirement("L26")
	void aHandlerThatHangsOnTheOnlyThreadKeepsNobodyWaiting() throws Exception {
		start(new EventHandler.Limited((EventHandler.Blocking) (delivery) -> uninterruptibly(), Duration.ofMillis(1)),
				1, event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	@Requirement({ "L10", "L26" })
	void handlersThatWaitForTheirSettlementOnEveryThreadGetIt() throws Exception {
		start((EventHandler.Blocking) (delivery) -> delivery.settlement().blocking().acknowledge(), 2, event("a"),
				event("b"));
		assertThat(List.of(nextOutcome(), nextOutcome())).containsOnly(EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L29")
	void aStopWaitsUntilEveryEndHasBeenTold() throws Exception {
		CountDownLatch told = new CountDownLatch(1);
		this.settlementListener = (event, outcome) -> {
			this.calls.add("ended");
			await(told);
			this.outcomes.add(outcome);
		};
		start((EventHandler.Blocking) (delivery) -> {
		}, 2, event("a"), event("b"));
		nextCall();
		CountDownLatch stopped = new CountDownLatch(1);
		Objects.requireNonNull(this.container).stop(stopped::countDown);
		assertThat(stopped.getCount()).isOne();
		told.countDown();
		assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.outcomes).hasSize(2);
	}

	@Test
	@Requirement("L12")
	void aFailedAttemptIsToldBeforeTheEnd() throws Exception {
		this.broker.answers.add(Mono.just(ScriptedBroker.failure(List.of("a"), "Throttled")));
		this.settlementListener = new SettlementListener() {

			@Override
			public void ended(ReceivedEvent event, EventOutcome outcome) {
				note("ended");
			}

			@Override
			public void failed(ReceivedEvent event, Disposition attempted, String code) {
				note("failed");
			}

		};
		start((EventHandler.Blocking) (delivery) -> {
		}, 1, event("a"));
		assertThat(nextCall()).isEqualTo("failed on eventgrid-billing");
		assertThat(nextCall()).isEqualTo("ended on eventgrid-billing");
	}

	@Test
	@Requirement("L17")
	void aClassThatAnInterceptorMissesOnAThreadOfTheListenerFailsTheEvent() throws Exception {
		this.interceptors.add(new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				throw new NoClassDefFoundError("com/example/Missing");
			}

		});
		start((EventHandler.Blocking) (delivery) -> {
		}, 1, event("a"));
		assertThat(nextCall()).startsWith("error handler");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	@Requirement("L17")
	void aClassThatTheRestOfABlockingHandlerMissesFailsTheEvent() throws Exception {
		start(blocking(Mono.fromRunnable(() -> {
			throw new NoClassDefFoundError("com/example/Missing");
		})), 1, event("a"));
		assertThat(nextCall()).startsWith("error handler");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	@Requirement("L17")
	void aClassThatTheErrorHandlerMissesLeavesTheDecisionToTheContainer() throws Exception {
		this.errorHandler = (event, error) -> {
			throw new NoClassDefFoundError("com/example/Missing");
		};
		start((EventHandler.Blocking) (delivery) -> {
		}, 1, MALFORMED);
		assertThat(nextOutcome()).isEqualTo(EventOutcome.RELEASED);
	}

	@Test
	@Requirement({ "L19", "L26" })
	void anErrorHandlerOnTheThreadOfItsHandlerIsInterruptedWhenTheLockIsLost() throws Exception {
		this.errorHandler = this::hangs;
		start((EventHandler.Blocking) this::fail, 1, event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		loseLock();
		assertThat(nextCall()).isEqualTo("interrupted on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.LOCK_LOST);
	}

	@Test
	@Requirement({ "L26", "L29" })
	void anErrorHandlerOnTheThreadOfItsHandlerIsInterruptedWhenTheTimeForStoppingIsOver() throws Exception {
		this.errorHandler = this::hangs;
		this.shutdown = SHORT;
		this.threads = NEVER_SHUT_DOWN;
		start((EventHandler.Blocking) this::fail, 1, event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		Objects.requireNonNull(this.container).stop();
		assertThat(nextCall()).isEqualTo("interrupted on eventgrid-billing");
	}

	@Test
	@Requirement({ "L19", "L26" })
	void aRecovererOnTheThreadOfItsHandlerIsInterruptedWhenTheLockIsLost() throws Exception {
		this.errorHandler = ListenerErrorHandler.undecided();
		this.recoverer = (failed) -> {
			note("recoverer");
			untilInterrupted();
			return Mono.empty();
		};
		start((EventHandler.Blocking) this::fail, 1, event("a"));
		assertThat(nextCall()).isEqualTo("recoverer on eventgrid-billing");
		loseLock();
		assertThat(nextCall()).isEqualTo("interrupted on eventgrid-billing");
	}

	@Test
	@Requirement({ "L19", "L27" })
	void anInterceptorIsInterruptedWhenTheLockIsLost() throws Exception {
		this.interceptors.add(new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				CallbackThreadsTests.this.settlements.add(delivery.settlement());
				note("before");
				untilInterrupted();
				return Mono.just(delivery);
			}

		});
		start((EventHandler.Blocking) this::fail, 1, event("a"));
		assertThat(nextCall()).isEqualTo("before on eventgrid-billing");
		loseLock();
		assertThat(nextCall()).isEqualTo("interrupted on eventgrid-billing");
	}

	@Test
	@Requirement({ "L19", "L26" })
	@EnabledForJreRange(min = JRE.JAVA_21)
	void anErrorHandlerOnAVirtualThreadIsInterruptedWhenTheLockIsLost() throws Exception {
		this.errorHandler = this::hangs;
		this.threads = HandlerExecutorFactory.virtualThreads();
		start((EventHandler.Blocking) this::fail, 1, event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		loseLock();
		assertThat(nextCall()).isEqualTo("interrupted on eventgrid-billing");
		assertThat(nextOutcome()).isEqualTo(EventOutcome.LOCK_LOST);
	}

	@Test
	@Requirement({ "L26", "L29" })
	@EnabledForJreRange(min = JRE.JAVA_21)
	void anErrorHandlerOnAVirtualThreadIsInterruptedWhenTheTimeForStoppingIsOver() throws Exception {
		this.errorHandler = this::hangs;
		this.shutdown = SHORT;
		this.threads = HandlerExecutorFactory.virtualThreads();
		start((EventHandler.Blocking) this::fail, 1, event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
		Objects.requireNonNull(this.container).stop();
		assertThat(nextCall()).isEqualTo("interrupted on eventgrid-billing");
	}

	@Test
	@Requirement("L26")
	void errorHandlersThatHangKeepNoEndFromBeingTold() throws Exception {
		this.errorHandler = (event, error) -> {
			uninterruptibly();
			return Mono.empty();
		};
		Semaphore failed = new Semaphore(0);
		start(blocking(Mono.delay(Duration.ofMillis(1), this.loop)
			.then(Mono.<Disposition>error(new IllegalStateException("no such topic")))
			.doAfterTerminate(failed::release)), 1, event("a"));
		assertThat(failed.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		loseLock();
		assertThat(nextOutcome()).isEqualTo(EventOutcome.LOCK_LOST);
		this.broker.next.tryEmitValue(List.of(event("b"))).orThrow();
		assertThat(failed.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		loseLock();
		assertThat(nextOutcome()).isEqualTo(EventOutcome.LOCK_LOST);
	}

	@Test
	@Requirement("L26")
	void theErrorHandlerOfABlockingListenerMayBlockWhereAnotherHttpClientAnswers() throws Exception {
		// No thread of Reactor's, but one that others wait for all the same.
		Scheduler io = Schedulers.fromExecutor((task) -> new Thread(task, "io-1").start());
		start(blocking(Mono.<Disposition>error(new IllegalStateException("no such topic")).subscribeOn(io)), 1,
				event("a"));
		assertThat(nextCall()).isEqualTo("error handler on eventgrid-billing");
	}

	// == Shorthand ==

	private void fail(Delivery delivery) {
		this.settlements.add(delivery.settlement());
		throw new EventValidationException("of the handler");
	}

	/**
	 * Have the container find out that the lock of the event that is handled is lost.
	 */
	private void loseLock() throws InterruptedException {
		EventSettlement next = this.settlements.poll(10, TimeUnit.SECONDS);
		Objects.requireNonNull(next, "no event was handled").renew().onErrorComplete().block(Duration.ofSeconds(10));
	}

	private Mono<Disposition> hangs(ReceivedEvent event, Throwable error) {
		note("error handler");
		untilInterrupted();
		return Mono.empty();
	}

	private void untilInterrupted() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			note("interrupted");
		}
	}

	private EventHandler.Deciding blockingThen(Mono<Disposition> rest) {
		// As after the answer to a publish: on an event loop.
		return blocking(Mono.delay(Duration.ofMillis(1), this.loop).then(rest));
	}

	private EventHandler.Deciding blocking(Mono<Disposition> rest) {
		return new EventHandler.Deciding() {

			@Override
			public Mono<Disposition> handle(Delivery delivery) {
				CallbackThreadsTests.this.settlements.add(delivery.settlement());
				return rest;
			}

			@Override
			public boolean blocks() {
				return true;
			}

		};
	}

	private EventInterceptor noting(String name, Mono<?> before) {
		return new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				note(name + " before");
				return before.thenReturn(delivery);
			}

			@Override
			public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
				note(name + " after");
				return Mono.empty();
			}

		};
	}

	private void note(String what) {
		String thread = Thread.currentThread().getName();
		this.calls.add(what + " on " + thread.substring(0, thread.lastIndexOf('-')));
	}

	private void uninterruptibly() {
		while (this.end.getCount() > 0) {
			await(this.end);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			// As one that does not care.
		}
	}

	private static ReceivedEvent event(String token) {
		return ScriptedBroker.event(token, 1);
	}

	private String nextCall() throws InterruptedException {
		return Objects.requireNonNull(this.calls.poll(10, TimeUnit.SECONDS), "there was no call");
	}

	private EventOutcome nextOutcome() throws InterruptedException {
		return Objects.requireNonNull(this.outcomes.poll(10, TimeUnit.SECONDS), "no event ended");
	}

	private void start(EventHandler handler, int concurrency, ReceivedEvent... events) {
		this.broker.events = List.of(events);
		HandlerExecutorFactory counted = (listenerId, most) -> {
			this.executors.incrementAndGet();
			return this.threads.create(listenerId, most);
		};
		ContainerServices services = new ContainerServices(
				new ErrorHandling(this.errorHandler, ErrorClassifier.defaults(), this.recoverer),
				this.settlementListener, counted, ObservationRegistry.NOOP, new EventProcessObservationConvention(),
				(happened) -> {
				}, ListenerMetrics.none(), Timing.of(this.loop, () -> 0.5), this.interceptors);
		ContainerOptions options = ContainerOptions.builder()
			.concurrency(concurrency)
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false).shutdownTimeout(this.shutdown))
			.build();
		this.container = new EventGridListenerContainer(
				EventGridListenerEndpoint.of("billing", "orders", "billing", handler), this.broker, options, services);
		this.container.start();
	}

	/**
	 * Answers once with events, once more when it is given others, and to each
	 * settlement, on the loop. Knows no lock any more.
	 */
	private final class Broker implements EventBroker {

		private final BlockingQueue<Mono<SettlementResult>> answers = new LinkedBlockingQueue<>();

		private final AtomicInteger receives = new AtomicInteger();

		private final Sinks.One<List<ReceivedEvent>> next = Sinks.one();

		private List<ReceivedEvent> events = List.of();

		private Runnable settled = () -> {
		};

		@Override
		public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
			return switch (this.receives.getAndIncrement()) {
				case 0 -> Mono.just(this.events).publishOn(CallbackThreadsTests.this.loop);
				case 1 -> this.next.asMono().publishOn(CallbackThreadsTests.this.loop);
				default -> Mono.never();
			};
		}

		@Override
		public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
			Mono<SettlementResult> scripted = this.answers.poll();
			Mono<SettlementResult> answer = (scripted != null) ? scripted
					: Mono.just(ScriptedBroker.success(lockTokens));
			return answer.publishOn(CallbackThreadsTests.this.loop).doOnTerminate(this.settled);
		}

		@Override
		public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
			return Mono.just(ScriptedBroker.failure(lockTokens, "TokenLost")).publishOn(CallbackThreadsTests.this.loop);
		}

	}

}
