package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import io.cloudevents.CloudEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the trace that published events carry.
 */
class TraceEnrichmentTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private static final String OWN = "00-11111111111111111111111111111111-2222222222222222-00";

	private final ObservationRegistry observations = ObservationRegistry.create();

	private Map<String, String> propagated = Map.of("traceparent", PARENT, "tracestate", "a=1,b=2");

	private AzureEmulator emulator;

	private EventGridNamespaceClient client;

	@BeforeEach
	void start() {
		this.observations.observationConfig().observationHandler(new Propagating());
		this.emulator = AzureEmulator.builder().tables(false).subscription("orders/billing").start();
		this.client = builder().build();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
	}

	private EventGridNamespaceClient.Builder builder() {
		return EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.observationRegistry(this.observations);
	}

	private static GridEvent.Builder event(String id) {
		return GridEvent.builder(id, URI.create("/shop"), "t")
			.data("application/json", EventData.json("\"zwölf €\"".getBytes(StandardCharsets.UTF_8)));
	}

	private void publish(CloudEvent... events) {
		this.client.publisher("orders").publish(List.of(events)).block(LIMIT);
	}

	private List<CloudEvent> received() {
		List<ReceivedEvent> received = this.client.receiver("orders", "billing")
			.receive(ReceiveOptions.defaults())
			.blockOptional(LIMIT)
			.orElseThrow();
		return received.stream().map((event) -> ((ReceivedEvent.Valid) event).event()).toList();
	}

	@Test
	void reachesEveryEventOfABatchAndLeavesTheCallersAlone() {
		this.propagated = Map.of("traceparent", PARENT, "tracestate", "a=1");
		GridEvent first = event("1").build();
		GridEvent second = event("2").build();
		publish(first, second);
		assertThat(received()).hasSize(2).allSatisfy((event) -> {
			assertThat(event.getExtension("traceparent")).isEqualTo(PARENT);
			assertThat(event.getExtension("tracestate")).isEqualTo("a=1");
		});
		assertThat(first.getExtensionNames()).isEmpty();
		assertThat(first).isEqualTo(event("1").build());
	}

	@Test
	void reachesASingleEvent() {
		this.propagated = Map.of("traceparent", PARENT);
		this.client.publisher("orders").publish(event("1").build()).block(LIMIT);
		assertThat(received()).singleElement()
			.extracting((event) -> event.getExtension("traceparent"))
			.isEqualTo(PARENT);
	}

	@Test
	void reachesEveryEventOfAStream() {
		this.propagated = Map.of("traceparent", PARENT, "tracestate", "a=1");
		CloudEvent own = event("own").extension("traceparent", OWN).build();
		this.client.publisher("orders")
			.publishAll(Flux.just(event("1").build(), own, event("2").build()))
			.collectList()
			.block(LIMIT);
		assertThat(received()).extracting((event) -> event.getExtension("traceparent"))
			.containsExactly(PARENT, OWN, PARENT);
	}

	@Test
	void doesNotOverwriteTheTraceOfAnEvent() {
		this.propagated = Map.of("traceparent", PARENT, "tracestate", "a=1");
		publish(event("1").extension("traceparent", OWN).build(), event("2").extension("tracestate", "x=y").build());
		List<CloudEvent> events = received();
		assertThat(events.get(0).getExtension("traceparent")).isEqualTo(OWN);
		assertThat(events.get(0).getExtension("tracestate")).isNull();
		assertThat(events.get(1).getExtension("traceparent")).isNull();
		assertThat(events.get(1).getExtension("tracestate")).isEqualTo("x=y");
	}

	@Test
	void addsNoTracestateWithoutTraceparent() {
		this.propagated = Map.of("tracestate", "a=1");
		publish(event("1").build());
		assertThat(received()).singleElement().satisfies((event) -> assertThat(event.getExtensionNames()).isEmpty());
	}

	@Test
	void isCountedInBytes() {
		// A length in characters would cut the request short: it would not be JSON.
		this.propagated = Map.of("traceparent", PARENT);
		publish(event("ü€😀").build(), event("2").build());
		assertThat(received()).hasSize(2).allMatch((event) -> PARENT.equals(event.getExtension("traceparent")));
	}

	@Test
	void isLeftOutWhereJustItWouldBeTooLarge() {
		this.propagated = Map.of("traceparent", PARENT);
		CloudEvent large = GridEvent.builder("1", URI.create("/"), "t")
			.data("text/plain", EventData.text("x".repeat(999_890)))
			.build();
		this.client.publisher("orders").publish(large).block(LIMIT);
		publish(large);
		this.client.publisher("orders").publishAll(Flux.just(large)).collectList().block(LIMIT);
		assertThat(received()).hasSize(3).allSatisfy((event) -> assertThat(event.getExtensionNames()).isEmpty());
	}

	@Test
	void leavesOutOnlyTheStateOfAStreamWhereThatDoesNotFit() {
		this.propagated = Map.of("traceparent", PARENT, "tracestate", "a=" + "1".repeat(500));
		CloudEvent[] events = new CloudEvent[10];
		for (int i = 0; i < events.length; i++) {
			events[i] = GridEvent.builder("e" + i, URI.create("/"), "t")
				.data("text/plain", EventData.text("x".repeat(99_800)))
				.build();
		}
		this.client.publisher("orders").publishAll(Flux.just(events)).collectList().block(LIMIT);
		assertThat(this.emulator.eventGrid().published("orders").requests()).isOne();
		assertThat(received()).hasSize(10).allSatisfy((event) -> {
			assertThat(event.getExtension("traceparent")).isEqualTo(PARENT);
			assertThat(event.getExtension("tracestate")).isNull();
		});
	}

	@Test
	void canBeSwitchedOff() {
		this.propagated = Map.of("traceparent", PARENT);
		try (EventGridNamespaceClient other = builder().traceEvents(false).build()) {
			other.publisher("orders").publish(List.of(event("1").build())).block(LIMIT);
			other.publisher("orders").publishAll(Flux.just(event("2").build())).collectList().block(LIMIT);
		}
		assertThat(received()).hasSize(2).allSatisfy((event) -> assertThat(event.getExtensionNames()).isEmpty());
	}

	/**
	 * Stands in for a tracer: puts its headers where the pipeline takes them from.
	 */
	private final class Propagating implements ObservationHandler<SenderContext<Map<String, String>>> {

		@Override
		public void onStart(SenderContext<Map<String, String>> context) {
			@Nullable Map<String, String> carrier = context.getCarrier();
			if (carrier != null && "azure.eventgrid.publish".equals(context.getName())) {
				TraceEnrichmentTests.this.propagated
					.forEach((name, value) -> context.getSetter().set(carrier, name, value));
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext;
		}

	}

}
