package dev.reactiveazure.eventgrid;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.credential.AzureSasCredential;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.models.CloudEvent;
import com.azure.core.models.CloudEventDataFormat;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.messaging.eventgrid.EventGridPublisherClient;
import com.azure.messaging.eventgrid.EventGridPublisherClientBuilder;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.BasicEvent;
import dev.reactiveazure.emulator.eventgrid.BasicSchema;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Microsoft's own client as the judge: it publishes to the emulator over HTTPS, its
 * tokens serve our client, and ours serve it.
 */
class MicrosoftPublisherTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private AzureEmulator emulator;

	private HttpClient http;

	private String endpoint;

	@BeforeEach
	void start() throws Exception {
		this.emulator = AzureEmulator.builder().tables(false).https(true).start();
		SslContext trust = SslContextBuilder.forClient().trustManager(this.emulator.certificate()).build();
		this.http = HttpClient.create().secure((spec) -> spec.sslContext(trust));
		this.endpoint = this.emulator.eventGridEndpoint() + "/api/events";
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	private EventGridPublisherClientBuilder microsoft() {
		return new EventGridPublisherClientBuilder().endpoint(this.endpoint)
			.httpClient(new NettyAsyncHttpClientBuilder(this.http).build());
	}

	private AzureKeyCredential key() {
		return new AzureKeyCredential(this.emulator.eventGridKey());
	}

	private EventGridBasicClient ours(AzureCredential credential) {
		return EventGridBasicClient.builder()
			.endpoint(this.endpoint)
			.credential(credential)
			.connector(new org.springframework.http.client.reactive.ReactorClientHttpConnector(this.http))
			.build();
	}

	private JsonNode accepted(BasicSchema schema) {
		List<BasicEvent> events = this.emulator.eventGrid().basicEvents();
		assertThat(events).singleElement().extracting(BasicEvent::schema).isEqualTo(schema);
		return MAPPER.readTree(events.get(0).event());
	}

	@Test
	void publishesCloudEvents() {
		microsoft().credential(key())
			.buildCloudEventPublisherClient()
			.sendEventsWithResponse(
					List.of(new CloudEvent("/shop", "placed", BinaryData.fromObject(Map.of("n", 1)),
							CloudEventDataFormat.JSON, "application/json")
						.addExtensionAttribute("count", 5)),
					"north", Context.NONE);
		JsonNode event = accepted(BasicSchema.CLOUD_EVENTS);
		assertThat(event.get("source").asString()).isEqualTo("/shop");
		assertThat(event.get("data").get("n").asInt()).isEqualTo(1);
		assertThat(this.emulator.eventGrid().basicEvents().get(0).channel()).isEqualTo("north");
	}

	@Test
	void publishesEventGridEvents() {
		microsoft().credential(key())
			.buildEventGridEventPublisherClient()
			.sendEvent(new com.azure.messaging.eventgrid.EventGridEvent("orders/7", "placed",
					BinaryData.fromObject(Map.of("n", 1)), "1.0"));
		JsonNode event = accepted(BasicSchema.EVENT_GRID);
		assertThat(event.get("subject").asString()).isEqualTo("orders/7");
		assertThat(event.get("data").get("n").asInt()).isEqualTo(1);
	}

	@Test
	void publishesCustomObjects() {
		microsoft().credential(key())
			.buildCustomEventPublisherClient()
			.sendEvent(BinaryData.fromObject(Map.of("mine", true)));
		assertThat(accepted(BasicSchema.CUSTOM).get("mine").asBoolean()).isTrue();
	}

	@Test
	void readsTheEventGridEventsThatWeWrite() {
		try (EventGridBasicClient client = ours(new AzureCredential.AccessKey(this.emulator.eventGridKey()))) {
			client.eventGridEvents()
				.publish(EventGridEvent.of("orders/7", "placed", "1.0", EventData.json(MAPPER, Map.of("n", 1))))
				.block(LIMIT);
		}
		String written = this.emulator.eventGrid().basicEvents().get(0).event();
		assertThat(com.azure.messaging.eventgrid.EventGridEvent.fromString(written)).singleElement()
			.satisfies((event) -> {
				assertThat(event.getSubject()).isEqualTo("orders/7");
				assertThat(event.getEventType()).isEqualTo("placed");
				assertThat(event.getData()).hasToString("{\"n\":1}");
			});
	}

	@Test
	void makesTokensThatTheEmulatorTakesFromBothClients() {
		String token = EventGridPublisherClient.generateSas(this.endpoint, key(), inAnHour());
		microsoft().credential(new AzureSasCredential(token))
			.buildCustomEventPublisherClient()
			.sendEvent(BinaryData.fromObject(Map.of("from", "microsoft")));
		try (EventGridBasicClient client = ours(new AzureCredential.Sas(token))) {
			client.customEvents().publish(Map.of("from", "us")).block(LIMIT);
		}
		assertThat(this.emulator.eventGrid().basicEvents()).hasSize(2);
	}

	@Test
	void takesTokensThatWeMake() {
		for (EventGridSas.Form form : EventGridSas.Form.values()) {
			AzureCredential.Sas sas = EventGridSas.generate(this.endpoint,
					new AzureCredential.AccessKey(this.emulator.eventGridKey()), inAnHour().toInstant(), form);
			microsoft().credential(new AzureSasCredential(sas.token()))
				.buildCustomEventPublisherClient()
				.sendEvent(BinaryData.fromObject(Map.of("form", form.name())));
		}
		assertThat(this.emulator.eventGrid().basicEvents()).hasSize(2);
	}

	@Test
	void agreesWithUsOnTheTextOfATokenInOurVersionedForm() {
		OffsetDateTime expiry = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
		assertThat(EventGridSas
			.generate(this.endpoint, new AzureCredential.AccessKey(this.emulator.eventGridKey()), expiry.toInstant(),
					EventGridSas.Form.VERSIONED)
			.token()).isEqualTo(EventGridPublisherClient.generateSas(this.endpoint, key(), expiry));
	}

	@Test
	void isRefusedWithAnotherKey() {
		assertThatExceptionOfType(com.azure.core.exception.HttpResponseException.class)
			.isThrownBy(() -> microsoft().credential(new AzureKeyCredential("d3Jvbmc="))
				.buildCustomEventPublisherClient()
				.sendEvent(BinaryData.fromObject(Map.of())))
			.withMessageContaining("401");
	}

	private static OffsetDateTime inAnHour() {
		return OffsetDateTime.now(ZoneOffset.UTC).plusHours(1);
	}

}
