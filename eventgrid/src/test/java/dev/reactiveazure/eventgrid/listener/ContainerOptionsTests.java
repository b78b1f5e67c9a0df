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
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ContainerOptions.builder().shutdownTimeout(forever).build())
			.withMessageContaining("shutdownTimeout must not be longer than 365 days");
		assertThatIllegalArgumentException().isThrownBy(() -> ContainerOptions.builder().lockDuration(forever).build())
			.withMessageContaining("lockDuration");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ContainerOptions.builder().maxLockDuration(forever).build())
			.withMessageContaining("maxLockDuration");
		assertThatIllegalArgumentException().isThrownBy(() -> ContainerOptions.builder().maxBackoff(forever).build())
			.withMessageContaining("maxBackoff");
	}

}
