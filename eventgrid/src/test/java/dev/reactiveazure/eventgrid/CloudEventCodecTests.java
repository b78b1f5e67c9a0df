package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CloudEventWriter} and {@link CloudEventReader}.
 */
class CloudEventCodecTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	@Test
	void readsWhatItWritesForEventsOfAllKinds() {
		EventSamples samples = new EventSamples(42);
		for (int round = 0; round < 200; round++) {
			List<CloudEvent> events = new ArrayList<>();
			for (int i = 0; i < 25; i++) {
				events.add(samples.next());
			}
			assertThat(written(events)).hasSameSizeAs(events);
			assertThat(receive(events)).containsExactlyElementsOf(events);
		}
	}

	private static JsonNode written(List<CloudEvent> events) {
		JsonWriter writer = new JsonWriter(new ByteSink());
		new EventBatchBody<>(new CloudEventSchema(), events).write(writer);
		return MAPPER.readTree(writer.sink().toByteArray());
	}

	private static List<CloudEvent> receive(List<CloudEvent> events) {
		List<String> deliveries = events.stream()
			.map((event) -> "{\"event\": " + text(event) + " , \"brokerProperties\":{\"lockToken\":\"t\"} }\n")
			.toList();
		return ReceiveAnswersTests.read("{ \"value\" : [" + String.join(" , ", deliveries) + "]}")
			.stream()
			.map((received) -> ((ReceivedEvent.Valid) received).event())
			.toList();
	}

	private static JsonNode written(CloudEvent event) {
		JsonWriter writer = new JsonWriter(new ByteSink());
		new EventBody(event).write(writer);
		return MAPPER.readTree(writer.sink().toByteArray());
	}

	private static String text(CloudEvent event) {
		JsonWriter writer = new JsonWriter(new ByteSink());
		new EventBody(event).write(writer);
		return new String(writer.sink().toByteArray(), StandardCharsets.UTF_8);
	}

	private static GridEvent.Builder event() {
		return GridEvent.builder("1", URI.create("/shop"), "com.example.placed");
	}

	static CloudEvent read(String json) {
		ReceivedEvent received = ReceiveAnswersTests.readOne(json);
		assertThat(received).isInstanceOf(ReceivedEvent.Valid.class);
		return ((ReceivedEvent.Valid) received).event();
	}

	static String problem(String json) {
		ReceivedEvent received = ReceiveAnswersTests.readOne(json);
		assertThat(received).isInstanceOf(ReceivedEvent.Malformed.class);
		ReceivedEvent.Malformed malformed = (ReceivedEvent.Malformed) received;
		assertThat(malformed.json()).isEqualTo(json);
		assertThat(malformed.lockToken()).isEqualTo("t");
		return malformed.reason();
	}

	static CloudEvent readWith(String members) {
		return read(json(members));
	}

	static String problemWith(String members) {
		return problem(json(members));
	}

	private static String json(String members) {
		return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"t\"" + members + "}";
	}

	private static String data(CloudEvent event) {
		CloudEventData data = event.getData();
		assertThat(data).isNotNull();
		return new String(data.toBytes(), StandardCharsets.UTF_8);
	}

	@Nested
	class Writing {

		@Test
		void writesTheRequiredAttributesAndNothingElse() {
			assertThat(text(event().build())).isEqualTo(
					"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"com.example.placed\"}");
		}

		@ParameterizedTest
		@CsvSource({ "2026-01-02T03:04:00Z, 2026-01-02T03:04:00Z", "2026-01-02T03:04:05.5Z, 2026-01-02T03:04:05.5Z",
				"2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456789Z",
				"2026-01-02T03:04:05.1234567Z, 2026-01-02T03:04:05.1234567Z" })
		void writesTimesAlwaysWithSecondsAndInUtc(String time, String expected) {
			assertThat(written(event().time(Instant.parse(time)).build()).path("time").asString()).isEqualTo(expected);
		}

		@Test
		void writesTheTimeOfAnotherOffsetInUtc() {
			CloudEvent event = CloudEventBuilder.v1(event().build())
				.withTime(OffsetDateTime.parse("2026-01-02T03:04+02:00"))
				.build();
			assertThat(written(event).path("time").asString()).isEqualTo("2026-01-02T01:04:00Z");
		}

		@Test
		void keepsBooleanAndIntegerExtensions() {
			JsonNode json = written(event().extension("flag", true).extension("count", -7).build());
			assertThat(json.path("flag").isBoolean()).isTrue();
			assertThat(json.path("count").isInt()).isTrue();
		}

		@Test
		void writesUriTimeAndBytesExtensionsAsStrings() {
			JsonNode json = written(event().extension("uri", URI.create("/a"))
				.extension("at", OffsetDateTime.parse("2026-01-02T03:04Z"))
				.extension("bin", new byte[] { 1, 2 })
				.build());
			assertThat(json.path("uri").asString()).isEqualTo("/a");
			assertThat(json.path("at").asString()).isEqualTo("2026-01-02T03:04:00Z");
			assertThat(json.path("bin").asString()).isEqualTo("AQI=");
		}

		@Test
		void leavesAStringOfJsonAString() {
			byte[] json = "\"{\\\"a\\\":1}\"".getBytes(StandardCharsets.UTF_8);
			assertThat(written(event().data("application/json", EventData.json(json)).build()).path("data").asString())
				.isEqualTo("{\"a\":1}");
		}

		@Test
		void writesExplicitNullAndNoDataDifferently() {
			assertThat(written(event().data(EventData.NULL).build()).has("data")).isTrue();
			assertThat(written(event().build()).has("data")).isFalse();
		}

		@Test
		void writesBytesWithoutContentTypeAsBase64AndNoContentType() {
			JsonNode json = written(event().data(EventData.bytes("{}".getBytes(StandardCharsets.UTF_8))).build());
			assertThat(json.path("data_base64").asString()).isEqualTo("e30=");
			assertThat(json.has("datacontenttype")).isFalse();
			assertThat(json.has("data")).isFalse();
		}

		@Test
		void writesTheSdksJsonBytesAsJson() {
			CloudEvent event = CloudEventBuilder.v1(event().build())
				.withData("application/json", "{\"n\":1.10}".getBytes(StandardCharsets.UTF_8))
				.build();
			assertThat(text(event)).endsWith("\"data\":{\"n\":1.10}}");
		}

		@ParameterizedTest
		@ValueSource(strings = { "{", "", "1,\"x\":2", "1 2", "nul" })
		void refusesTheSdksJsonBytesThatAreNoJson(String data) {
			CloudEvent event = CloudEventBuilder.v1(event().build())
				.withData("application/json", data.getBytes(StandardCharsets.UTF_8))
				.build();
			assertThatIllegalArgumentException().isThrownBy(() -> text(event))
				.withMessageStartingWith("Event '1' of type 'com.example.placed': The data is");
		}

		@ParameterizedTest
		@ValueSource(strings = { "data", "data_base64", "id", "time", "Upper", "a-b", "ü", "", "٣" })
		void refusesNamesThatExtensionsCannotHave(String name) {
			assertThatIllegalArgumentException().isThrownBy(() -> event().extension(name, "x"))
				.withMessageContaining("The extension '" + name + "'");
		}

		@Test
		void acceptsExtensionNamesThatAreLongOrOnlyDigits() {
			JsonNode json = written(event().extension("abcdefghijklmnopqrstuvwxyz", "x").extension("1", "y").build());
			assertThat(json.path("abcdefghijklmnopqrstuvwxyz").asString()).isEqualTo("x");
			assertThat(json.path("1").asString()).isEqualTo("y");
		}

		@Test
		void refusesExtensionValuesThatCloudEventsDoNotKnow() {
			assertThatIllegalArgumentException().isThrownBy(() -> event().extension("x", Map.of()))
				.withMessageContaining("'x'");
			assertThatIllegalArgumentException().isThrownBy(() -> event().extension("x", 1.5))
				.withMessageContaining("1.5");
			assertThatIllegalArgumentException().isThrownBy(() -> event().extension("x", 5_000_000_000L))
				.withMessageContaining("give it as a string");
		}

		@Test
		void refusesControlCharactersAndHalfSurrogatePairs() {
			assertThatIllegalArgumentException().isThrownBy(() -> text(event().subject("a\nb").build()))
				.withMessageContaining("'subject'")
				.withMessageContaining("Event '1'");
			assertThatIllegalArgumentException().isThrownBy(() -> text(event().subject("a\uD83D").build()))
				.withMessageContaining("'subject'");
			assertThat(written(event().subject("😀").build()).path("subject").asString()).isEqualTo("😀");
		}

		@Test
		void refusesAnEmptySubject() {
			assertThatIllegalArgumentException().isThrownBy(() -> text(event().subject("").build()))
				.withMessageContaining("'subject'");
		}

		@Test
		void refusesAnotherSpecificationVersion() {
			CloudEvent event = CloudEventBuilder.v03().withId("1").withSource(URI.create("/s")).withType("t").build();
			assertThatIllegalArgumentException().isThrownBy(() -> text(event)).withMessageContaining("1.0");
		}

	}

	@Nested
	class Reading {

		@ParameterizedTest
		@CsvSource({ "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z", "2026-01-02t03:04:05z, 2026-01-02T03:04:05Z",
				"2026-01-02T03:04:05.1Z, 2026-01-02T03:04:05.1Z",
				"2026-01-02T03:04:05.035019068+00:00, 2026-01-02T03:04:05.035019068Z",
				"2026-01-02T03:04:05-08:00, 2026-01-02T11:04:05Z",
				"2026-01-02T03:04:05.4589254+05:30, 2026-01-01T21:34:05.4589254Z" })
		void readsTimesWithAnyFractionAndOffset(String time, Instant expected) {
			OffsetDateTime read = readWith(",\"time\":\"" + time + "\"").getTime();
			assertThat(read).isNotNull();
			assertThat(read.toInstant()).isEqualTo(expected);
		}

		@Test
		void keepsTheTypesOfExtensions() {
			CloudEvent event = readWith(",\"b\":true,\"i\":5,\"s\":\"5\",\"big\":5000000000,\"none\":null");
			assertThat(event.getExtension("b")).isEqualTo(true);
			assertThat(event.getExtension("i")).isEqualTo(5);
			assertThat(event.getExtension("s")).isEqualTo("5");
			assertThat(event.getExtension("big")).isEqualTo(5_000_000_000L);
			assertThat(event.getExtensionNames()).containsExactly("b", "i", "s", "big");
		}

		@ParameterizedTest
		@ValueSource(strings = { "{\"a\" : [1, {}]}", "[]", "\"text \\u00e4 \\\" \"", "\"\"", "0", "-1.50", "1e400",
				"123456789012345678901234567890.10", "true", "false", "null", "{}" })
		void cutsJsonDataOutAsItStands(String data) {
			assertThat(data(readWith(",\"data\": " + data + " "))).isEqualTo(data);
			assertThat(data(readWith(",\"data\":" + data + ",\"subject\":\"s\""))).isEqualTo(data);
		}

		@Test
		void tellsNullDataFromNone() {
			assertThat(readWith(",\"data\":null").getData()).isEqualTo(EventData.NULL);
			assertThat(readWith("").getData()).isNull();
			assertThat(readWith(",\"data_base64\":null").getData()).isNull();
		}

		@Test
		void readsBase64AsBytesEvenIfTheyLookLikeJson() {
			EventData data = (EventData) readWith(",\"data_base64\":\"e30=\"").getData();
			assertThat(data).isEqualTo(EventData.bytes("{}".getBytes(StandardCharsets.UTF_8)));
		}

		@Test
		void readsAStringUnderAnotherContentTypeAsText() {
			CloudEvent event = readWith(",\"data\":\"<a>\\u00e4\\/</a>\",\"datacontenttype\":\"text/xml\"");
			assertThat(event.getData()).isEqualTo(EventData.text("<a>ä/</a>"));
		}

		@Test
		void keepsAnObjectUnderAnotherContentTypeAsJson() {
			EventData data = (EventData) readWith(",\"datacontenttype\":\"int\",\"data\":{\"a\":1}").getData();
			assertThat(data).isEqualTo(EventData.json("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
		}

		@Test
		void readsASourceThatIsNoUriAsOneThatIs() {
			CloudEvent event = read("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"my shop\",\"type\":\"t\"}");
			assertThat(event.getSource()).isEqualTo(URI.create("my%20shop"));
		}

		@Test
		void givesItsAttributesByName() {
			CloudEvent event = readWith(",\"subject\":\"s\",\"dataschema\":\"https://a/b\"");
			assertThat(event.getAttribute("subject")).isEqualTo("s");
			assertThat(event.getAttribute("dataschema")).isEqualTo(URI.create("https://a/b"));
			assertThat(event.getAttributeNames()).contains("id", "source", "type", "specversion");
			assertThatIllegalArgumentException().isThrownBy(() -> event.getAttribute("colour"));
		}

		@Test
		void showsNoData() {
			assertThat(readWith(",\"data\":\"secret\"").toString()).doesNotContain("secret");
			assertThat(readWith(",\"data\":\"secret\"").getData()).asString().doesNotContain("secret");
		}

	}

	@Nested
	class Malformed {

		@Test
		void namesTheAttributeThatIsMissing() {
			assertThat(problem("{\"specversion\":\"1.0\",\"source\":\"/\",\"type\":\"t\"}")).contains("'id'");
			assertThat(problem("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\"}")).contains("'source'");
			assertThat(problem("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":null,\"type\":\"t\"}"))
				.contains("'source'");
			assertThat(problem("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"\"}"))
				.contains("'type'");
			assertThat(problem("{\"id\":\"1\",\"source\":\"/\",\"type\":\"t\"}")).contains("'specversion'");
		}

		@Test
		void recognisesTheEventGridSchema() {
			assertThat(problem("{\"id\":\"1\",\"eventType\":\"t\",\"subject\":\"s\",\"dataVersion\":\"1\"}"))
				.contains("Event Grid schema");
		}

		@Test
		void refusesAnotherVersion() {
			assertThat(problem("{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\"}"))
				.contains("'specversion'");
		}

		@Test
		void refusesMembersThatAreThereTwice() {
			assertThat(problemWith(",\"id\":\"2\"")).contains("'id' is there twice");
			assertThat(problemWith(",\"x\":\"2\",\"x\":3")).contains("'x' is there twice");
			assertThat(problemWith(",\"data\":1,\"data\":1")).contains("'data'");
			assertThat(problemWith(",\"data\":1,\"data_base64\":\"e30=\"")).contains("'data_base64'");
			assertThat(problemWith(",\"data_base64\":\"e30=\",\"data\":{}")).contains("'data_base64'");
		}

		@Test
		void refusesValuesThatAreNoAttributes() {
			assertThat(problemWith(",\"subject\":5")).contains("'subject'");
			assertThat(problemWith(",\"time\":\"yesterday\"")).contains("'time'");
			assertThat(problemWith(",\"x\":{\"a\":[1]}")).contains("'x'");
			assertThat(problemWith(",\"x\":" + "1".repeat(1_000_000))).contains("'x'");
			assertThat(problemWith(",\"x\":1e1000000000")).contains("'x'");
			assertThat(problemWith(",\"data_base64\":\"#\"")).contains("'data_base64'");
			assertThat(problemWith(",\"data_base64\":{}")).contains("'data_base64'");
		}

		@Test
		void doesNotRepeatTheData() {
			assertThat(problemWith(",\"data\":\"secret\",\"data\":\"secret\"")).doesNotContain("secret");
		}

		@ParameterizedTest
		@ValueSource(strings = { "null", "5", "\"x\"", "[1,{\"id\":2}]", "true" })
		void refusesWhatIsNoObject(String event) {
			assertThat(problem(event)).contains("not a JSON object");
		}

	}

}
