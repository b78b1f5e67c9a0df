package dev.reactiveazure.eventgrid;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the codec by judges who do not know it: the CloudEvents SDK, the rules of the
 * specification, and what Azure's SDKs are known to send.
 */
class CloudEventJudgesTests {

	private static final int EVENTS = 10_000;

	private static final ObjectMapper TREES = new ObjectMapper()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

	private static final ObjectMapper DOUBLES = new ObjectMapper();

	private final EventFormat sdk = new JsonFormat();

	private static byte[] write(CloudEvent event) {
		ByteSink sink = new ByteSink();
		new EventBody(event).write(new JsonWriter(sink));
		return sink.toByteArray();
	}

	private static List<ReceivedEvent> read(String... events) {
		StringBuilder answer = new StringBuilder("{\"value\":[");
		for (int i = 0; i < events.length; i++) {
			answer.append((i > 0) ? "," : "")
				.append("{\"brokerProperties\":{\"lockToken\":\"t")
				.append(i)
				.append("\",\"deliveryCount\":1},\"event\":")
				.append(events[i])
				.append('}');
		}
		byte[] bytes = answer.append("]}").toString().getBytes(StandardCharsets.UTF_8);
		return ReceiveAnswers.read(bytes, bytes.length);
	}

	private static CloudEvent readOne(String event) {
		ReceivedEvent received = read(event).get(0);
		assertThat(received).as(event).isInstanceOf(ReceivedEvent.Valid.class);
		return ((ReceivedEvent.Valid) received).event();
	}

	@Nested
	class Sdk {

		@Test
		void readsWhatWeWrite() throws Exception {
			EventSamples samples = new EventSamples(41);
			for (int i = 0; i < EVENTS; i++) {
				GridEvent written = understood(samples.nextOfAllTypes());
				byte[] json = write(written);
				CloudEvent read = CloudEventJudgesTests.this.sdk.deserialize(json);
				requireSameAttributes(written, read);
				requireSameData(written.getData(), read.getData());
			}
		}

		@Test
		void writesWhatWeRead() throws Exception {
			EventSamples samples = new EventSamples(42);
			for (int i = 0; i < EVENTS; i++) {
				// The SDK takes no bytes as an extension.
				CloudEvent original = forSdk(understood(samples.next()));
				byte[] json = CloudEventJudgesTests.this.sdk.serialize(original);
				CloudEvent read = readOne(new String(json, StandardCharsets.UTF_8));
				requireSameAttributes(original, read);
				requireSameData(read.getData(), original.getData());
			}
		}

		/**
		 * Spare the SDK what only it does not understand: other content types of JSON
		 * than the plain one, and bytes without a content type, which it writes as if
		 * they were JSON. The specification's judge sees all of them.
		 */
		private static GridEvent understood(GridEvent event) {
			String type = event.getDataContentType();
			if (event.getData() instanceof EventData data && data.kind() == EventData.Kind.BINARY && type == null) {
				type = "application/octet-stream";
			}
			if (type != null && type.toLowerCase(Locale.ROOT).contains("json")) {
				type = "application/json";
			}
			GridEvent.Builder copy = GridEvent.builder(event.getId(), event.getSource(), event.getType())
				.subject(event.getSubject())
				.time(event.instant())
				.dataSchema(event.getDataSchema())
				.data(type, event.getData());
			event.getExtensionNames()
				.forEach((name) -> copy.extension(name, Objects.requireNonNull(event.getExtension(name))));
			return copy.build();
		}

		/**
		 * The same event made of the SDK's parts, its JSON data a tree.
		 */
		private static CloudEvent forSdk(GridEvent event) throws Exception {
			CloudEventBuilder builder = CloudEventBuilder.fromContext(event);
			if (event.getData() instanceof EventData data) {
				builder.withData(switch (data.kind()) {
					case JSON -> JsonCloudEventData.wrap(TREES.readTree(data.toBytes()));
					case TEXT -> JsonCloudEventData
						.wrap(TREES.getNodeFactory().textNode(new String(data.toBytes(), StandardCharsets.UTF_8)));
					case BINARY -> data;
				});
			}
			return builder.build();
		}

