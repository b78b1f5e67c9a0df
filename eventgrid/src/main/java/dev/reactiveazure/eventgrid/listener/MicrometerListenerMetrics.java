package dev.reactiveazure.eventgrid.listener;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToDoubleFunction;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps count of listener containers in a {@link MeterRegistry}. The meters of a
 * container are there from its first start until it is removed from its registry or the
 * application ends.
 * <p>
 * Each meter has the tags {@code azure.eventgrid.listener.id},
 * {@code messaging.destination.name} (the topic) and
 * {@code messaging.destination.subscription.name}; and what is said of it below, for
 * listeners of single events and of batches alike:
 * <ul>
 * <li>gauges {@code azure.eventgrid.listener.in.flight} (locked events), {@code .running}
 * (handlers), {@code .free.permits} (events that may still be locked),
 * {@code .open.receives}, {@code .gate.open} (1, or 0 while a run of failures keeps
 * events away from the handlers)</li>
 * <li>timer {@code .receive}: how long receives were open; {@code azure.eventgrid.result}
 * is {@code events}, {@code empty} or {@code failed}</li>
 * <li>counter {@code .receive.overdue}: receives that were replaced because no answer
 * came</li>
 * <li>timer {@code .event.age}: from the {@code time} of an event to its receipt; events
 * without one are left out</li>
 * <li>counter {@code .undecodable}: received events that are no CloudEvents</li>
 * <li>counter {@code .events}: deliveries that ended; {@code azure.eventgrid.outcome} is
 * an {@link EventOutcome} in lower case, such as {@code lock_lost}</li>
 * <li>summary {@code .settlement.batch}: events in a settlement request;
 * {@code messaging.operation.name} is {@code acknowledge}, {@code release} or
 * {@code reject}</li>
 * <li>counter {@code .settlement.failures}: events that a request did not settle;
 * {@code messaging.operation.name}, and {@code error.type}, the service's code or the
 * exception's simple name</li>
 * <li>counter {@code .lock.renewals}: locks that were to be renewed;
 * {@code azure.eventgrid.result} is {@code renewed} or {@code failed}</li>
 * </ul>
 * Needs {@code micrometer-core}. Thread-safe.
 */
public final class MicrometerListenerMetrics implements ListenerMetrics {

	private static final String PREFIX = "azure.eventgrid.listener.";

	private static final String OPERATION = "messaging.operation.name";

	private static final String RESULT = "azure.eventgrid.result";

	private final MeterRegistry registry;

	private final Clock clock;

	/**
	 * Create metrics.
	 * @param registry where meters are
	 * @param clock tells how old events are
	 */
	public MicrometerListenerMetrics(MeterRegistry registry, Clock clock) {
		this.registry = registry;
		this.clock = clock;
	}

	/**
	 * Create metrics by the system's clock.
	 * @param registry where meters are
	 */
	public MicrometerListenerMetrics(MeterRegistry registry) {
		this(registry, Clock.systemUTC());
	}

	@Override
	public Recorder record(EventGridListenerContainer container) {
		return new Meters(this.registry, this.clock, container);
	}

	/**
	 * The meters of one container.
	 */
	private static final class Meters implements Recorder {

		private final Clock clock;

		private final EventGridListenerContainer container;

		private final Tags tags;

		private final ConcurrentMap<String, Meter> meters = new ConcurrentHashMap<>();

		private final Timer age;

		private final Counter undecodable;

		private final Counter overdue;

		private final List<Counter> outcomes;

		private volatile MeterRegistry registry;

