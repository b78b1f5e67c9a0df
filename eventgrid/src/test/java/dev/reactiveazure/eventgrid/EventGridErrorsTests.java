package dev.reactiveazure.eventgrid;

import java.time.Duration;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ServiceFailureException;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventGridErrors}.
 */
class EventGridErrorsTests {

	private static AzureServiceException map(int status, @Nullable String code, @Nullable String message) {
		AttemptedCall call = new AttemptedCall("publish events", "topic 'orders'", "https://shop", 1, false);
		return EventGridErrors.map(call, new ServiceError(status, code, message, "r1", null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 410 })
	void takesBothStatusesForNotFound(int status) {
		assertThat(map(status, null, null)).isInstanceOf(NotFoundException.class)
			.hasMessageContaining("Basic topic")
			.hasMessageContaining("topic 'orders'");
	}

	@ParameterizedTest
	@CsvSource({ "Forbidden, The message is too large", "PayloadTooLarge,", "Forbidden, exceeds the size limit" })
	void recognisesASizeBehind403(String code, @Nullable String message) {
		assertThat(map(403, code, message)).isInstanceOf(TooLargeException.class).hasMessageContaining("1 MB");
	}

	@ParameterizedTest
	@CsvSource({ "QuotaExceeded,", "Forbidden, Quota exceeded for the namespace", "Forbidden, request was throttled" })
	void recognisesAQuotaBehind403(String code, @Nullable String message) {
		assertThat(map(403, code, message)).isInstanceOf(ThrottledException.class)
			.hasMessageContaining("throughput units");
	}

	@ParameterizedTest
	@CsvSource({ "AuthorizationFailed,", "Forbidden, The client has no permission", "Forbidden, Access denied",
			"Forbidden, local authentication is disabled", "Forbidden, not allowed by the network rules" })
	void recognisesAMissingPermissionBehind403(String code, @Nullable String message) {
		assertThat(map(403, code, message)).isInstanceOf(PermissionException.class)
			.hasMessageContaining("EventGrid Data Receiver");
	}

	@Test
	void wantsAnUnexplained403TriedAgainSlowly() {
		assertThat(map(403, null, null)).isInstanceOf(ThrottledException.class)
			.hasMessageContaining("does not say why")
			.hasMessageContaining("EventGrid Data Receiver");
		assertThat(map(403, "Forbidden", "no").error().retryAfter()).isEqualTo(EventGridErrors.UNKNOWN_WAIT);
	}

	@Test
	void keepsTheWaitThatTheServiceNames() {
		AttemptedCall call = new AttemptedCall("publish events", "topic 'orders'", "https://shop", 1, false);
		ServiceError error = new ServiceError(403, null, null, "r1", Duration.ofSeconds(3));
		assertThat(EventGridErrors.map(call, error).error().retryAfter()).hasSeconds(3);
	}

	@Test
	void explainsTheBasicTier() {
		assertThat(mapBasic(400, "This resource is configured for 'EventGridEvent' schema."))
			.isInstanceOf(InvalidRequestException.class)
			.hasMessageContaining("eventGridEvents()");
		assertThat(mapBasic(400, "`id` must be non-empty string")).isInstanceOf(InvalidRequestException.class)
			.hasMessageNotContaining("eventGridEvents()");
		assertThat(mapBasic(401, null)).isInstanceOf(AuthenticationException.class)
			.hasMessageContaining("'aeg-sas-key'")
			.hasMessageContaining("expired");
		assertThat(mapBasic(404, null)).isInstanceOf(NotFoundException.class).hasMessageContaining("/api/events");
		assertThat(mapBasic(403, "quota")).isInstanceOf(ThrottledException.class).hasMessageContaining("5,000");
		assertThat(mapBasic(403, "access denied")).isInstanceOf(PermissionException.class);
		assertThat(mapBasic(413, null)).isInstanceOf(TooLargeException.class).hasMessageContaining("1 MB");
		assertThat(mapBasic(429, null)).isInstanceOf(ThrottledException.class);
	}

	private static AzureServiceException mapBasic(int status, @Nullable String message) {
		AttemptedCall call = new AttemptedCall("publish events", "topic 'orders'", "https://shop", 1, false);
		return EventGridErrors.mapBasic(call, new ServiceError(status, null, message, "r1", null));
	}

	@Test
	void mapsTheOtherStatuses() {
		assertThat(map(400, "BadRequest", "`id` must be non-empty string")).isInstanceOf(InvalidRequestException.class)
			.hasMessageContaining("`id`");
		assertThat(map(401, null, null)).isInstanceOf(AuthenticationException.class).hasMessageContaining("r1");
		assertThat(map(413, null, null)).isInstanceOf(TooLargeException.class);
		assertThat(map(429, null, null)).isInstanceOf(ThrottledException.class);
		assertThat(map(503, null, null)).isInstanceOf(ThrottledException.class);
		assertThat(map(500, null, null)).isInstanceOf(ServiceFailureException.class);
	}

}
