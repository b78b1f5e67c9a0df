package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens at the worst moment for it: slots and permits are returned once, and a
 * container does what it says it does.
 */
class UnluckyMomentsTests {

	private static final Duration LOCK = Duration.ofSeconds(60);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final Map<String, EventOutcome> outcomes = new LinkedHashMap<>();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final ContainerOptions.Builder options = ContainerOptions.builder()
		.concurrency(2)
		.maxInFlight(2)
		.lifecycle((lifecycle) -> lifecycle.keepAlive(false));

	private Scheduler scheduler = this.time;

	private DoubleSupplier random = () -> 0.5;

	private Executor executor = Runnable::run;

	private EventHandler handler = (EventHandler.Reactive) (delivery) -> Mono.empty();

	private List<EventInterceptor> interceptors = List.of();

	private Function<CloudEvent, @Nullable Object> key = EventGridListenerEndpoint.NO_KEY;

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Test
	@Requirement("L9")
	void aLockLostWhileItsHandlerIsAboutToBeCalledReturnsTheSlotOnce() {
		this.handler = (EventHandler.Blocking) (delivery) -> {
		};
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		atTheStartOfAHandling(() -> this.time.advanceTimeBy(LOCK));
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.LOCK_LOST);
		assertThat(container().status().running()).isZero();
	}

	@Test
	void aThreadThatCannotBeMadeFailsTheEventAndReturnsItsSlot() {
		this.handler = (EventHandler.Blocking) (delivery) -> {
		};
		this.executor = (call) -> {
			throw new OutOfMemoryError("unable to create native thread");
		};
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.RELEASED);
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement("L19")
	void aHandlerThatThrowsAnErrorWhenCancelledReturnsItsSlot() {
		this.handler = (EventHandler.Reactive) (delivery) -> Mono.create((sink) -> sink.onCancel(() -> {
			throw new StackOverflowError("no way back");
		}));
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		start();
		this.broker.answer(ScriptedBroker.event("a", 1), ScriptedBroker.event("b", 1));
		this.time.advanceTimeBy(LOCK);
		assertThat(this.outcomes).containsOnlyKeys("a", "b").containsValue(EventOutcome.LOCK_LOST);
		assertThat(container().status().running()).isZero();
	}

	@Test
	@Requirement("L17")
	void aKeyThatThrowsAnErrorFailsItsEventAlone() {
		this.key = (event) -> {
			if (event.getId().endsWith("a")) {
				throw new StackOverflowError("too deep a key");
			}
			return event.getId();
		};
		start();
		this.broker.answer(ScriptedBroker.event("a", 1), ScriptedBroker.event("b", 1));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.outcomes).containsEntry("a", EventOutcome.RELEASED)
			.containsEntry("b", EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
	}

	@Test
	@Requirement("L31")
	void anAnswerThatComesAfterARestartDoesNotFailTheNewRun() {
		Queue<CoreSubscriber<? super List<ReceivedEvent>>> polls = new ArrayDeque<>();
		this.broker.receiving = new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super List<ReceivedEvent>> poll) {
				poll.onSubscribe(Operators.emptySubscription());
				polls.add(poll);
			}
		};
		start();
		container().stop(() -> {
		});
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		container().start();
		this.random = () -> {
			throw new IllegalStateException("no chance");
		};
		polls.remove().onNext(List.of(ScriptedBroker.event("late", 1)));
		assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.RUNNING);
		assertThat(container().status().lastError()).isNull();
	}

	@Test
	@Requirement("L31")
	void aContainerThatSaysItHasStoppedHasEndedItsThreads() {
		CompletableFuture<Void> mayEnd = new CompletableFuture<>();
		ExecutorService threads = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {

			@Override
			public List<Runnable> shutdownNow() {
				mayEnd.orTimeout(10, TimeUnit.SECONDS).join();
				return super.shutdownNow();
			}
		};
		this.executor = threads;
		this.handler = (EventHandler.Blocking) (delivery) -> {
		};
		start();
		CompletableFuture<Boolean> ended = new CompletableFuture<>();
		container().stop(() -> ended.complete(threads.isShutdown()));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(ended).isNotDone();
		mayEnd.complete(null);
		assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
	}

	@Test
	@Requirement("L32")
	void aContainerThatIsPausedAndResumedByManyReceivesIfItSaysSo() throws Exception {
		this.scheduler = Schedulers.parallel();
		this.broker.receiving = Mono.never();
		start();
		CyclicBarrier together = new CyclicBarrier(2);
		ExecutorService operators = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < 300; round++) {
				Future<?> pause = operators.submit(() -> {
					together.await();
					container().pause();
					return null;
				});
				Future<?> resume = operators.submit(() -> {
					together.await();
					container().resume();
					return null;
				});
				pause.get(10, TimeUnit.SECONDS);
				resume.get(10, TimeUnit.SECONDS);
				if (container().status().phase() == ContainerStatus.Phase.RUNNING) {
					assertThat(container().status().openPolls()).as("polls in round %d", round).isOne();
				}
				container().resume();
			}
		}
		finally {
			operators.shutdownNow();
			container().stop();
		}
	}

	@Test
	@Requirement("L32")
	void aPollThatIsOpenedWhileTheContainerPausesIsClosed() {
		Sinks.Empty<Void> handled = Sinks.empty();
		this.handler = (EventHandler.Reactive) (delivery) -> handled.asMono();
		AtomicBoolean armed = new AtomicBoolean();
		this.scheduler = new LookedAtScheduler(this.time, () -> {
			if (armed.getAndSet(false)) {
				container().pause();
			}
		});
		start();
		this.broker.answer(ScriptedBroker.event("a", 1), ScriptedBroker.event("b", 1));
		armed.set(true);
		handled.tryEmitEmpty();
		assertThat(armed).isFalse();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(container().status().phase()).isEqualTo(ContainerStatus.Phase.PAUSED);
		assertThat(container().status().openPolls()).isZero();
	}

	@Test
	void aProbeWaitsForItsEventThoughTheGraceOfOthersIsOver() {
		AtomicBoolean recovered = new AtomicBoolean();
		this.handler = (EventHandler.Reactive) (delivery) -> recovered.get() ? Mono.empty()
				: Mono.error(new IllegalStateException("down"));
		this.options.gate((gate) -> gate.failures(1)).lifecycle((life) -> life.pauseGrace(Duration.ofSeconds(5)));
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		this.broker.open.clear();
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThat(container().status().gate()).isEqualTo(GateState.PROBING);
		recovered.set(true);
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThat(container().status().openPolls()).isOne();
		this.broker.answer(ScriptedBroker.event("b", 1));
		assertThat(container().status().gate()).isEqualTo(GateState.OPEN);
	}

	@Test
	@Requirement("L17")
	void aProbeThatNoHandlerKnowsIsNoVerdictAndAnotherFollowsSoon() {
		AtomicBoolean recovered = new AtomicBoolean();
		EventHandler.Reactive known = (delivery) -> recovered.get() ? Mono.empty()
				: Mono.error(new IllegalStateException("down"));
		for (UnknownType unknown : UnknownType.values()) {
			this.handler = new EventHandler.ByType(Map.of("test", known), null, unknown);
			recovered.set(false);
			this.options.gate((gate) -> gate.failures(1));
			shutTheGate();
			recovered.set(true);
			answerProbe(unknown("x-" + unknown));
			assertThat(container().status().gate()).as("gate after an unknown type: %s", unknown)
				.isEqualTo(GateState.SHUT);
			this.time.advanceTimeBy(Duration.ofSeconds(1));
			answerProbe(ScriptedBroker.event("y-" + unknown, 1));
			assertThat(container().status().gate()).isEqualTo(GateState.OPEN);
			container().stop(() -> {
			});
			this.time.advanceTimeBy(Duration.ofMinutes(1));
			this.broker.open.clear();
		}
	}

	@Test
	@Requirement({ "L17", "L27" })
	void aProbeThatAnInterceptorSkipsIsNoVerdict() {
		this.handler = (EventHandler.Reactive) (delivery) -> Mono.error(new IllegalStateException("down"));
		this.interceptors = List.of(EventInterceptor.filter((event) -> !event.getId().contains("skipped")));
		this.options.gate((gate) -> gate.failures(1));
		shutTheGate();
		answerProbe(ScriptedBroker.event("skipped", 1));
		assertThat(this.outcomes).containsEntry("skipped", EventOutcome.ACKNOWLEDGED);
		assertThat(container().status().gate()).isEqualTo(GateState.SHUT);
	}

	private void shutTheGate() {
		start();
		this.broker.answer(ScriptedBroker.event("first", 1));
		assertThat(container().status().gate()).isEqualTo(GateState.SHUT);
		this.broker.open.clear();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(container().status().gate()).isEqualTo(GateState.PROBING);
	}

	private void answerProbe(ReceivedEvent event) {
		this.broker.answer(event);
		this.time.advanceTimeBy(Duration.ofMillis(20));
	}

	private static ReceivedEvent unknown(String token) {
		return new ReceivedEvent.Valid(
				CloudEventBuilder.v1().withId(token).withSource(URI.create("/test")).withType("unknown").build(), token,
				1);
	}

	@Test
	@Requirement("L10")
	void aRenewalThatFailsSaysWhyButNotTheToken() {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		this.handler = (EventHandler.Reactive) (
				delivery) -> delivery.settlement().renew().doOnError(failure::set).onErrorComplete();
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "ServerBusy"));
		start();
		this.broker.answer(ScriptedBroker.event("a-token-of-a-lock", 1));
		assertThat(failure.get()).hasMessageContaining("ServerBusy").hasMessageNotContaining("lockToken");
	}

	// == Shorthand ==

	private void atTheStartOfAHandling(Runnable what) {
		this.observations.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStart(Observation.Context context) {
				what.run();
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}
		});
	}

	private void start() {
		ContainerServices services = new ContainerServices(ErrorHandling.of(ListenerErrorHandler.undecided()),
				(event, outcome) -> this.outcomes.put(event.lockToken(), outcome), (id, concurrency) -> this.executor,
				this.observations, new EventProcessObservationConvention(), (happened) -> {
				}, ListenerMetrics.none(), Timing.of(this.scheduler, () -> this.random.getAsDouble()));
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint
			.builder("billing", "orders", "billing", this.handler)
			.concurrencyKey(this.key)
			.interceptors(this.interceptors)
			.build();
		this.container = new EventGridListenerContainer(endpoint, this.broker, this.options.build(), services);
		this.container.start();
	}

	private EventGridListenerContainer container() {
		return Objects.requireNonNull(this.container);
	}

	/**
	 * Does something whenever it is asked for the time.
	 */
	private record LookedAtScheduler(Scheduler scheduler, Runnable look) implements Scheduler {

		@Override
		public long now(TimeUnit unit) {
			this.look.run();
			return this.scheduler.now(unit);
		}

		@Override
		public Disposable schedule(Runnable task) {
			return this.scheduler.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			return this.scheduler.schedule(task, delay, unit);
		}

		@Override
		public Disposable schedulePeriodically(Runnable task, long delay, long period, TimeUnit unit) {
			return this.scheduler.schedulePeriodically(task, delay, period, unit);
		}

		@Override
		public Worker createWorker() {
			return this.scheduler.createWorker();
		}

	}

}
