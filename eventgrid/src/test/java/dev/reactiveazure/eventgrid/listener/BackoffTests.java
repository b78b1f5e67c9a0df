package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long the container waits after failures.
 */
class BackoffTests {

	private static final Exception FAILURE = new IllegalStateException("refused");

	@Test
	@Requirement("L4")
	void doublesFromOneSecondToThirty() {
		Backoff backoff = backoff(0.999_999);
		assertThat(backoff.waitAfter(1, FAILURE)).isBetween(990L, 1_000L);
		assertThat(backoff.waitAfter(2, FAILURE)).isBetween(1_990L, 2_000L);
		assertThat(backoff.waitAfter(5, FAILURE)).isBetween(15_990L, 16_000L);
		assertThat(backoff.waitAfter(6, FAILURE)).isBetween(29_990L, 30_000L);
		assertThat(backoff.waitAfter(1_000, FAILURE)).isBetween(29_990L, 30_000L);
	}

	@Test
	@Requirement("L4")
	void drawsEachWaitEvenlyFromNothingUp() {
		assertThat(backoff(0).waitAfter(6, FAILURE)).isEqualTo(1);
		assertThat(backoff(0.5).waitAfter(6, FAILURE)).isEqualTo(15_000);
	}

	@Test
	@Requirement("L4")
	void waitsAsLongAsTheServiceAsksFor() {
		AttemptedCall call = new AttemptedCall("receive", "orders/billing", "http://localhost", 1, false);
		ThrottledException throttled = new ThrottledException(call,
				new ServiceError(429, "TooManyRequests", null, null, Duration.ofSeconds(45)), null);
		assertThat(backoff(0.5).waitAfter(1, throttled)).isEqualTo(45_000);
	}

	private static Backoff backoff(double random) {
		return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> random);
	}

}
