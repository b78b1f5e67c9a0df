package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import dev.reactiveazure.emulator.AzureEmulator;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.data.BytesCloudEventData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BinaryEvent}, alone and on its way through the emulator.
 */
class BinaryEventTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static GridEvent.Builder event() {
		return GridEvent.builder("7", URI.create("/shop"), "com.example.placed");
	}

	private static Map<String, String> headers(CloudEvent event) {
		Map<String, String> headers = new LinkedHashMap<>();
		BinaryEvent.of(event).apply((name, value) -> headers.put(name.toString(), value.toString()));
		return headers;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "plain-~!|plain-~!", "a b|a%20b", "100%|100%25", "say \"hi\"|say%20%22hi%22",
			"%41|%2541", "Euro € 😀|Euro%20%E2%82%AC%20%F0%9F%98%80", "é|%C3%A9", "a,b;c=d/e?f|a,b;c=d/e?f" })
	void encodesOnlyWhatAHeaderCanNotCarry(String value, String encoded) {
		assertThat(BinaryEvent.encode(value)).isEqualTo(encoded);
	}

	@Test
	void encodesWhatWouldBeginAnotherHeader() {
		assertThat(BinaryEvent.encode("a\r\nb: c\u0000\u007f")).isEqualTo("a%0D%0Ab:%20c%00%7F");
	}

	@Test
	void makesHeadersOfAllAttributesButTheContentType() {
		GridEvent event = event().subject("order 7")
			.time(Instant.parse("2026-01-02T03:04:00Z"))
			.dataSchema(URI.create("https://example.com/schema"))
			.extension("flag", true)
			.extension("count", -5)
			.extension("bytes", new byte[] { 1, 2, 3 })
			.extension("link", URI.create("/x"))
			.extension("moment", OffsetDateTime.parse("2026-01-02T03:04:00+01:00"))
			.data("application/json", EventData.json("1".getBytes(StandardCharsets.UTF_8)))
			.build();
		assertThat(headers(event)).containsExactly(Map.entry("ce-specversion", "1.0"), Map.entry("ce-id", "7"),
				Map.entry("ce-source", "/shop"), Map.entry("ce-type", "com.example.placed"),
				Map.entry("ce-subject", "order%207"), Map.entry("ce-dataschema", "https://example.com/schema"),
				Map.entry("ce-time", "2026-01-02T03:04:00Z"), Map.entry("ce-flag", "true"), Map.entry("ce-count", "-5"),
				Map.entry("ce-bytes", "AQID"), Map.entry("ce-link", "/x"),
				Map.entry("ce-moment", "2026-01-02T02:04:00Z"));
	}

	@Test
	void sendsTheDataAsItIs() {
		RequestBody body = BinaryEvent.of(event().data("text/xml", EventData.text("<é/>")).build()).body();
		assertThat(body).isNotNull();
		assertThat(body.contentType()).isEqualTo("text/xml");
		JsonWriter out = new JsonWriter(new ByteSink());
		body.write(out);
		assertThat(out.sink().toByteArray()).isEqualTo("<é/>".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void sendsNoBodyWithoutData() {
		assertThat(BinaryEvent.of(event().build()).body()).isNull();
		assertThat(headers(event().build())).doesNotContainKey("Content-Type");
		assertThat(headers(event().data("text/plain", null).build())).containsEntry("Content-Type", "text/plain");
	}

	@Test
	void callsJsonWithoutAContentTypeJson() {
		RequestBody body = BinaryEvent.of(event().data(EventData.json("{}".getBytes(StandardCharsets.UTF_8))).build())
			.body();
		assertThat(body).isNotNull();
		assertThat(body.contentType()).isEqualTo("application/json");
	}

	@Test
	void refusesBytesWithoutAContentType() {
		refuses(event().data(EventData.bytes(new byte[] { 1 })).build(), "datacontenttype");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/cloudevents+json", "Application/CloudEvents-batch+json" })
	void refusesDataThatWouldBeTakenForStructuredMode(String contentType) {
		refuses(event().data(contentType, EventData.bytes(new byte[] { 1 })).build(), "structured mode");
	}

	@Test
	void refusesWhatTheServiceWouldRefuse() {
		refuses(event().subject("").build(), "subject");
		refuses(event().subject("a\nb").build(), "subject");
		refuses(event().data("té/xt", EventData.bytes(new byte[] { 1 })).build(), "header");
		refuses(event().data("application/json", BytesCloudEventData.wrap(new byte[] { '{' })).build(), "JSON");
		refuses(event().data("a/b", EventData.bytes(new byte[1_000_001])).build(), "1000001");
	}

	private static void refuses(CloudEvent event, String part) {
		assertThatIllegalArgumentException().isThrownBy(() -> BinaryEvent.of(event))
			.withMessageContaining("Event '7' of type 'com.example.placed'")
			.withMessageContaining(part);
	}

	@Test
	void writesDeferredDataAndNamesTheEventWhereItCanNot() {
		EventDataWriter writer = new EventDataWriter(JsonMapper.builder().build());
		JsonWriter out = new JsonWriter(new ByteSink());
		RequestBody body = BinaryEvent.of(event().data("application/json", writer.deferred(Map.of("n", 1))).build())
			.body();
		Objects.requireNonNull(body).write(out);
		assertThat(new String(out.sink().toByteArray(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":1}");
		CloudEvent broken = event().data("application/json", writer.deferred(new Broken())).build();
		assertThatExceptionOfType(UnwritableDataException.class).isThrownBy(() -> BinaryEvent.of(broken))
			.withMessageContaining("'7'")
			.withMessageContaining(Broken.class.getName());
	}

	static final class Broken {

		public String getName() {
			throw new IllegalStateException("broken");
		}

	}

	@Test
	void arrivesAtAReceiver() {
		try (AzureEmulator emulator = AzureEmulator.builder().tables(false).subscription("orders/billing").start();
				EventGridNamespaceClient client = EventGridNamespaceClient.builder()
					.endpoint(emulator.eventGridEndpoint())
					.credential(new AzureCredential.AccessKey(emulator.eventGridKey()))
					.build()) {
			EventGridPublisherClient publisher = client.publisher("orders");
			publisher
				.publishBinary(event().subject("50 % \"é\" €")
					.extension("count", 5)
					.data("application/json", EventData.json("{\"n\":1.10}".getBytes(StandardCharsets.UTF_8)))
					.build())
				.block(LIMIT);
			publisher.publishBinary(event().data("text/xml", EventData.text("<a/>")).build()).block(LIMIT);
			publisher.publishBinary(event().build()).block(LIMIT);
			StepVerifier.create(publisher.publishBinary(event().subject("").build()))
				.expectErrorSatisfies((error) -> assertThat(error).hasMessageContaining("subject"))
				.verify(LIMIT);

			List<ReceivedEvent> received = client.receiver("orders", "billing")
				.receive(new ReceiveOptions(100, Duration.ofSeconds(10)))
				.block(LIMIT);
			assertThat(received).hasSize(3).allMatch(ReceivedEvent.Valid.class::isInstance);
			CloudEvent json = ((ReceivedEvent.Valid) received.get(0)).event();
			assertThat(json.getSubject()).isEqualTo("50 % \"é\" €");
			assertThat(json.getExtension("count")).isEqualTo("5");
			assertThat(json.getData()).isEqualTo(EventData.json("{\"n\":1.10}".getBytes(StandardCharsets.UTF_8)));
			CloudEvent xml = ((ReceivedEvent.Valid) received.get(1)).event();
			assertThat(xml.getDataContentType()).isEqualTo("text/xml");
			assertThat(xml.getData()).isEqualTo(EventData.bytes("<a/>".getBytes(StandardCharsets.UTF_8)));
			assertThat(((ReceivedEvent.Valid) received.get(2)).event().getData()).isNull();
		}
	}

}
