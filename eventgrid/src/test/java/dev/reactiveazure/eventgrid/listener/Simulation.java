package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import io.cloudevents.CloudEvent;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulated hours over real HTTP: moves the clock of the emulator and the scheduler of a
 * container together, and only while nothing is on its way between them.
 */
final class Simulation implements AutoCloseable {

	static final String TOPIC = "orders";

	static final String SUBSCRIPTION = "billing";

	private static final Duration STEP = Duration.ofSeconds(1);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-11-22T08:00:00Z"));

	private final List<EventOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

	private final AzureEmulator emulator;

	private final EventGridNamespaceClient client;

	private @Nullable WatchfulBroker broker;

	private @Nullable EventGridListenerContainer container;

	Simulation() {
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription(TOPIC + "/" + SUBSCRIPTION)
			.clock(this.clock)
			.start();
		this.client = EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.build();
	}

	VirtualTimeScheduler time() {
		return this.time;
	}

	EventGridEmulator books() {
		return this.emulator.eventGrid();
	}

	List<EventOutcome> outcomes() {
		return this.outcomes;
	}

	void publish(int events) {
		for (int from = 0; from < events; from += 1_000) {
			List<CloudEvent> batch = IntStream.range(from, Math.min(events, from + 1_000))
				.mapToObj(Simulation::event)
				.toList();
			this.client.publisher(TOPIC).publish(batch).block(Duration.ofSeconds(20));
		}
	}

	private static CloudEvent event(int number) {
		return GridEvent.builder(Integer.toString(number), URI.create("/shop"), "OrderPlaced")
			.data("application/json", EventData.json("{\"id\":%d}".formatted(number).getBytes()))
			.build();
	}

	/**
	 * Start a container, as a deployment would.
	 */
	EventGridListenerContainer start(ContainerOptions options, EventHandler handler) {
		WatchfulBroker watched = new WatchfulBroker(
				new ReceiverBroker(this.client.receiver(TOPIC, SUBSCRIPTION), null));
		ContainerServices services = new ContainerServices(ErrorHandling.of(ListenerErrorHandler.undecided()),
				(event, outcome) -> this.outcomes.add(outcome), HandlerExecutorFactory.platformThreads(),
				ObservationRegistry.NOOP, new EventProcessObservationConvention(), (happened) -> {
				}, ListenerMetrics.none(), Timing.of(this.time, () -> 0.5));
		EventGridListenerContainer started = new EventGridListenerContainer(
				EventGridListenerEndpoint.of(SUBSCRIPTION, TOPIC, SUBSCRIPTION, handler), watched, options, services);
		this.broker = watched;
		this.container = started;
		started.start();
		return started;
	}

	/**
	 * Stop the container, while time goes on.
	 */
	void stop() {
		EventGridListenerContainer current = this.container;
		if (current == null) {
			return;
		}
		List<Boolean> stopped = Collections.synchronizedList(new ArrayList<>());
		current.stop(() -> stopped.add(true));
		advanceUntil(() -> !stopped.isEmpty(), Duration.ofMinutes(5));
		this.container = null;
	}

	void advance(Duration duration) {
		for (Duration left = duration; !left.isZero(); left = left.minus(STEP)) {
			step();
		}
		becomeQuiet();
	}

	void advanceUntil(BooleanSupplier condition, Duration most) {
		becomeQuiet();
		for (Duration left = most; !condition.getAsBoolean() && !left.isNegative(); left = left.minus(STEP)) {
			step();
			becomeQuiet();
		}
		assertThat(condition.getAsBoolean()).as("within " + most).isTrue();
	}

	private void step() {
		becomeQuiet();
		this.clock.advance(STEP);
		becomeQuiet();
		this.time.advanceTimeBy(STEP);
	}

	private void becomeQuiet() {
		long end = System.nanoTime() + PATIENCE;
		while (!isQuiet()) {
			assertThat(System.nanoTime() - end).as("time left for calls to end").isNegative();
			Thread.yield();
		}
	}

	private boolean isQuiet() {
		WatchfulBroker current = this.broker;
		if (current == null) {
			return true;
		}
		int before = current.changes();
		return current.settling() == 0 && this.emulator.exchangesInProgress() == 0
				&& current.receiving() == books().openReceives(TOPIC, SUBSCRIPTION) && before == current.changes();
	}

	@Override
	public void close() {
		stop();
		this.client.close();
		this.emulator.close();
		this.time.dispose();
	}

}
