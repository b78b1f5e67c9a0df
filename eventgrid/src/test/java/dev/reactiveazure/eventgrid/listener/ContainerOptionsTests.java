package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a container's options allow.
 */
class ContainerOptionsTests {

	@Test
	void keepTwiceAsManyEventsInFlightAsHandlersRun() {
		assertThat(ContainerOptions.builder().concurrency(7).build().maxInFlight()).isEqualTo(14);
	}

	@Test
	void takeUnlimitedConcurrencyForUnlimitedEventsInFlight() {
		assertThat(ContainerOptions.builder().concurrency(Integer.MAX_VALUE).build().maxInFlight())
			.isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void refuseTimesThatNoTimerCanCount() {
		Duration forever = Duration.ofMillis(Long.MAX_VALUE);
		assertThatIllegalArgumentException().isThrownBy(
				() -> ContainerOptions.builder().lifecycle((lifecycle) -> lifecycle.shutdownTimeout(forever)).build())
			.withMessageContaining("lifecycle.shutdownTimeout must not be longer than 365 days");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ContainerOptions.builder().locks((locks) -> locks.duration(forever)).build())
			.withMessageContaining("locks.duration");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ContainerOptions.builder().locks((locks) -> locks.maxDuration(forever)).build())
			.withMessageContaining("locks.maxDuration");
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> ContainerOptions.builder().receiving((receiving) -> receiving.maxBackoff(forever)).build())
			.withMessageContaining("receiving.maxBackoff");
	}

}
