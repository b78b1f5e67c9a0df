package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters {@code azure.eventgrid.listener.*}.
 */
class ListenerMetricsTests {

	private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private ListenerMetrics metrics = new MicrometerListenerMetrics(this.registry, Clock.fixed(NOW, ZoneOffset.UTC));

	private SettlementListener settlementListener = SettlementListener.none();

	private EventHandler.Reactive handler = (delivery) -> Mono.empty();

	private @Nullable EventGridListenerContainer container;

	@AfterEach
	void stop() {
		if (this.container != null) {
			stopContainer();
		}
		this.time.dispose();
	}

	@Test
	@Requirement("L36")
	void tellHowReceivesEnd() {
		start();
		this.time.advanceTimeBy(Duration.ofSeconds(7));
		this.broker.answer(ScriptedBroker.event("a", 1));
		this.broker.answer();
		this.broker.fail(new IllegalStateException("no connection"));
		assertThat(receives("events")).isOne();
		assertThat(receives("empty")).isOne();
		assertThat(receives("failed")).isOne();
		assertThat(this.registry.get("azure.eventgrid.listener.receive")
			.tag("azure.eventgrid.result", "events")
			.timer()
			.totalTime(TimeUnit.SECONDS)).isEqualTo(7);
	}

	@Test
	@Requirement({ "L5", "L36" })
	void countReceivesThatAreNeverAnswered() {
		start();
		this.time.advanceTimeBy(Duration.ofSeconds(70));
		assertThat(counter("receive.overdue")).isOne();
		stopContainer();
		assertThat(counter("receive.overdue")).as("a stop's cancel is no overdue receive").isOne();
	}

	@Test
	@Requirement("L36")
	void tellHowOldEventsAreAndWhichCannotBeDecoded() {
		start();
		this.broker.answer(aged("a", Duration.ofSeconds(30)), aged("b", Duration.ofSeconds(-5)),
				ScriptedBroker.event("c", 1), new ReceivedEvent.Malformed("{}", "no id", "d", 1));
		assertThat(this.registry.get("azure.eventgrid.listener.event.age").timer()).satisfies((age) -> {
			assertThat(age.count()).isEqualTo(2);
			assertThat(age.totalTime(TimeUnit.SECONDS)).isEqualTo(30);
		});
		assertThat(counter("undecodable")).isOne();
	}

