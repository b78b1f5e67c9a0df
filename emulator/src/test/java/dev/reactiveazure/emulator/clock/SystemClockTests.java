package dev.reactiveazure.emulator.clock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SystemClockTests {

	@Test
	void takesDelaysOfAnyLength() throws InterruptedException {
		CountDownLatch due = new CountDownLatch(1);
		try (EmulatorClock clock = EmulatorClock.system()) {
			EmulatorClock.Timer never = clock.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {
				throw new IllegalStateException("Far too early");
			});
			clock.schedule(Duration.ofSeconds(Long.MIN_VALUE), due::countDown);
			assertThat(due.await(5, TimeUnit.SECONDS)).isTrue();
			never.cancel();
		}
	}

}