		private static void requireSameAttributes(CloudEvent expected, CloudEvent actual) {
			assertThat(actual.getId()).isEqualTo(expected.getId());
			assertThat(actual.getSource()).isEqualTo(expected.getSource());
			assertThat(actual.getType()).isEqualTo(expected.getType());
			assertThat(actual.getSubject()).isEqualTo(expected.getSubject());
			if (expected.getDataContentType() != null || expected.getData() == null) {
				// Without a type the SDK says that JSON is application/json.
				assertThat(actual.getDataContentType()).isEqualTo(expected.getDataContentType());
			}
			assertThat(actual.getDataSchema()).isEqualTo(expected.getDataSchema());
			assertThat((actual.getTime() != null) ? actual.getTime().toInstant() : null)
				.isEqualTo((expected.getTime() != null) ? expected.getTime().toInstant() : null);
			assertThat(actual.getExtensionNames()).containsExactlyInAnyOrderElementsOf(expected.getExtensionNames());
			for (String name : expected.getExtensionNames()) {
				assertThat(plain(actual.getExtension(name))).as(name).isEqualTo(plain(expected.getExtension(name)));
			}
		}

		/**
		 * What JSON leaves of a value's type.
		 */
		private static @Nullable Object plain(@Nullable Object value) {
			if (value instanceof byte[] bytes) {
				return Base64.getEncoder().encodeToString(bytes);
			}
			if (value instanceof OffsetDateTime time) {
				return time.toInstant();
			}
			if (value instanceof URI) {
				return value.toString();
			}
			return (value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT.*"))
					? OffsetDateTime.parse(text).toInstant() : value;
		}

		/**
		 * Compare data of ours with data of theirs.
		 */
		private static void requireSameData(@Nullable CloudEventData ours, @Nullable CloudEventData theirs)
				throws Exception {
			if (ours == null) {
				assertThat(theirs).isNull();
				return;
			}
			EventData data = (EventData) ours;
			if (data.kind() == EventData.Kind.JSON && isNull(data)) {
				assertThat(theirs == null || new String(theirs.toBytes(), StandardCharsets.UTF_8).equals("null"))
					.isTrue();
				return;
			}
			byte[] bytes = Objects.requireNonNull(theirs).toBytes();
			switch (data.kind()) {
				case BINARY -> assertThat(bytes).isEqualTo(data.toBytes());
				case TEXT -> assertThat(text(theirs)).isEqualTo(new String(data.toBytes(), StandardCharsets.UTF_8));
				// The SDK reads numbers as doubles.
				case JSON -> assertThat(DOUBLES.readTree(bytes)).isEqualTo(DOUBLES.readTree(data.toBytes()));
			}
		}

		private static boolean isNull(EventData data) {
			return new String(data.toBytes(), StandardCharsets.UTF_8).equals("null");
		}

		private static String text(CloudEventData data) {
			return (data instanceof JsonCloudEventData json) ? json.getNode().asText()
					: new String(data.toBytes(), StandardCharsets.UTF_8);
		}

	}

	@Nested
	class Specification {

		@Test
		void allowsWhatWeWrite() {
			EventSamples samples = new EventSamples(43);
			Set<String> kinds = new HashSet<>();
			for (int i = 0; i < EVENTS; i++) {
				GridEvent event = samples.nextOfAllTypes();
				byte[] json = write(event);
				assertThat(JsonFormatRules.brokenBy(json)).as(new String(json, StandardCharsets.UTF_8)).isEmpty();
				kinds.addAll(JsonFormatRules.kindsOf(json));
			}
			assertThat(kinds).contains("specversion:STRING", "id:STRING", "source:STRING", "type:STRING",
					"subject:STRING", "time:STRING", "datacontenttype:STRING", "dataschema:STRING", "extension:STRING",
					"extension:BOOLEAN", "extension:NUMBER", "data:OBJECT", "data:ARRAY", "data:STRING", "data:NUMBER",
					"data:BOOLEAN", "data:NULL", "data_base64:STRING");
		}

		@Test
		void isHeldByItsJudge() {
			List<String> wrong = List.of("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\"}",
					"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"time\":\"2026-01-02T03:04Z\"}",
					"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"Ext\":\"x\"}",
					"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"ext\":1.5}",
					"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"ext\":3000000000}",
					"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":1,\"data_base64\":\"\"}",
					"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"datacontenttype\":\"text/xml\",\"data\":{}}",
					"{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/\",\"type\":\"t\"}");
			assertThat(wrong).allSatisfy(
					(event) -> assertThat(JsonFormatRules.brokenBy(event.getBytes(StandardCharsets.UTF_8))).as(event)
						.isNotEmpty());
		}

	}