	@Test
	@Requirement("L36")
	void tellHowSettlementsGoByVerbAndCode() {
		this.broker.settling = (settlement) -> Mono.just(new SettlementResult(settlement.tokens().subList(0, 2),
				ScriptedBroker.failure(settlement.tokens().subList(2, 3), "TokenLost").failed()));
		start();
		this.broker.answer(ScriptedBroker.events(0, 3));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.registry.get("azure.eventgrid.listener.settlement.batch")
			.tag("messaging.operation.name", "acknowledge")
			.summary()
			.mean()).isEqualTo(3);
		assertThat(this.registry.get("azure.eventgrid.listener.settlement.failures")
			.tag("messaging.operation.name", "acknowledge")
			.tag("error.type", "TokenLost")
			.counter()
			.count()).isOne();
		assertThat(ended("acknowledged")).isEqualTo(2);
		assertThat(ended("lock_lost")).isOne();
	}

	@Test
	@Requirement("L36")
	void countRenewals() {
		this.handler = (delivery) -> Mono.never();
		start();
		this.broker.answer(ScriptedBroker.events(0, 2));
		this.time.advanceTimeBy(Duration.ofSeconds(45));
		assertThat(renewals("renewed")).isEqualTo(2);
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		this.time.advanceTimeBy(Duration.ofSeconds(45));
		assertThat(renewals("failed")).isEqualTo(2);
		assertThat(ended("lock_lost")).isEqualTo(2);
	}

	@Test
	@Requirement("L36")
	void showWhatIsGoingOn() {
		this.handler = (delivery) -> Mono.never();
		start();
		assertThat(gauge("open.receives")).isOne();
		assertThat(gauge("free.permits")).as("the open receive asks for all").isZero();
		this.broker.answer(ScriptedBroker.events(0, 15));
		assertThat(gauge("in.flight")).isEqualTo(15);
		assertThat(gauge("running")).isEqualTo(10);
		assertThat(gauge("gate.open")).isOne();
	}

	@Test
	@Requirement("L36")
	void haveTheSameTagsWhateverHappens() {
		start();
		this.broker.answer(aged("a", Duration.ZERO), new ReceivedEvent.Malformed("{}", "no id", "b", 1));
		this.broker.answer();
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		this.broker.settling = (settlement) -> Mono.error(new IllegalStateException("no connection"));
		this.broker.answer(ScriptedBroker.events(0, 3));
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		this.registry.getMeters()
			.stream()
			.collect(Collectors.groupingBy((meter) -> meter.getId().getName(),
					Collectors.mapping(ListenerMetricsTests::keys, Collectors.toSet())))
			.forEach((name, keys) -> {
				assertThat(keys).as(name).hasSize(1);
				assertThat(keys.iterator().next()).contains("azure.eventgrid.listener.id", "messaging.destination.name",
						"messaging.destination.subscription.name");
			});
	}

	@Test
	@Requirement({ "L31", "L36" })
	void leaveNothingBehind() {
		start();
		this.broker.answer(aged("a", Duration.ZERO), new ReceivedEvent.Malformed("{}", "no id", "b", 1));
		int meters = 0;
		for (int cycle = 0; cycle < 100; cycle++) {
			stopContainer();
			container().start();
			this.broker.open.clear();
			meters = (cycle == 0) ? this.registry.getMeters().size() : meters;
		}
		assertThat(this.registry.getMeters()).hasSize(meters);
		stopContainer();
		container().close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	@Requirement("L17")
	void neverDecideOverAnEvent() {
		this.metrics = (container) -> new ListenerMetrics.Recorder() {

			@Override
			public void received(List<ReceivedEvent> events, Duration time) {
				throw new IllegalStateException("no room for times");
			}

			@Override
			public void settling(String verb, int events) {
				throw new IllegalStateException("no room for batches");
			}

			@Override
			public void ended(EventOutcome outcome) {
				throw new IllegalStateException("no room for outcomes");
			}
		};
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		assertThat(this.broker.settlements).hasSize(1);
		assertThat(container().status().inFlight()).isZero();
	}

	@Test
	void keepNothingFromTheSettlementListener() {
		List<String> told = new ArrayList<>();
		this.settlementListener = new SettlementListener() {

			@Override
			public void ended(ReceivedEvent event, EventOutcome outcome) {
				told.add("ended " + outcome);
			}

			@Override
			public void failed(ReceivedEvent event, Disposition attempted, String code) {
				told.add("failed " + code);
			}
		};
		this.broker.settling = (settlement) -> Mono.just(ScriptedBroker.failure(settlement.tokens(), "TokenLost"));
		start();
		this.broker.answer(ScriptedBroker.event("a", 1));
		assertThat(told).containsExactly("failed TokenLost", "ended LOCK_LOST");
	}

	private void start() {
		ContainerServices services = new ContainerServices(
				ErrorHandling.of(ListenerErrorHandler.releasing(List.of(Duration.ofHours(1)))), this.settlementListener,
				HandlerExecutorFactory.platformThreads(), ObservationRegistry.NOOP,
				new EventProcessObservationConvention(), (happened) -> {
				}, this.metrics, Timing.of(this.time, () -> 0.5));
		this.container = new EventGridListenerContainer(
				EventGridListenerEndpoint.of("billing", "orders", "billing", this.handler), this.broker,
				ContainerOptions.builder().lifecycle((life) -> life.keepAlive(false)).build(), services);
		this.container.start();
	}

	private void stopContainer() {
		container().stop(() -> {
		});
		this.time.advanceTimeBy(Duration.ofMinutes(1));
	}

	private EventGridListenerContainer container() {
		return Objects.requireNonNull(this.container);
	}

	private static ReceivedEvent aged(String token, Duration age) {
		return new ReceivedEvent.Valid(
				GridEvent.builder("id", URI.create("/test"), "test").time(NOW.minus(age)).build(), token, 1);
	}

	private long receives(String result) {
		return this.registry.get("azure.eventgrid.listener.receive")
			.tag("azure.eventgrid.result", result)
			.timer()
			.count();
	}

	private double counter(String name) {
		return this.registry.get("azure.eventgrid.listener." + name).counter().count();
	}

	private double ended(String outcome) {
		return this.registry.get("azure.eventgrid.listener.events")
			.tag("azure.eventgrid.outcome", outcome)
			.counter()
			.count();
	}

	private double renewals(String result) {
		return this.registry.find("azure.eventgrid.listener.lock.renewals")
			.tag("azure.eventgrid.result", result)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	private double gauge(String name) {
		return this.registry.get("azure.eventgrid.listener." + name).gauge().value();
	}

	private static Set<String> keys(Meter meter) {
		return meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
	}

}
