package dev.reactiveazure.core.pipeline;

import java.time.Duration;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ServiceError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryPolicy}.
 */
class RetryPolicyTests {

	private static final AttemptedCall CALL = new AttemptedCall("insert entity", "table 'orders'", "https://host", 1,
			false);

	private final RetryOptions options = RetryOptions.defaults().withDelay(Duration.ofMillis(100)).withJitter(0.5);

	@Test
	void growsTheWaitUpToItsLongest() {
		RetryPolicy policy = new RetryPolicy(this.options.withMaxRetries(9).withMaxDelay(Duration.ofMillis(300)),
				() -> 0);
		assertThat(wait(policy, status(503), 1)).hasMillis(100);
		assertThat(wait(policy, status(503), 2)).hasMillis(200);
		assertThat(wait(policy, status(503), 3)).hasMillis(300);
	}

	@Test
	void shortensTheWaitByJitter() {
		assertThat(wait(new RetryPolicy(this.options, () -> 0.9), status(500), 1)).hasMillis(55);
	}

	@Test
	void waitsAsLongAsTheServiceAsks() {
		AzureException throttled = ErrorMapper.byStatus(CALL,
				new ServiceError(429, null, null, null, Duration.ofSeconds(7)));
		assertThat(wait(new RetryPolicy(this.options, () -> 0), throttled, 1)).hasSeconds(7);
	}

	@Test
	void givesUpAfterTheLastRetry() {
		assertThat(wait(new RetryPolicy(this.options.withMaxRetries(2), () -> 0), status(503), 3)).isNull();
	}

	@Test
	void givesUpWhereTheWaitWouldEndTooLate() {
		RetryPolicy policy = new RetryPolicy(this.options.withTimeout(Duration.ofSeconds(1)), () -> 0);
		assertThat(policy.nextWait(status(503), RetrySafety.ALWAYS, 1, Duration.ofMillis(950))).isNull();
	}

	@Test
	void triesAtOnceWhereAnIdleConnectionBroke() {
		AzureException broke = new OutcomeUnknownException(CALL, "no answer", true, null);
		assertThat(wait(new RetryPolicy(this.options, () -> 0), broke, 1)).isZero();
		assertThat(wait(new RetryPolicy(this.options, () -> 0), broke, 2)).hasMillis(200);
	}

	@Test
	void triesWhatIsUnsafeOnlyWhereItWasNotApplied() {
		RetryPolicy policy = new RetryPolicy(this.options, () -> 0);
		AzureException unknown = new OutcomeUnknownException(CALL, "no answer", false, null);
		AzureException notSent = new NotSentException(CALL, "no connection", null);
		assertThat(policy.nextWait(unknown, RetrySafety.NOT_APPLIED, 1, Duration.ZERO)).isNull();
		assertThat(policy.nextWait(status(500), RetrySafety.NOT_APPLIED, 1, Duration.ZERO)).isNull();
		assertThat(policy.nextWait(notSent, RetrySafety.NOT_APPLIED, 1, Duration.ZERO)).isNotNull();
		assertThat(policy.nextWait(notSent, RetrySafety.NEVER, 1, Duration.ZERO)).isNull();
	}

	@Test
	void neverRepeatsWhatTheServiceRefused() {
		RetryPolicy policy = new RetryPolicy(this.options, () -> 0);
		for (int status : new int[] { 400, 401, 403, 404, 409, 412, 413, 501, 505 }) {
			assertThat(wait(policy, status(status), 1)).as("status " + status).isNull();
		}
		for (int status : new int[] { 408, 429, 500, 502, 503, 504, 507 }) {
			assertThat(wait(policy, status(status), 1)).as("status " + status).isNotNull();
		}
	}

	private static @Nullable Duration wait(RetryPolicy policy, AzureException failure, int tries) {
		return policy.nextWait(failure, RetrySafety.ALWAYS, tries, Duration.ZERO);
	}

	private static AzureException status(int status) {
		return ErrorMapper.byStatus(CALL, new ServiceError(status, null, null, null, null));
	}

}