	/**
	 * Section 4.4 of the protocol sheet: what others put on the wire.
	 */
	@Nested
	class OtherSdks {

		private static final String START = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\"";

		@ParameterizedTest
		@CsvSource({ "2026-01-02T03:04Z, java.time without seconds", "2026-01-02T03:04:05.123456+00:00, Python",
				"2026-01-02T03:04:05.123Z, JavaScript", "2026-01-02T03:04:05.1234567+02:00, .NET",
				"2026-01-02t03:04:05.123456789z, lower case" })
		void writeTimesInTheirOwnWays(String time, String who) {
			List<ReceivedEvent> events = read(START + ",\"time\":\"" + time + "\"}", START + "}");
			assertThat(events).as(who).extracting(ReceivedEvent::lockToken).containsExactly("t0", "t1");
			assertThat(events.get(1)).isInstanceOf(ReceivedEvent.Valid.class);
		}

		@Test
		void writeNullDataWhereThereIsNone() {
			assertThat(readOne(START + ",\"data\":null}").getData()).isNotNull();
		}

		@Test
		void writeNullForAttributesThatAreAbsent() {
			CloudEvent event = readOne(START
					+ ",\"subject\":null,\"time\":null,\"dataschema\":null,\"datacontenttype\":null,\"ext\":null}");
			assertThat(event.getSubject()).isNull();
			assertThat(event.getTime()).isNull();
			assertThat(event.getExtensionNames()).isEmpty();
		}

		@Test
		void nameTheEnvelopeAsTheContentTypeOfTheData() {
			CloudEvent event = readOne(START + ",\"datacontenttype\":\"application/cloudevents+json; charset=utf-8\","
					+ "\"data\":{\"a\":1}}");
			assertThat(event.getData()).isEqualTo(EventData.json("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
		}

		@Test
		void sendObjectsUnderTypesThatAreNotJson() {
			CloudEvent event = readOne(START + ",\"datacontenttype\":\"int\",\"data\":{\"a\":1}}");
			assertThat(event.getData()).isEqualTo(EventData.json("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
		}

		@Test
		void sendJsonTextAsAStringWhichStaysOne() {
			CloudEvent event = readOne(START + ",\"data\":\"{\\\"a\\\":1}\"}");
			assertThat(event.getData()).isEqualTo(EventData.json("\"{\\\"a\\\":1}\"".getBytes(StandardCharsets.UTF_8)));
		}

		@Test
		void sendValuesThatAreFalseOrEmpty() {
			for (String value : List.of("0", "false", "\"\"", "[]", "{}")) {
				assertThat(readOne(START + ",\"data\":" + value + "}").getData())
					.isEqualTo(EventData.json(value.getBytes(StandardCharsets.UTF_8)));
			}
		}

		@Test
		void sendBothKindsOfDataWhichIsRefusedWithItsToken() {
			assertThat(read(START + ",\"data\":1,\"data_base64\":\"AA==\"}", START + "}"))
				.extracting((event) -> event.getClass().getSimpleName())
				.containsExactly("Malformed", "Valid");
		}

		@Test
		void sendIntegersAsStringsAndNumbersBeyondThirtyTwoBits() {
			CloudEvent event = readOne(START + ",\"a\":\"5\",\"b\":5,\"c\":12345678901,\"d\":1.5,\"e\":true}");
			assertThat(event.getExtension("a")).isEqualTo("5");
			assertThat(event.getExtension("b")).isEqualTo(5);
			assertThat(event.getExtension("c")).isEqualTo(12345678901L);
			assertThat(event.getExtension("d")).hasToString("1.5").isInstanceOfAny(BigDecimal.class, Number.class);
			assertThat(event.getExtension("e")).isEqualTo(true);
		}

		@Test
		void leaveOutWhatIsRequired() {
			List<String> events = new ArrayList<>();
			for (String name : List.of("specversion", "id", "source", "type")) {
				events.add((START + "}").replaceFirst("\"" + name + "\":\"[^\"]*\",?", "").replace(",}", "}"));
			}
			assertThat(read(events.toArray(String[]::new))).hasSize(4)
				.hasOnlyElementsOfType(ReceivedEvent.Malformed.class)
				.extracting(ReceivedEvent::lockToken)
				.containsExactly("t0", "t1", "t2", "t3");
		}

	}

}
