package dev.reactiveazure.eventgrid.listener.simulation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import io.cloudevents.CloudEvent;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * An emulator and a client that share one clock, which moves only while nothing else
 * does: simulated hours over real HTTP take seconds.
 */
final class Simulation implements AutoCloseable {

	static final String TOPIC = "orders";

	static final String SUBSCRIPTION = "billing";

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	/**
	 * How long a call into a black hole holds the clock: nobody can tell it from a slow
	 * one.
	 */
	private static final Duration PATIENCE_WITH_CALLS = Duration.ofMillis(20);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final MovableClock clock = MovableClock.startingAt(START);

	private final ClockScheduler scheduler = new ClockScheduler(this.clock);

	private final FaultPlan faults;

	private final AzureEmulator emulator;

	private final ConnectionProvider connections;

	private final LoopResources loops;

	private final CountedConnector connector;

	private final EventGridNamespaceClient client;

	private final Random random;

	private final Duration patienceWithCalls;

	Simulation(long seed, EventGridSettings settings) {
		this(seed, settings, PATIENCE_WITH_CALLS);
	}

	/**
	 * Return a simulation in which every call ends, answered or broken, however busy the
	 * machine: it waits for that where black holes are none.
	 */
	static Simulation withoutBlackHoles(long seed, EventGridSettings settings) {
		return new Simulation(seed, settings, PATIENCE);
	}

	private Simulation(long seed, EventGridSettings settings, Duration patienceWithCalls) {
		this.patienceWithCalls = patienceWithCalls;
		this.random = new Random(seed);
		this.faults = FaultPlan.seeded(seed);
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription(TOPIC + "/" + SUBSCRIPTION)
			.clock(this.clock)
			.faults(this.faults)
			.eventGridSettings((builder) -> builder.lockDuration(settings.lockDuration())
				.maxDeliveryCount(settings.maxDeliveryCount())
				.unlockUnreadAnswers(settings.unlockUnreadAnswers())
				.historyLimit(settings.historyLimit())
				.deadLetterLimit(settings.deadLetterLimit()))
			.start();
		String name = "simulation-" + seed;
		this.connections = ConnectionProvider.builder(name).maxConnections(200).pendingAcquireMaxCount(-1).build();
		this.loops = LoopResources.create(name, 1, true);
		HttpClient http = HttpClient.create(this.connections).runOn(this.loops).disableRetry(true);
		this.connector = new CountedConnector(new ReactorClientHttpConnector(http));
		this.client = EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.connector(this.connector)
			.receiveConnector(this.connector)
			.scheduler(this.scheduler)
			.random(this.random::nextDouble)
			.build();
	}

	EventGridNamespaceClient client() {
		return this.client;
	}

	EventGridEmulator service() {
		return this.emulator.eventGrid();
	}

	Scheduler scheduler() {
		return this.scheduler;
	}

	FaultPlan faults() {
		return this.faults;
	}

	Random random() {
		return this.random;
	}

	Duration elapsed() {
		return Duration.between(START, this.clock.now());
	}

	/**
	 * Return whether our side has read an answer that holds a text, be it to drop it.
	 */
	boolean hasRead(String text) {
		return this.connector.hasRead(text);
	}

	/**
	 * Publish events, at once.
	 */
	void publish(int from, int count) {
		for (int start = from; start < from + count; start += 1000) {
			List<CloudEvent> events = new ArrayList<>();
			for (int i = start; i < Math.min(start + 1000, from + count); i++) {
				events.add(GridEvent.builder(String.valueOf(i), URI.create("/shop"), "placed")
					.data("application/json", EventData.json("{\"id\":%d}".formatted(i).getBytes()))
					.build());
			}
			this.client.publisher(TOPIC).publish(events).block(PATIENCE);
		}
	}

	/**
	 * Live on until a condition holds or a time has passed.
	 * @return whether the condition holds
	 */
	boolean runUntil(BooleanSupplier done, Duration atMost) {
		Instant end = this.clock.now().plus(atMost);
		calm();
		while (!done.getAsBoolean() && this.clock.now().isBefore(end)) {
			Instant next = this.clock.nextTimer();
			Instant target = (next != null && next.isBefore(end)) ? next : end;
			Duration step = Duration.between(this.clock.now(), target);
			this.clock.advance(step.isNegative() ? Duration.ZERO : step);
			calm();
		}
		return done.getAsBoolean();
	}

	void run(Duration time) {
		runUntil(() -> false, time);
	}

	/**
	 * Wait until nothing moves but by the clock: each call that is open on our side waits
	 * on the other, and the other way round.
	 */
	private void calm() {
		long end = System.nanoTime() + this.patienceWithCalls.toNanos();
		int quiet = 0;
		while (quiet < 2 && System.nanoTime() < end) {
			letTheEventLoopRun();
			quiet = isQuiet() ? quiet + 1 : 0;
			if (quiet == 0) {
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
			}
		}
	}

	private boolean isQuiet() {
		return this.emulator.exchangesInProgress() == 0
				&& this.connector.open() == service().openReceives(TOPIC, SUBSCRIPTION);
	}

	private void letTheEventLoopRun() {
		EventLoopGroup group = this.loops.onClient(true);
		for (EventExecutor loop : group) {
			loop.submit(() -> {
			}).awaitUninterruptibly(PATIENCE.toMillis());
		}
	}

	/**
	 * End everything, and wait for that.
	 */
	@Override
	public void close() {
		this.client.close();
		this.connections.disposeLater().block(PATIENCE);
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(PATIENCE);
		this.emulator.close();
	}

}
