package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an outage of everything that handlers need does to the events that wait.
 */
class OutageTests {

	private static final int EVENTS = 100_000;

	private static final Duration OUTAGE = Duration.ofHours(2);

	private static final int MOST_DELIVERIES = 10;

	private final VirtualContainer virtual = new VirtualContainer();

	private long handledFirst = -1;

	private int failures;

	@AfterEach
	void disposeTime() {
		this.virtual.time.dispose();
	}

	@ParameterizedTest
	@EnumSource
	@Requirement("L13")
	void ofTwoHoursDeadLettersNothingAndIsOverWithinThirtySeconds(QueuedEvents.Order order) {
		QueuedEvents queue = new QueuedEvents(EVENTS, MOST_DELIVERIES, order, this.virtual.time);
		EventGridListenerContainer container = this.virtual.create(queue, ContainerOptions.builder(),
				(event) -> Mono.defer(this::handle));
		container.start();
		this.virtual.advance(OUTAGE.minusSeconds(1));
		assertThat(container.status().gate()).isNotEqualTo(GateState.OPEN);
		assertThat(container.isRunning()).isTrue();
		// Twenty to notice, and one every few seconds to try.
		assertThat(this.failures).isLessThan(1_500);
		this.virtual.advance(Duration.ofSeconds(31));
		assertThat(this.handledFirst).isBetween(OUTAGE.toMillis(), OUTAGE.plusSeconds(30).toMillis());
		assertThat(container.status().gate()).isEqualTo(GateState.OPEN);
		this.virtual.advance(Duration.ofHours(2));
		assertThat(queue.acknowledged()).isEqualTo(EVENTS);
		assertThat(queue.deadLettered()).isZero();
	}

	private Mono<Void> handle() {
		long now = this.virtual.time.now(TimeUnit.MILLISECONDS);
		if (now < OUTAGE.toMillis()) {
			this.failures++;
			return Mono.error(new IllegalStateException("the database is away"));
		}
		if (this.handledFirst < 0) {
			this.handledFirst = now;
		}
		return Mono.empty();
	}

}
