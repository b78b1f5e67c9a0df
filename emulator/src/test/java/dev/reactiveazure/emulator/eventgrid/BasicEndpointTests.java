package dev.reactiveazure.emulator.eventgrid;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the publish endpoint of the Basic tier over real HTTP.
 */
class BasicEndpointTests {

	private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	private static final String TARGET = "/api/events?api-version=2018-01-01";

	private static final String RESOURCE = "r=https%3A%2F%2Fmytopic.westus2-1.eventgrid.azure.net%2Fapi%2Fevents";

	private static final String EVENT = "{\"id\":\"a\",\"subject\":\"\",\"data\":null,\"eventType\":\"t\","
			+ "\"eventTime\":\"2026-01-02T03:04:05Z\",\"dataVersion\":\"\"}";

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:00:00Z"));

	private Wire wire = wire(BasicSchema.ANY);

	@AfterEach
	void close() {
		this.wire.close();
	}

	private Wire wire(BasicSchema schema) {
		return new Wire(EventGridSettings.builder().accessKey(KEY).basicSchema(schema).build(), this.clock);
	}

	private void restart(BasicSchema schema) {
		this.wire.close();
		this.wire = wire(schema);
	}

	private Wire.Answer publish(String contentType, String body) {
		return this.wire.send(request(body).header("Content-Type", contentType));
	}

	private HttpRequest.Builder request(String body) {
		return this.wire.bare(TARGET, body).header("aeg-sas-key", KEY);
	}

	@Nested
	class Schemas {

		@Test
		void areToldApart() {
			assertThat(publish("application/json", "[" + EVENT + "]").status()).isEqualTo(200);
			assertThat(publish("application/json", "[{\"mine\":1},{}]").status()).isEqualTo(200);
			assertThat(publish(Wire.BATCH, "[" + Wire.event("a") + "]").status()).isEqualTo(200);
			assertThat(publish(Wire.SINGLE, Wire.event("b")).status()).isEqualTo(200);

			assertThat(BasicEndpointTests.this.wire.emulator.basicEvents()).extracting(BasicEvent::schema)
				.containsExactly(BasicSchema.EVENT_GRID, BasicSchema.CUSTOM, BasicSchema.CUSTOM,
						BasicSchema.CLOUD_EVENTS, BasicSchema.CLOUD_EVENTS);
			assertThat(BasicEndpointTests.this.wire.emulator.basicEvents().get(0))
				.isEqualTo(new BasicEvent(BasicSchema.EVENT_GRID, EVENT, null, BasicEndpointTests.this.clock.now()));
		}

		@Test
		void areNotMixedWhenTheTopicHasOne() {
			restart(BasicSchema.EVENT_GRID);
			Wire.Answer answer = publish(Wire.BATCH, "[" + Wire.event("a") + "]");

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage()).startsWith("This resource is configured for 'EventGridEvent' schema. "
					+ "Received unexpected property 'specversion' in JSON");
		}

		@Test
		void wantAnArray() {
			Wire.Answer answer = publish("application/json", EVENT);

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.errorMessage())
				.isEqualTo("Unexpected token when reading JSON. Expected: StartArray, actual: StartObject.");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "[1]", "[", "[{\"eventType\":\"t\"}]", "[{\"eventType\":\"t\",\"x\":1}]" })
		void refuseWhatDoesNotFit(String body) {
			assertThat(publish("application/json", body).status()).isEqualTo(400);
			assertThat(BasicEndpointTests.this.wire.emulator.basicEvents()).isEmpty();
		}

		@Test
		void checkCloudEvents() {
			assertThat(publish(Wire.BATCH, "[{\"id\":\"\"}]").errorMessage())
				.isEqualTo("`id` must be non-empty string");
		}

		@Test
		void keepThePartnerChannel() {
			BasicEndpointTests.this.wire.send(request("[{}]").header("aeg-channel-name", "north"));

			assertThat(BasicEndpointTests.this.wire.emulator.basicEvents()).singleElement()
				.extracting(BasicEvent::channel)
				.isEqualTo("north");
		}

	}

	@Nested
	class Access {

		@Test
		void isGrantedToTheKeyInTheQuery() {
			String query = "&aeg-sas-key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8);

			assertThat(BasicEndpointTests.this.wire.send(BasicEndpointTests.this.wire.bare(TARGET + query, "[{}]"))
				.status()).isEqualTo(200);
		}

		@ParameterizedTest
		@CsvSource({ "aeg-sas-key,wrong", "Authorization,SharedAccessKey " + KEY, "Authorization,Bearer x",
				"aeg-sas-token,nonsense", "X-Other,x" })
		void isRefusedToAnythingElse(String header, String value) {
			Wire.Answer answer = BasicEndpointTests.this.wire
				.send(BasicEndpointTests.this.wire.bare(TARGET, "[{}]").header(header, value));

			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.body()).doesNotContain(KEY);
		}

		@Test
		void needsTheApiVersionOfTheTier() {
			HttpRequest.Builder request = BasicEndpointTests.this.wire.bare("/api/events?api-version=2024-06-01", "[]")
				.header("aeg-sas-key", KEY);

			assertThat(BasicEndpointTests.this.wire.send(request).status()).isEqualTo(400);
		}

		@ParameterizedTest
		@ValueSource(strings = {
				"%3FapiVersion%3D2018-01-01&e=2026-01-02%2003%3A04%3A05%2B00%3A00&s=0twsV95pJM7h6TVZ9f%2FLoYMXMq6llpivrjTZWZrNeQw%3D",
				"%3FapiVersion%3D2018-01-01&e=2026-01-02%2003%3A04%3A05&s=UYuSGUfj9qv8qhuwWlYNE%2FgPa7jNFziOJdBcVMydH%2Fg%3D",
				"%3FapiVersion%3D2018-01-01&e=1%2F2%2F2026%203%3A04%3A05%20AM&s=9XedmgSOdSOKyAlKt05CM3CK4AKfdoV1SJlRtiauLA8%3D",
				"%3Fapi-version%3D2018-01-01&e=1%2F2%2F2026+3%3A4%3A5+AM&s=ZWEVdqHJsezwXhrV9N3RnZ4UgVPHQQ4SzA9jK6WbCLc%3D",
				"&e=2026-01-02T03%3A04%3A05Z&s=6yTtPgucORPQ0pJAYrQLjnvjIm6UZfx8rOlYkzixzVU%3D" })
		void isGrantedToEachFormOfTokenUntilItExpires(String token) {
			assertThat(withToken("aeg-sas-token", RESOURCE + token).status()).isEqualTo(200);
			assertThat(withToken("Authorization", "SharedAccessSignature " + RESOURCE + token).status()).isEqualTo(200);
			assertThat(withToken("aeg-sas-token", RESOURCE.toLowerCase(Locale.ROOT) + token).status())
				.as("another text than the signed one")
				.isEqualTo(401);
			BasicEndpointTests.this.clock.advance(Duration.ofSeconds(245));
			Wire.Answer late = withToken("aeg-sas-token", RESOURCE + token);
			assertThat(late.status()).isEqualTo(401);
			assertThat(late.errorMessage()).contains("expired");
		}

		private Wire.Answer withToken(String header, String value) {
			return BasicEndpointTests.this.wire
				.send(BasicEndpointTests.this.wire.bare(TARGET, "[{}]").header(header, value));
		}

	}

}
