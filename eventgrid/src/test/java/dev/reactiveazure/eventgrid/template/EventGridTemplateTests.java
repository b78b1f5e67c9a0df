package dev.reactiveazure.eventgrid.template;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ServiceFailureException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link EventGridTemplate}.
 */
class EventGridTemplateTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final FaultPlan faults = FaultPlan.create();

	private final AtomicInteger ids = new AtomicInteger();

	private final CloudEventFactory factory = new CloudEventFactory(MAPPER, URI.create("/shop"),
			EventTypeMapping.annotatedOrQualifiedName(), Clock.fixed(NOW, ZoneOffset.UTC),
			() -> "id" + this.ids.incrementAndGet());

	private AzureEmulator emulator;

	private EventGridNamespaceClient client;

	private EventGridTemplate template;

	record OrderPlaced(String id, BigDecimal total) {
	}

	@EventType("com.example.order.billed")
	record OrderBilled(String id) {
	}

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.faults(this.faults)
			.start();
		this.client = EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
			.build();
		this.template = new EventGridTemplate(this.client, this.factory, new PayloadConverter(MAPPER));
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
	}

	private List<CloudEvent> receive() {
		List<ReceivedEvent> events = this.client.receiver("orders", "billing")
			.receive(ReceiveOptions.defaults())
			.block(LIMIT);
		assertThat(events).isNotNull();
		return events.stream().map((event) -> ((ReceivedEvent.Valid) event).event()).toList();
	}

	private static CloudEvent event(EventData data) {
		return GridEvent.builder("e1", URI.create("/shop"), "com.example.t").data(data).build();
	}

	private static EventData json(String json) {
		return EventData.json(json.getBytes(StandardCharsets.UTF_8));
	}

	@Nested
	class Publishing {

		@Test
		@Requirement("L38")
		void publishesAnObjectAsACloudEvent() {
			EventGridTemplateTests.this.template.publish("orders", new OrderPlaced("1", new BigDecimal("12.50")))
				.block(LIMIT);
			CloudEvent event = receive().get(0);
			assertThat(event.getId()).isEqualTo("id1");
			assertThat(event.getSource()).isEqualTo(URI.create("/shop"));
			assertThat(event.getType())
				.isEqualTo("dev.reactiveazure.eventgrid.template.EventGridTemplateTests.OrderPlaced");
			assertThat(event.getTime()).isEqualTo(NOW.atOffset(ZoneOffset.UTC));
			assertThat(event.getDataContentType()).isEqualTo("application/json");
			assertThat(EventGridTemplateTests.this.template.convert(event, OrderPlaced.class))
				.isEqualTo(new OrderPlaced("1", new BigDecimal("12.50")));
		}

		@Test
		@Requirement("L38")
		void takesTheTypeFromTheAnnotation() {
			EventGridTemplateTests.this.template.publish("orders", new OrderBilled("1")).block(LIMIT);
			assertThat(receive()).extracting(CloudEvent::getType).containsExactly("com.example.order.billed");
		}

		@Test
		@Requirement("L38")
		void publishesWhatTheCallerSays() {
			EventGridTemplateTests.this.template.event(new OrderBilled("1"))
				.id("mine")
				.source(URI.create("/other"))
				.type("t")
				.subject("ada")
				.time(NOW.plusSeconds(1))
				.dataSchema(URI.create("https://example.com/schema"))
				.extension("tenant", "x")
				.publish("orders")
				.block(LIMIT);
			CloudEvent event = receive().get(0);
			assertThat(event.getId()).isEqualTo("mine");
			assertThat(event.getSource()).isEqualTo(URI.create("/other"));
			assertThat(event.getType()).isEqualTo("t");
			assertThat(event.getSubject()).isEqualTo("ada");
			assertThat(event.getTime()).isEqualTo(NOW.plusSeconds(1).atOffset(ZoneOffset.UTC));
			assertThat(event.getDataSchema()).isEqualTo(URI.create("https://example.com/schema"));
			assertThat(event.getExtension("tenant")).isEqualTo("x");
		}

		@Test
		void publishesTheSameIdWhenTheCallerSubscribesAgain() {
			EventGridTemplateTests.this.faults.when(FaultPlan.EVENT_GRID).first(2).answer(500);
			Mono<Void> publish = EventGridTemplateTests.this.template.publish("orders", new OrderBilled("1"));
			StepVerifier.create(publish).expectError(ServiceFailureException.class).verify(LIMIT);
			publish.retry(1).block(LIMIT);
			publish.block(LIMIT);
			assertThat(receive()).extracting(CloudEvent::getId).containsExactly("id1", "id1");
		}

		@Test
		void writesAnObjectAsItIsWhenSubscribedToUnderTheIdOfTheCall() {
			Map<String, Object> payload = new HashMap<>(Map.of("n", 1));
			Mono<Void> publish = EventGridTemplateTests.this.template.publish("orders", payload);
			payload.put("n", 2);
			publish.block(LIMIT);
			payload.put("n", 3);
			publish.block(LIMIT);
			assertThat(receive()).extracting(CloudEvent::getId, CloudEvent::getData)
				.containsExactlyInAnyOrder(tuple("id1", json("{\"n\":2}")), tuple("id1", json("{\"n\":3}")));
		}

		@Test
		void writesTheObjectsOfABatchWhenSubscribedToUnderTheIdsOfTheCall() {
			Map<String, Object> payload = new HashMap<>(Map.of("n", 1));
			Mono<Void> publish = EventGridTemplateTests.this.template.publishAll("orders",
					List.of(payload, new OrderBilled("1")));
			payload.put("n", 2);
			publish.block(LIMIT);
			assertThat(receive()).extracting(CloudEvent::getId, CloudEvent::getData)
				.containsExactlyInAnyOrder(tuple("id1", json("{\"n\":2}")), tuple("id2", json("{\"id\":\"1\"}")));
		}

		@Test
		void writesTheObjectOfAnEventThatIsMadeAtOnce() {
			Map<String, Object> payload = new HashMap<>(Map.of("n", 1));
			CloudEvent event = EventGridTemplateTests.this.template.event(payload).toCloudEvent();
			payload.put("n", 2);
			assertThat(event.getData()).isEqualTo(json("{\"n\":1}"));
		}

		@Test
		void triesAgainWithTheSameBytes() {
			EventGridNamespaceClient retrying = EventGridNamespaceClient.builder()
				.endpoint(EventGridTemplateTests.this.emulator.eventGridEndpoint())
				.credential(new AzureCredential.AccessKey(EventGridTemplateTests.this.emulator.eventGridKey()))
				.build();
			try (retrying) {
				EventGridTemplateTests.this.faults.when(FaultPlan.EVENT_GRID).first(1).answer(500);
				Counting payload = new Counting(new AtomicInteger());
				new EventGridTemplate(retrying, EventGridTemplateTests.this.factory, new PayloadConverter(MAPPER))
					.publish("orders", payload)
					.block(LIMIT);
				assertThat(receive()).extracting(CloudEvent::getData).containsExactly(json("{\"times\":1}"));
				assertThat(payload.written()).hasValue(1);
			}
		}

		@Test
		void givesEachCallAnIdOfItsOwn() {
			EventGridTemplateTests.this.template.publish("orders", new OrderBilled("1")).block(LIMIT);
			EventGridTemplateTests.this.template.publish("orders", new OrderBilled("1")).block(LIMIT);
			assertThat(receive()).extracting(CloudEvent::getId).containsExactlyInAnyOrder("id1", "id2");
		}

		@Test
		void publishesObjectsAndEventsInOneRequest() {
			EventGridTemplateTests.this.template.publishAll("orders", List.of(new OrderBilled("1"), event(json("7"))))
				.block(LIMIT);
			assertThat(receive()).extracting(CloudEvent::getId).containsExactlyInAnyOrder("id1", "e1");
			assertThat(EventGridTemplateTests.this.emulator.eventGrid().published("orders").requests()).isOne();
		}

		@Test
		@Requirement("L38")
		void publishesACloudEventAsItIs() {
			EventGridTemplateTests.this.template.publish("orders", (Object) event(json("7"))).block(LIMIT);
			assertThat(receive()).containsExactly(event(json("7")));
		}

		@Test
		void publishesBytesAsBytes() {
			EventGridTemplateTests.this.template.event(new byte[] { 1, 2 }).type("t").publish("orders").block(LIMIT);
			CloudEvent event = receive().get(0);
			assertThat(event.getData()).isEqualTo(EventData.bytes(new byte[] { 1, 2 }));
			assertThat(event.getDataContentType()).isNull();
		}

		@Test
		void saysWhichObjectCannotBeWritten() {
			StepVerifier.create(EventGridTemplateTests.this.template.publish("orders", new Failing()))
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(EventConversionException.class)
					.hasMessageContaining(Failing.class.getName())
					.hasMessageContaining("'id1'")
					.hasMessageNotContaining("s3cret"))
				.verify(LIMIT);
		}

		@Test
		void saysWhichObjectOfABatchCannotBeWritten() {
			Mono<Void> publish = EventGridTemplateTests.this.template.publishAll("orders",
					List.of(new OrderBilled("1"), new Failing()));
			StepVerifier.create(publish)
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(EventConversionException.class)
					.hasMessageContaining(Failing.class.getName())
					.hasMessageContaining("'id2'")
					.hasMessageNotContaining("s3cret"))
				.verify(LIMIT);
		}

		@Test
		void saysWhichObjectOfABatchIsMissing() {
			Mono<Void> publish = EventGridTemplateTests.this.template.publishAll("orders",
					Arrays.asList(new OrderBilled("1"), null));
			StepVerifier.create(publish)
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContaining("null, but do at index 1"))
				.verify(LIMIT);
		}

		@Test
		void refusesABlankTopic() {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> EventGridTemplateTests.this.template.publish(" ", new OrderBilled("1")))
				.withMessageContaining("topic");
		}

	}

	@Nested
	class Converting {

		private <T> T convert(EventData data, Class<T> target) {
			return EventGridTemplateTests.this.template.convert(event(data), target);
		}

		@Test
		void convertsToWhatTheHandlerWants() {
			assertThat(convert(json("{\"id\":\"1\"}"), OrderBilled.class)).isEqualTo(new OrderBilled("1"));
			assertThat(convert(json("12345678901234567890.10"), BigDecimal.class))
				.isEqualTo(new BigDecimal("12345678901234567890.10"));
			assertThat(convert(json("[1]"), JsonNode.class).get(0).intValue()).isOne();
			assertThat(convert(json("7"), CloudEvent.class)).isEqualTo(event(json("7")));
			assertThat(convert(json("7"), CloudEventData.class)).isEqualTo(json("7"));
			assertThat(convert(json("7"), byte[].class)).containsExactly('7');
			assertThat(EventGridTemplateTests.this.template.<Map<String, Integer>>convert(event(json("{\"a\":1}")),
					ResolvableType.forClassWithGenerics(Map.class, String.class, Integer.class)))
				.containsEntry("a", 1);
		}

		@Test
		void convertsToText() {
			assertThat(convert(json("\"{\\\"a\\\":1}\""), String.class)).isEqualTo("{\"a\":1}");
			assertThat(convert(json("{\"a\":1}"), String.class)).isEqualTo("{\"a\":1}");
			assertThat(convert(EventData.text("<ä>"), String.class)).isEqualTo("<ä>");
		}

		@Test
		void namesEventAndPlaceButNeverTheData() {
			assertThatExceptionOfType(EventConversionException.class)
				.isThrownBy(() -> convert(json("{\"id\":\"1\",\"total\":\"s3cret\"}"), OrderPlaced.class))
				.withMessageContaining("'e1'")
				.withMessageContaining("'com.example.t'")
				.withMessageContaining("OrderPlaced")
				.withMessageContaining("total")
				.satisfies((error) -> {
					assertThat(error).hasStackTraceContaining("EventConversionException");
					assertThat(error).hasMessageNotContaining("s3cret").hasNoCause();
					assertThat(error.eventId()).isEqualTo("e1");
					assertThat(error.eventType()).isEqualTo("com.example.t");
				});
		}

		@Test
		void saysThatThereIsNoData() {
			assertThatExceptionOfType(EventConversionException.class)
				.isThrownBy(() -> convert(json("null"), OrderBilled.class))
				.withMessageContaining("null");
			CloudEvent empty = GridEvent.builder("e1", URI.create("/"), "t").build();
			assertThatExceptionOfType(EventConversionException.class)
				.isThrownBy(() -> EventGridTemplateTests.this.template.convert(empty, OrderBilled.class))
				.withMessageContaining("no data");
		}

	}

	record Counting(@JsonIgnore AtomicInteger written) {

		@JsonProperty
		int times() {
			return this.written.incrementAndGet();
		}

	}

	static final class Failing {

		public String getValue() {
			throw new IllegalStateException("s3cret");
		}

	}

}
