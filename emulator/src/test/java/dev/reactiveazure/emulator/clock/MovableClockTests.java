package dev.reactiveazure.emulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MovableClockTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final MovableClock clock = MovableClock.startingAt(START);

	private final List<String> fired = new ArrayList<>();

	private Runnable record(String name) {
		return () -> this.fired.add(name + "@" + Duration.between(START, this.clock.now()).toSeconds());
	}

	@Test
	void firesWhatItPassesInOrderEachAtItsTime() {
		this.clock.schedule(Duration.ofSeconds(2), record("second"));
		this.clock.schedule(Duration.ofSeconds(1), record("first"));
		this.clock.schedule(Duration.ofSeconds(2), record("third"));
		this.clock.schedule(Duration.ofSeconds(9), record("never"));
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(this.fired).containsExactly("first@1", "second@2", "third@2");
		assertThat(this.clock.now()).isEqualTo(START.plusSeconds(5));
		assertThat(this.clock.nextTimer()).isEqualTo(START.plusSeconds(9));
	}

	@Test
	void firesTimersThatTimersSchedule() {
		this.clock.schedule(Duration.ofSeconds(1), () -> this.clock.schedule(Duration.ofSeconds(1), record("inner")));
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(this.fired).containsExactly("inner@2");
	}

	@Test
	void doesNotFireACancelledTimer() {
		EmulatorClock.Timer timer = this.clock.schedule(Duration.ofSeconds(1), record("cancelled"));
		timer.cancel();
		timer.cancel();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(this.fired).isEmpty();
	}

	@Test
	void neverFiresInsideSchedule() {
		this.clock.schedule(Duration.ZERO, record("due"));
		assertThat(this.fired).isEmpty();
		this.clock.advance(Duration.ZERO);
		assertThat(this.fired).containsExactly("due@0");
	}

	@Test
	void cannotGoBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.clock.advance(Duration.ofSeconds(-1)));
	}

	@Test
	void systemClockFiresOnADaemonThreadAndEndsItWhenClosed() throws InterruptedException {
		CountDownLatch latch = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		try (EmulatorClock system = EmulatorClock.system()) {
			system.schedule(Duration.ofMillis(1), () -> {
				threads.add(Thread.currentThread());
				latch.countDown();
			});
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(threads.get(0).isDaemon()).isTrue();
		}
		threads.get(0).join(5000);
		assertThat(threads.get(0).isAlive()).isFalse();
	}

}