		Meters(MeterRegistry registry, Clock clock, EventGridListenerContainer container) {
			EventGridListenerEndpoint endpoint = container.endpoint();
			this.registry = registry;
			this.clock = clock;
			this.container = container;
			this.tags = Tags.of("azure.eventgrid.listener.id", endpoint.id(), "messaging.destination.name",
					endpoint.topic(), "messaging.destination.subscription.name", endpoint.subscription());
			this.age = keep("age", Timer.builder(PREFIX + "event.age").tags(this.tags).register(registry));
			this.undecodable = keep("undecodable",
					Counter.builder(PREFIX + "undecodable").tags(this.tags).register(registry));
			this.overdue = keep("overdue",
					Counter.builder(PREFIX + "receive.overdue").tags(this.tags).register(registry));
			this.outcomes = List.of(EventOutcome.values()).stream().map(this::events).toList();
			gauge("in.flight", ContainerStatus::inFlight);
			gauge("running", ContainerStatus::running);
			gauge("free.permits", ContainerStatus::freePermits);
			gauge("open.receives", ContainerStatus::openPolls);
			gauge("gate.open", (status) -> (status.gate() == GateState.OPEN) ? 1 : 0);
		}

		private void gauge(String name, ToDoubleFunction<ContainerStatus> value) {
			keep(name,
					Gauge.builder(PREFIX + name, this.container, (source) -> value.applyAsDouble(source.status()))
						.tags(this.tags)
						.register(this.registry));
		}

		private Counter events(EventOutcome outcome) {
			String name = outcome.name().toLowerCase(Locale.ROOT);
			return keep("events " + name,
					Counter.builder(PREFIX + "events")
						.tags(this.tags.and("azure.eventgrid.outcome", name))
						.register(this.registry));
		}

		private <T extends Meter> T keep(String key, T meter) {
			this.meters.put(key, meter);
			return meter;
		}

		@Override
		public void received(List<ReceivedEvent> events, Duration time) {
			receive(events.isEmpty() ? "empty" : "events").record(time);
			Instant now = this.clock.instant();
			for (ReceivedEvent event : events) {
				if (event instanceof ReceivedEvent.Valid valid) {
					aged(valid.event().getTime(), now);
				}
				else {
					this.undecodable.increment();
				}
			}
		}

		private void aged(@Nullable OffsetDateTime time, Instant now) {
			if (time == null) {
				return;
			}
			Duration old = Duration.between(time.toInstant(), now);
			// The clock of whoever published it may be ahead of ours.
			this.age.record(old.isNegative() ? Duration.ZERO : old);
		}

		@Override
		public void receiveFailed(Throwable error, Duration time) {
			receive("failed").record(time);
		}

		private Timer receive(String result) {
			return (Timer) this.meters.computeIfAbsent("receive " + result,
					(key) -> Timer.builder(PREFIX + "receive")
						.tags(this.tags.and(RESULT, result))
						.register(this.registry));
		}

		@Override
		public void receiveOverdue(Duration time) {
			this.overdue.increment();
		}

		@Override
		public void settling(String verb, int events) {
			((DistributionSummary) this.meters.computeIfAbsent("settling " + verb,
					(key) -> DistributionSummary.builder(PREFIX + "settlement.batch")
						.tags(this.tags.and(OPERATION, verb))
						.register(this.registry)))
				.record(events);
		}

		@Override
		public void settlementFailed(String verb, String code, int events) {
			counter("settlement.failures", OPERATION, verb, "error.type", code).increment(events);
		}

		@Override
		public void locksRenewed(int renewed, int failed) {
			counter("lock.renewals", RESULT, "renewed").increment(renewed);
			counter("lock.renewals", RESULT, "failed").increment(failed);
		}

		private Counter counter(String name, String... more) {
			return (Counter) this.meters.computeIfAbsent(name + " " + String.join(" ", more),
					(key) -> Counter.builder(PREFIX + name).tags(this.tags.and(more)).register(this.registry));
		}

		@Override
		public void ended(EventOutcome outcome) {
			this.outcomes.get(outcome.ordinal()).increment();
		}

		@Override
		public void close() {
			MeterRegistry left = this.registry;
			// What still ends is counted nowhere: another container may have the id.
			this.registry = new CompositeMeterRegistry();
			this.meters.values().forEach(left::remove);
			this.meters.clear();
		}

	}

}
