package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridOperation;
import dev.reactiveazure.emulator.eventgrid.EventHistory;
import dev.reactiveazure.emulator.eventgrid.EventStep.Kind;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Containers on the emulator, over real HTTP.
 */
@Timeout(60)
class EventGridListenerContainerTests {

	private static final String TOPIC = "orders";

	private static final String SUBSCRIPTION = "billing";

	private static final Duration LOCK = Duration.ofSeconds(60);

	private final List<AutoCloseable> closing = new ArrayList<>();

	private final Outcomes outcomes = new Outcomes();

	private AzureEmulator emulator = emulator(LOCK);

	private EventGridNamespaceClient client = client(this.emulator);

	@BeforeEach
	void forgetOutcomes() {
		this.outcomes.seen.clear();
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.closing.size() - 1; i >= 0; i--) {
			this.closing.get(i).close();
		}
	}

	@Test
	@Requirement({ "L23", "L26" })
	void acknowledgesWhatABlockingHandlerHandled() throws Exception {
		publish(0, 250);
		CountDownLatch handled = new CountDownLatch(250);
		Set<String> threads = ConcurrentHashMap.newKeySet();
		start(options().build(), (EventHandler.Blocking) (event) -> {
			threads.add(Thread.currentThread().getName());
			handled.countDown();
		});
		assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
		this.outcomes.await(250, EventOutcome.ACKNOWLEDGED);
		assertThat(threads).allMatch((thread) -> thread.startsWith("eventgrid-" + SUBSCRIPTION + "-"));
		assertThat(books().pendingCount(TOPIC, SUBSCRIPTION)).isZero();
		assertThat(books().histories(TOPIC, SUBSCRIPTION))
			.allMatch((history) -> history.count(Kind.DELIVERED) == 1 && history.count(Kind.ACKNOWLEDGED) == 1);
	}

	@Test
	@Requirement("L23")
	void acknowledgesWhatAReactiveHandlerHandled() throws Exception {
		publish(0, 250);
		start(options().build(), (EventHandler.Reactive) (event) -> Mono.empty());
		this.outcomes.await(250, EventOutcome.ACKNOWLEDGED);
		assertThat(books().pendingCount(TOPIC, SUBSCRIPTION)).isZero();
	}

	@Test
	@Requirement("L11")
	void settlesInBatches() throws Exception {
		publish(0, 1_000);
		publish(1_000, 1_000);
		start(options().concurrency(200).build(), (EventHandler.Reactive) (event) -> Mono.empty());
		this.outcomes.await(2_000, EventOutcome.ACKNOWLEDGED);
		assertThat(books().count(TOPIC, SUBSCRIPTION, EventGridOperation.ACKNOWLEDGE).meanItems())
			.isGreaterThanOrEqualTo(50);
	}

	@Test
	@Requirement("L13")
	void releasesWhatFailedAndHandlesItAgainAtOnce() throws Exception {
		List<Integer> deliveries = new ArrayList<>();
		publish(0, 1);
		start(options().build(), (EventHandler.Blocking) (event) -> {
			deliveries.add(event.deliveryCount());
			if (event.deliveryCount() == 1) {
				throw new IllegalStateException("the database is away");
			}
		});
		this.outcomes.await(1, EventOutcome.ACKNOWLEDGED);
		assertThat(deliveries).containsExactly(1, 2);
		assertThat(history(0).count(Kind.RELEASED)).isEqualTo(1);
	}

	@Test
	@Requirement("L1")
	void neverRunsMoreHandlersThanAllowedAndUsesAllOfThem() throws Exception {
		publish(0, 400);
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		start(options().concurrency(7).build(), (EventHandler.Reactive) (event) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			return Mono.delay(Duration.ofMillis(2)).doOnTerminate(running::decrementAndGet).then();
		});
		this.outcomes.await(400, EventOutcome.ACKNOWLEDGED);
		assertThat(most.get()).isEqualTo(7);
	}

	@Test
	@Requirement("L7")
	void runsFiveHundredHandlersThatBlockAllAtOnce() throws Exception {
		publish(0, 500);
		CountDownLatch allRun = new CountDownLatch(500);
		start(options().concurrency(500).build(), (EventHandler.Blocking) (event) -> {
			allRun.countDown();
			assertThat(allRun.await(20, TimeUnit.SECONDS)).as("all run at once").isTrue();
		});
		this.outcomes.await(500, EventOutcome.ACKNOWLEDGED);
		assertThat(this.outcomes.seen).hasSize(500);
		// What makes many events a second possible: they travel together.
		assertThat(books().count(TOPIC, SUBSCRIPTION, EventGridOperation.RECEIVE).requests()).isLessThan(50);
		assertThat(books().count(TOPIC, SUBSCRIPTION, EventGridOperation.ACKNOWLEDGE).requests()).isLessThan(50);
	}

	@Test
	@Requirement("L2")
	void goesOnWithTheOthersWhileOneHandlerIsBlockedForever() throws Exception {
		publish(0, 1_000);
		publish(1_000, 1_000);
		CountDownLatch never = new CountDownLatch(1);
		start(options().concurrency(10)
			.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(Duration.ofSeconds(1)))
			.build(), (EventHandler.Blocking) (event) -> {
				if (event.event().getId().equals("0")) {
					never.await();
				}
			});
		this.outcomes.await(1_999, EventOutcome.ACKNOWLEDGED);
		assertThat(books().openLocks(TOPIC, SUBSCRIPTION)).hasSize(1);
	}

	@Test
	@Requirement("L17")
	void oneThatCannotBeHandledLeavesTheOtherNinetyNine() throws Exception {
		publish(0, 100);
		start(options().failures((failures) -> failures.releaseDelays(List.of(Duration.ofHours(1)))).build(),
				(EventHandler.Reactive) (event) -> {
					if (event.event().getId().equals("50")) {
						return Mono.error(new IllegalArgumentException("not an order"));
					}
					return Mono.empty();
				});
		this.outcomes.await(99, EventOutcome.ACKNOWLEDGED);
		this.outcomes.await(1, EventOutcome.RELEASED);
		assertThat(history(50).count(Kind.RELEASED)).isEqualTo(1);
	}

	@Test
	@Requirement("L18")
	void keepsTheLockOfAHandlerThatOutlivesIt() throws Exception {
		use(Duration.ofMillis(500));
		publish(0, 1);
		start(options().locks((locks) -> locks.duration(Duration.ofMillis(500))).build(),
				(EventHandler.Reactive) (event) -> Mono.delay(Duration.ofMillis(2_500)).then());
		this.outcomes.await(1, EventOutcome.ACKNOWLEDGED);
		assertThat(history(0).count(Kind.DELIVERED)).isEqualTo(1);
		assertThat(history(0).count(Kind.RENEWED)).isGreaterThanOrEqualTo(4);
	}

	@Test
	@Requirement("L19")
	void cancelsTheHandlerOfAStolenLockAndDoesNotAcknowledge() throws Exception {
		use(Duration.ofSeconds(2));
		publish(0, 1);
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		start(options().concurrency(1)
			.maxInFlight(1)
			.locks((locks) -> locks.duration(Duration.ofSeconds(2)))
			.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(Duration.ofSeconds(1)))
			.build(), (EventHandler.Blocking) (event) -> {
				if (event.deliveryCount() > 1) {
					return;
				}
				started.countDown();
				try {
					new CountDownLatch(1).await();
				}
				finally {
					interrupted.countDown();
				}
			});
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		String token = books().openLocks(TOPIC, SUBSCRIPTION).get(0).lockToken();
		assertThat(books().expireLock(TOPIC, SUBSCRIPTION, token)).isTrue();
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		this.outcomes.await(1, EventOutcome.LOCK_LOST);
		this.outcomes.await(1, EventOutcome.ACKNOWLEDGED);
		assertThat(history(0).count(Kind.DELIVERED)).isEqualTo(2);
	}

	@Test
	@Requirement("L29")
	void aStopLeavesNoLockBehind() throws Exception {
		for (int seed = 0; seed < 30; seed++) {
			stopSomewhere(new Random(seed), "seed " + seed);
		}
	}

	private void stopSomewhere(Random random, String seed) throws Exception {
		use(LOCK);
		int events = 100 + random.nextInt(400);
		publish(0, events);
		boolean blocking = random.nextBoolean();
		int failing = random.nextInt(10);
		int slow = random.nextInt(4);
		CountDownLatch stopNow = new CountDownLatch(1 + random.nextInt(events / 2));
		ContainerOptions options = options().concurrency(1 + random.nextInt(40))
			.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(Duration.ofSeconds(5)))
			.build();
		this.outcomes.seen.clear();
		EventGridListenerContainer container = start(options,
				blocking ? (EventHandler.Blocking) (event) -> work(event, failing, stopNow)
						: (EventHandler.Reactive) (event) -> Mono.delay(Duration.ofMillis(slow))
							.doOnNext((tick) -> work(event, failing, stopNow))
							.then());
		assertThat(stopNow.await(20, TimeUnit.SECONDS)).as(seed).isTrue();
		container.stop();
		assertThat(container.isRunning()).isFalse();
		// The emulator knows for sure when its last bytes were acknowledged or refused.
		assertThat(Flux.interval(Duration.ofMillis(5))
			.map((tick) -> onlyUnreadAnswersHoldLocks())
			.filter(Boolean::booleanValue)
			.next()
			.timeout(Duration.ofSeconds(10), Mono.just(false))
			.block()).as("only answers never read hold locks, " + seed).isTrue();
		assertThat(container.status().inFlight()).as(seed).isZero();
		for (EventHistory history : books().histories(TOPIC, SUBSCRIPTION)) {
			assertThat(history.count(Kind.ACKNOWLEDGED)).as(seed).isLessThanOrEqualTo(1);
		}
		assertThat(this.outcomes.seen).as(seed).allMatch(EventOutcome::isSettled);
	}

	private boolean onlyUnreadAnswersHoldLocks() {
		Set<String> unread = new HashSet<>();
		books().answersNeverRead(TOPIC, SUBSCRIPTION).forEach((answer) -> unread.addAll(answer.lockTokens()));
		return books().openLocks(TOPIC, SUBSCRIPTION).stream().allMatch((lock) -> unread.contains(lock.lockToken()));
	}

	private static void work(Delivery event, int failing, CountDownLatch stopNow) {
		stopNow.countDown();
		if (Integer.parseInt(event.event().getId()) % 10 < failing && event.deliveryCount() == 1) {
			throw new IllegalStateException("at random");
		}
	}

	@Test
	void keepsTheVirtualMachineAliveWhileItRuns() {
		EventGridListenerContainer container = start(
				options().lifecycle((lifecycle) -> lifecycle.keepAlive(true)).build(),
				(EventHandler.Reactive) (event) -> Mono.empty());
		Thread keepAlive = threads("eventgrid-keep-alive-" + SUBSCRIPTION).get(0);
		assertThat(keepAlive.isDaemon()).isFalse();
		container.stop();
		assertThat(joined(keepAlive)).isTrue();
	}

	@Test
	@Requirement({ "L31", "L33" })
	void leavesItsIdToAnotherTryWhereItCannotBeStarted() {
		EventGridListenerRegistry registry = new EventGridListenerRegistry();
		registry.start();
		EventGridListenerContainerFactory factory = EventGridListenerContainerFactory
			.builder((connection) -> this.client)
			.options(options().lifecycle((lifecycle) -> lifecycle.onStartupFailure(StartupPolicy.STOP)).build())
			.build();
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", TOPIC, "missing",
				(EventHandler.Reactive) (event) -> Mono.empty());
		for (int i = 0; i < 2; i++) {
			assertThatIllegalStateException().isThrownBy(() -> registry.register(endpoint, factory))
				.withMessageContaining("start-up policy is STOP");
			assertThat(registry.containers()).isEmpty();
		}
	}

	@Test
	@Requirement("L31")
	void leaksNoThreadInAHundredCycles() throws Exception {
		EventGridListenerRegistry registry = new EventGridListenerRegistry();
		for (int i = 0; i < 10; i++) {
			books().declareSubscription(TOPIC, "subscription" + i);
			registry.register(EventGridListenerEndpoint.of("listener" + i, TOPIC, "subscription" + i,
					(EventHandler.Blocking) (event) -> {
					}), factory(options().lifecycle((lifecycle) -> lifecycle.keepAlive(true)).build()));
		}
		publish(0, 20);
		registry.start();
		this.outcomes.await(200, EventOutcome.ACKNOWLEDGED);
		registry.stop();
		for (int cycle = 0; cycle < 10; cycle++) {
			registry.start();
			registry.stop();
		}
		for (Thread thread : threads("eventgrid-listener")) {
			assertThat(joined(thread)).as(thread.getName()).isTrue();
		}
	}

	@Test
	@Requirement({ "L31", "L36" })
	void unregisteredLeavesNoMeterAndItsIdToAnother() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		EventGridListenerContainerFactory factory = EventGridListenerContainerFactory
			.builder((connection) -> this.client)
			.options(options().build())
			.metrics(new MicrometerListenerMetrics(meters))
			.build();
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", TOPIC, SUBSCRIPTION,
				(EventHandler.Reactive) (event) -> Mono.empty());
		EventGridListenerRegistry registry = new EventGridListenerRegistry();
		registry.start();
		registry.register(endpoint, factory);
		CountDownLatch stopped = new CountDownLatch(1);
		registry.unregister("billing", stopped::countDown);
		registry.register(endpoint, factory);
		assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(meters.get("azure.eventgrid.listener.open.receives").gauge().value()).isOne();
		CountDownLatch ended = new CountDownLatch(1);
		registry.unregister("billing", ended::countDown);
		assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(meters.getMeters()).isEmpty();
		registry.destroy();
	}

	// == Shorthand ==

	private static ContainerOptions.Builder options() {
		return ContainerOptions.builder()
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
			.receiving((receiving) -> receiving.maxWait(Duration.ofSeconds(10)));
	}

	private EventGridListenerContainer start(ContainerOptions options, EventHandler handler) {
		EventGridListenerContainer container = factory(options)
			.create(EventGridListenerEndpoint.of(SUBSCRIPTION, TOPIC, SUBSCRIPTION, handler));
		this.closing.add(container::stop);
		container.start();
		return container;
	}

	private EventGridListenerContainerFactory factory(ContainerOptions options) {
		return EventGridListenerContainerFactory.builder((connection) -> this.client)
			.options(options)
			.settlementListener(this.outcomes)
			.build();
	}

	private void use(Duration lockDuration) {
		this.emulator = emulator(lockDuration);
		this.client = client(this.emulator);
	}

	private AzureEmulator emulator(Duration lockDuration) {
		AzureEmulator started = AzureEmulator.builder()
			.tables(false)
			.subscription(TOPIC + "/" + SUBSCRIPTION)
			.lockDuration(lockDuration)
			.start();
		this.closing.add(started);
		return started;
	}

	private EventGridNamespaceClient client(AzureEmulator emulator) {
		EventGridNamespaceClient made = EventGridNamespaceClient.builder()
			.endpoint(emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(emulator.eventGridKey()))
			.build();
		this.closing.add(made);
		return made;
	}

	private void publish(int from, int count) {
		List<CloudEvent> events = IntStream.range(from, from + count).mapToObj(this::event).toList();
		this.client.publisher(TOPIC).publish(events).block(Duration.ofSeconds(10));
	}

	private CloudEvent event(int number) {
		return GridEvent.builder(Integer.toString(number), URI.create("/test"), "OrderPlaced")
			.data("application/json", EventData.json("{\"id\":\"%s\"}".formatted(number).getBytes()))
			.build();
	}

	private EventGridEmulator books() {
		return this.emulator.eventGrid();
	}

	private EventHistory history(int number) {
		return books().history(TOPIC, SUBSCRIPTION, Integer.toString(number)).orElseThrow();
	}

	private static List<Thread> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.toList();
	}

	private static boolean joined(Thread thread) {
		try {
			thread.join(5_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return !thread.isAlive();
	}

	/**
	 * Counts outcomes and waits for them.
	 */
	private static final class Outcomes implements SettlementListener {

		private final Queue<EventOutcome> seen = new ConcurrentLinkedQueue<>();

		@Override
		public void ended(ReceivedEvent event, EventOutcome outcome) {
			this.seen.add(outcome);
			synchronized (this) {
				notifyAll();
			}
		}

		synchronized void await(int count, EventOutcome outcome) throws InterruptedException {
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
			while (count(outcome) < count && System.nanoTime() < end) {
				wait(1_000);
			}
			assertThat(count(outcome)).as(outcome.name()).isEqualTo(count);
		}

		private int count(EventOutcome outcome) {
			return (int) this.seen.stream().filter((one) -> one == outcome).count();
		}

	}

}
