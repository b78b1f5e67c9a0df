package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many events a container gets through when each request takes 20 ms and each handler
 * 1 ms, ten at a time.
 * <p>
 * A permit that is held from the sending of a receive to the answer to the settlement is
 * away for two round trips: at most 100 / (20 + 1 + 20 ms) = 2,439 events a second with a
 * hundred of them, however they are used. Only a receive that is sent before the
 * settlement is confirmed gets beyond that.
 */
class LongWayTests {

	private static final Duration ROUND_TRIP = Duration.ofMillis(20);

	private static final int SECONDS = 10;

	private final VirtualContainer virtual = new VirtualContainer();

	private final DistantBroker broker = new DistantBroker(ROUND_TRIP, this.virtual.time);

	@AfterEach
	void disposeTime() {
		this.virtual.time.dispose();
	}

	@Test
	@Requirement({ "L1", "L2" })
	void receivesAtLeastFiveEventsATimeWithFewHandlers() {
		run(options());
		assertThat(this.broker.eventsAReceive()).isGreaterThanOrEqualTo(5);
		assertThat(this.broker.mostLocked).isLessThanOrEqualTo(20);
	}

	@Test
	@Requirement("L1")
	void comesCloseToWhatAHundredPermitsAllow() {
		run(options().maxInFlight(100));
		assertThat(this.broker.settled / SECONDS).isBetween(2_000, 2_439);
		assertThat(this.broker.mostLocked).isLessThanOrEqualTo(100);
	}

	@Test
	@Requirement("L2")
	void getsBeyondThatByPollingAhead() {
		run(options().maxInFlight(100).receiving((receiving) -> receiving.pollAhead(true)));
		assertThat(this.broker.settled / SECONDS).isGreaterThanOrEqualTo(4_000);
		assertThat(this.broker.mostLocked).isLessThanOrEqualTo(100);
	}

	private static ContainerOptions.Builder options() {
		return ContainerOptions.builder().concurrency(10);
	}

	private void run(ContainerOptions.Builder options) {
		EventHandler.Reactive handler = (event) -> Mono.delay(Duration.ofMillis(1), this.virtual.time).then();
		this.virtual.create(this.broker, options, handler).start();
		this.virtual.advance(Duration.ofSeconds(SECONDS));
	}

}
