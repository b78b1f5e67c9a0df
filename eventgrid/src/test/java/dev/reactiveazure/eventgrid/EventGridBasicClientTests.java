package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.eventgrid.BasicEvent;
import dev.reactiveazure.emulator.eventgrid.BasicSchema;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.http.EmulatorHandler;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.EmulatorServer;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.emulator.http.ServerSettings;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventGridBasicClient} and its publishers against the emulator.
 */
class EventGridBasicClientTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final AzureCredential.AccessKey KEY = new AzureCredential.AccessKey(EventGridSettings.DEFAULT_KEY);

	private static final Instant TIME = Instant.parse("2026-01-02T03:04:00Z");

	private final FaultPlan faults = FaultPlan.create();

	private final Deque<EmulatorRequest> requests = new ConcurrentLinkedDeque<>();

	private EventGridEmulator service;

	private EmulatorServer server;

	private EventGridBasicClient client;

	@BeforeEach
	void start() {
		start(BasicSchema.ANY);
	}

	private void start(BasicSchema schema) {
		EmulatorClock clock = EmulatorClock.system();
		this.service = new EventGridEmulator(EventGridSettings.builder().basicSchema(schema).build(), clock);
		this.server = new EmulatorServer(ServerSettings.loopback(FaultPlan.EVENT_GRID, 0, this.faults, clock),
				new Recording(this.service, this.requests));
		this.client = client(KEY).build();
	}

	private void restart(BasicSchema schema) {
		stop();
		start(schema);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
		this.service.close();
	}

	private String endpoint() {
		return this.server.endpoint() + "/api/events";
	}

	private EventGridBasicClient.Builder client(AzureCredential credential) {
		return EventGridBasicClient.builder()
			.endpoint(endpoint())
			.credential(credential)
			.options(ClientOptions.defaults().withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1))));
	}

	private List<BasicEvent> accepted() {
		return this.service.basicEvents();
	}

	private String header(String name) {
		return String.valueOf(this.requests.getLast().header(name));
	}

	private static GridEvent cloudEvent(String id) {
		return GridEvent.builder(id, URI.create("/shop"), "com.example.placed")
			.data(EventData.json("{\"n\":1.10}".getBytes(StandardCharsets.UTF_8)))
			.build();
	}

	private static EventGridEvent gridEvent(String id) {
		return new EventGridEvent(id, "orders/7", "com.example.placed", TIME, "1.0",
				EventData.json("{\"n\":1.10}".getBytes(StandardCharsets.UTF_8)), null);
	}

	@Nested
	class Schemas {

		@Test
		void sendsCloudEventsAsABatchEvenIfItIsOne() {
			client().cloudEvents().publish(cloudEvent("1")).block(LIMIT);
			client().cloudEvents().publish(List.of(cloudEvent("2"), cloudEvent("3"))).block(LIMIT);
			assertThat(header("Content-Type")).isEqualTo("application/cloudevents-batch+json; charset=utf-8");
			assertThat(header("aeg-sas-key")).isEqualTo(KEY.key());
			assertThat(EventGridBasicClientTests.this.requests.getLast().query().get("api-version"))
				.isEqualTo("2018-01-01");
			assertThat(accepted()).hasSize(3).allMatch((event) -> event.schema() == BasicSchema.CLOUD_EVENTS);
			assertThat(accepted().get(0).event())
				.isEqualTo("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\","
						+ "\"type\":\"com.example.placed\",\"data\":{\"n\":1.10}}");
		}

		@Test
		void sendsEventGridEvents() {
			restart(BasicSchema.EVENT_GRID);
			client().eventGridEvents().publish(gridEvent("1")).block(LIMIT);
			client().eventGridEvents().publish(List.of(gridEvent("2").withTopic("north"))).block(LIMIT);
			assertThat(header("Content-Type")).isEqualTo("application/json; charset=utf-8");
			assertThat(accepted()).extracting(BasicEvent::event)
				.containsExactly("{\"id\":\"1\",\"subject\":\"orders/7\",\"eventType\":\"com.example.placed\","
						+ "\"eventTime\":\"2026-01-02T03:04:00Z\",\"dataVersion\":\"1.0\",\"data\":{\"n\":1.10}}",
						"{\"id\":\"2\",\"topic\":\"north\",\"subject\":\"orders/7\","
								+ "\"eventType\":\"com.example.placed\",\"eventTime\":\"2026-01-02T03:04:00Z\","
								+ "\"dataVersion\":\"1.0\",\"data\":{\"n\":1.10}}");
		}

		@Test
		void sendsCustomEventsOfAllSorts() {
			restart(BasicSchema.CUSTOM);
			client().customEvents()
				.publish(List.of(new Order("7", 2), Map.of("id", "8"),
						EventData.json(" {\"raw\": 1.0}".getBytes(StandardCharsets.UTF_8))))
				.block(LIMIT);
			client().customEvents().publish(new Order("9", 1)).block(LIMIT);
			assertThat(accepted()).extracting(BasicEvent::event)
				.containsExactly("{\"id\":\"7\",\"count\":2}", "{\"id\":\"8\"}", "{\"raw\": 1.0}",
						"{\"id\":\"9\",\"count\":1}");
		}

		@Test
		void writesCustomEventsWithTheMapperThatWasGiven() {
			restart(BasicSchema.CUSTOM);
			JsonMapper mapper = JsonMapper.builder()
				.propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.UPPER_CAMEL_CASE)
				.build();
			try (EventGridBasicClient other = EventGridBasicClientTests.this.client(KEY).jsonMapper(mapper).build()) {
				other.customEvents().publish(new Order("7", 2)).block(LIMIT);
			}
			assertThat(accepted()).singleElement()
				.extracting(BasicEvent::event)
				.isEqualTo("{\"Id\":\"7\",\"Count\":2}");
		}

		@Test
		void explainsThatATopicTakesOneSchema() {
			restart(BasicSchema.EVENT_GRID);
			StepVerifier.create(client().cloudEvents().publish(cloudEvent("1")))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidRequestException.class)
					.hasMessageContaining("'EventGridEvent' schema")
					.hasMessageContaining("eventGridEvents()"))
				.verify(LIMIT);
		}

		@Test
		void sendsChannelAndContentType() {
			PublishOptions options = PublishOptions.none()
				.withChannel("north")
				.withContentType("application/cloudevents-batch+json");
			client().cloudEvents(options).publish(cloudEvent("1")).block(LIMIT);
			assertThat(header("Content-Type")).isEqualTo("application/cloudevents-batch+json");
			client().eventGridEvents(options.withContentType(null)).publish(gridEvent("1")).block(LIMIT);
			client().customEvents(options.withContentType(null)).publish(Map.of()).block(LIMIT);
			assertThat(accepted()).hasSize(3).allMatch((event) -> "north".equals(event.channel()));
		}

		@Test
		void publishesStreamsInEachSchema() {
			EventGridEvent large = new EventGridEvent("big", "s", "t", TIME, "1", EventData.text("x".repeat(1_000_000)),
					null);
			Map<Boolean, List<String>> ids = client().eventGridEvents()
				.publishAll(Flux.just(gridEvent("1"), large, gridEvent("3")))
				.collect(Collectors.partitioningBy(PublishResult::isPublished,
						Collectors.mapping((result) -> String.valueOf(result.eventId()), Collectors.toList())))
				.block(LIMIT);
			assertThat(ids).containsEntry(true, List.of("1", "3")).containsEntry(false, List.of("big"));
			client().customEvents().publishAll(Flux.range(0, 10).map((i) -> Map.of("n", i))).blockLast(LIMIT);
			client().cloudEvents().publishAll(Flux.just(cloudEvent("7"))).blockLast(LIMIT);
			assertThat(accepted()).hasSize(13);
		}

		@Test
		void refusesOptionsThatNoHeaderCanCarry() {
			assertThatIllegalArgumentException().isThrownBy(() -> PublishOptions.none().withChannel(" "))
				.withMessageContaining("channel");
			assertThatIllegalArgumentException().isThrownBy(() -> PublishOptions.none().withChannel("a\r\nb: c"))
				.withMessageContaining("channel");
			assertThatIllegalArgumentException().isThrownBy(() -> PublishOptions.none().withContentType("é"))
				.withMessageContaining("contentType");
		}

	}

	@Nested
	class Checks {

		@Test
		void takesFiveThousandEventsAndNoMore() {
			client().customEvents().publish(List.of()).block(LIMIT);
			assertThat(EventGridBasicClientTests.this.requests).as("no events, no request").isEmpty();
			client().customEvents().publish(Collections.nCopies(5_000, Map.of())).block(LIMIT);
			assertThat(accepted()).hasSizeGreaterThanOrEqualTo(1_000);
			EventGridBasicClientTests.this.requests.clear();
			refuses(client().customEvents().publish(Collections.nCopies(5_001, Map.of())), "5000", "5001");
		}

		@Test
		void namesTheEventThatIsTooLarge() {
			EventGridEvent large = new EventGridEvent("big", "s", "t", TIME, "1", EventData.text("x".repeat(1_000_000)),
					null);
			refuses(client().eventGridEvents().publish(List.of(gridEvent("1"), large)), "'big'", "1000000");
			refuses(client().customEvents().publish(List.of(Map.of(), Map.of("x", "y".repeat(1_000_000)))), "index 1",
					"1000000");
		}

		@Test
		void saysThatTheRequestIsTooLarge() {
			Map<String, String> half = Map.of("x", "y".repeat(600_000));
			refuses(client().customEvents().publish(List.of(half, half)), "first 2 of 2");
		}

		@Test
		void namesTheCustomEventThatIsNoObject() {
			refuses(client().customEvents().publish(List.of(Map.of(), "text")), "index 1", "String", "JSON object");
			refuses(client().customEvents().publish(EventData.bytes(new byte[] { '{' })), "JSON object");
			refuses(client().customEvents().publish(new Broken()), "index 0", "Broken");
		}

		@Test
		void refusesEventsWithASchemaOfTheirOwnAsCustomOnes() {
			refuses(client().customEvents().publish(cloudEvent("1")), "cloudEvents()");
			refuses(client().customEvents().publish(gridEvent("1")), "eventGridEvents()");
		}

		@Test
		void refusesAnEventGridEventThatTheServiceWouldRefuse() {
			EventData data = EventData.text("d");
			assertThatIllegalArgumentException().isThrownBy(() -> EventGridEvent.of("s", "", "1", data))
				.withMessageContaining("type");
			assertThatIllegalArgumentException().isThrownBy(() -> EventGridEvent.of("s", "t", "1", data).withId(""))
				.withMessageContaining("id");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> EventGridEvent.of("s", "t", "1", EventData.bytes(new byte[1])).withId("7"))
				.withMessageContaining("bytes");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> gridEvent("7").withEventTime(Instant.parse("+10000-01-01T00:00:00Z")))
				.withMessageContaining("'7'");
			assertThat(EventGridEvent.of("s", "t", "1", data).id()).isNotEmpty();
			assertThat(gridEvent("7"))
				.hasToString("EventGridEvent[id=7, eventType=com.example.placed, subject=orders/7]");
		}

		private void refuses(Mono<Void> publish, String... parts) {
			EventGridBasicClientTests.this.requests.clear();
			StepVerifier.create(publish)
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContainingAll(parts))
				.verify(LIMIT);
			assertThat(EventGridBasicClientTests.this.requests).as("sent").isEmpty();
		}

	}

	@Nested
	class Credentials {

		@ParameterizedTest
		@EnumSource(EventGridSas.Form.class)
		void publishesWithATokenUntilItExpires(EventGridSas.Form form) {
			AzureCredential.Sas good = EventGridSas.generate(endpoint(), KEY, Instant.now().plusSeconds(60), form);
			AzureCredential.Sas expired = EventGridSas.generate(endpoint(), KEY, Instant.now().minusSeconds(60), form);
			try (EventGridBasicClient now = EventGridBasicClientTests.this.client(good).build();
					EventGridBasicClient late = EventGridBasicClientTests.this.client(expired).build()) {
				now.cloudEvents().publish(cloudEvent("1")).block(LIMIT);
				assertThat(header("aeg-sas-token")).isEqualTo(good.token());
				StepVerifier.create(late.cloudEvents().publish(cloudEvent("1")))
					.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(AuthenticationException.class)
						.hasMessageContaining("expired")
						.hasMessageNotContaining(expired.token()))
					.verify(LIMIT);
			}
			assertThat(accepted()).hasSize(1);
		}

		@Test
		void tellsAWrongKeyFromTheWrongTier() {
			try (EventGridBasicClient other = EventGridBasicClientTests.this
				.client(new AzureCredential.AccessKey("bad"))
				.build()) {
				StepVerifier.create(other.cloudEvents().publish(cloudEvent("1")))
					.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(AuthenticationException.class)
						.hasMessageContaining("'aeg-sas-key'")
						.hasMessageContaining("EventGridNamespaceClient")
						.hasMessageNotContaining("bad"))
					.verify(LIMIT);
			}
		}

		@Test
		void refusesATokenOverPlainHttp() {
			EventGridBasicClient.Builder builder = EventGridBasicClientTests.this
				.client(new AzureCredential.Token((scope) -> Mono.never()));
			assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("http");
		}

	}

	@Nested
	class Failures {

		@Test
		void keepsTheIdsInARetry() {
			EventGridBasicClientTests.this.faults.when(FaultPlan.EVENT_GRID).nth(1).dropAfter();
			client().eventGridEvents().publish(EventGridEvent.of("s", "t", "1", EventData.text("d"))).block(LIMIT);
			assertThat(accepted()).hasSize(2);
			assertThat(accepted().get(0).event()).isEqualTo(accepted().get(1).event());
		}

		@Test
		void saysWhereItLookedForTheTopic() {
			EventGridBasicClientTests.this.faults.when(FaultPlan.EVENT_GRID).nth(1).answer(404);
			StepVerifier.create(client().cloudEvents().publish(cloudEvent("1")))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotFoundException.class)
					.hasMessageContaining(endpoint())
					.hasMessageContaining("complete URL"))
				.verify(LIMIT);
		}

		@Test
		void sendsToThePathOfTheEndpoint() {
			try (EventGridBasicClient other = EventGridBasicClientTests.this.client(KEY)
				.endpoint(EventGridBasicClientTests.this.server.endpoint() + "/other/events")
				.build()) {
				StepVerifier.create(other.cloudEvents().publish(cloudEvent("1")))
					.expectError(AuthenticationException.class)
					.verify(LIMIT);
			}
			assertThat(EventGridBasicClientTests.this.requests.getLast().rawPath()).isEqualTo("/other/events");
		}

		@Test
		void wantsAnUnexplained403TriedAgainSlowly() {
			EventGridBasicClientTests.this.faults.when(FaultPlan.EVENT_GRID).first(10).answer(403);
			try (EventGridBasicClient once = EventGridBasicClientTests.this.client(KEY)
				.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
				.build()) {
				StepVerifier.create(once.cloudEvents().publish(cloudEvent("1")))
					.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(ThrottledException.class,
							(refused) -> assertThat(refused.error().retryAfter())
								.isEqualTo(EventGridErrors.UNKNOWN_WAIT)))
					.verify(LIMIT);
			}
		}

		@Test
		void refusesCallsWhenItIsClosed() {
			client().close();
			client().close();
			StepVerifier.create(client().cloudEvents().publish(cloudEvent("1")))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotSentException.class)
					.hasMessageContaining("closed"))
				.verify(LIMIT);
		}

		@Test
		void isObservedLikeAnyPublish() {
			TestObservationRegistry observations = TestObservationRegistry.create();
			try (EventGridBasicClient observed = EventGridBasicClientTests.this.client(KEY)
				.observationRegistry(observations)
				.build()) {
				observed.eventGridEvents().publish(gridEvent("1")).block(LIMIT);
			}
			TestObservationRegistryAssert.assertThat(observations)
				.hasObservationWithNameEqualTo("azure.eventgrid.publish")
				.that()
				.hasLowCardinalityKeyValue("messaging.destination.name", "127.0.0.1")
				.hasLowCardinalityKeyValue("http.response.status_code", "200");
		}

	}

	private EventGridBasicClient client() {
		return this.client;
	}

	record Order(String id, int count) {
	}

	static final class Broken {

		public String getValue() {
			throw new IllegalStateException("no value");
		}

	}

	/**
	 * Remembers the last request on its way to the service.
	 */
	private record Recording(EventGridEmulator service, Deque<EmulatorRequest> requests) implements EmulatorHandler {

		@Override
		public Mono<EmulatorResponse> handle(EmulatorRequest request) {
			this.requests.add(request);
			return this.service.handle(request);
		}

		@Override
		public EmulatorResponse bodyTooLarge(EmulatorRequest request) {
			return this.service.bodyTooLarge(request);
		}

	}

}
