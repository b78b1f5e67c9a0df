package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.EventHistory;
import dev.reactiveazure.emulator.eventgrid.EventStep.Kind;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that can't be handled go to another topic, over real HTTP.
 */
@Timeout(60)
class RecoveryOnEmulatorTests {

	private final List<AutoCloseable> closing = new ArrayList<>();

	private final BlockingQueue<Map.Entry<ReceivedEvent, EventOutcome>> ended = new LinkedBlockingQueue<>();

	private final AzureEmulator emulator = started();

	private final EventGridNamespaceClient client = client();

	@AfterEach
	void close() throws Exception {
		for (int i = this.closing.size() - 1; i >= 0; i--) {
			this.closing.get(i).close();
		}
	}

	@Test
	@Requirement("L14")
	void arePublishedWithTheirCauseAndThenAcknowledged() throws Exception {
		publish(event());
		start("poison", (delivery) -> Mono.error(new ClassCastException("no order\nat all")));
		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		CloudEvent recovered = received("poison", "watch");
		assertThat(recovered.getId()).isEqualTo("7");
		assertThat(recovered.getType()).isEqualTo("OrderPlaced");
		assertThat(recovered.getData()).isEqualTo(event().getData());
		assertThat(recovered.getExtension("tenant")).isEqualTo("north");
		assertThat(recovered.getExtension("errortype")).isEqualTo(ClassCastException.class.getName());
		assertThat(recovered.getExtension("errormessage")).isEqualTo("no order at all");
		assertThat(recovered.getExtension("errorkind")).isEqualTo("fatal");
		assertThat(recovered.getExtension("originaltopic")).isEqualTo("orders");
		assertThat(recovered.getExtension("originalsubscription")).isEqualTo("billing");
		assertThat(recovered.getExtension("originallistener")).isEqualTo("bill");
		assertThat(recovered.getExtension("deliverycount")).isEqualTo(1);
	}

	@Test
	@Requirement("L14")
	void areNotAcknowledgedWhereTheyCouldNotBePublished() throws Exception {
		publish(event());
		start("nowhere", (delivery) -> Mono.error(new ClassCastException("no order")));
		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED);
		EventHistory history = this.emulator.eventGrid().history("orders", "billing", "7").orElseThrow();
		assertThat(history.count(Kind.ACKNOWLEDGED)).isZero();
	}

	@Test
	@Requirement({ "L14", "L13" })
	void areDeliveredAgainFirstWhereThatMayHelp() throws Exception {
		publish(event());
		List<Integer> deliveries = new ArrayList<>();
		start("poison", (delivery) -> {
			deliveries.add(delivery.deliveryCount());
			return Mono.error(new IllegalStateException("the database is away"));
		});
		CloudEvent recovered = received("poison", "watch");
		assertThat(recovered.getExtension("errorkind")).isEqualTo("transient");
		assertThat(recovered.getExtension("deliverycount")).isEqualTo(4);
		assertThat(deliveries).containsExactly(1, 2, 3, 4);
	}

	@Test
	void mayBeMalformed() {
		FailedDelivery failed = new FailedDelivery("bill", "orders", "billing",
				new ReceivedEvent.Malformed("{\"broken", "no id", "token", 3), new MalformedEventException("no id"),
				ErrorKind.FATAL);
		PublishingEventRecoverer recoverer = new PublishingEventRecoverer(template(), "poison");
		recoverer.recover(failed).block(Duration.ofSeconds(10));
		CloudEvent recovered = received("poison", "watch");
		assertThat(recovered.getType()).isEqualTo(PublishingEventRecoverer.MALFORMED_TYPE);
		assertThat(recovered.getData()).isEqualTo(EventData.text("{\"broken"));
		recoverer.recover(failed).block(Duration.ofSeconds(10));
		assertThat(received("poison", "watch").getId()).isEqualTo(recovered.getId());
	}

	private void start(String topic, EventHandler.Reactive handler) {
		EventGridListenerContainer container = EventGridListenerContainerFactory.builder((connection) -> this.client)
			.options(ContainerOptions.builder()
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
				.failures((failures) -> failures.maxDeliveries(5).releaseDelays(List.of(Duration.ZERO)))
				.build())
			.recoverer(new PublishingEventRecoverer(template(), topic))
			.settlementListener((event, outcome) -> this.ended.add(Map.entry(event, outcome)))
			.build()
			.create(EventGridListenerEndpoint.of("bill", "orders", "billing", handler));
		this.closing.add(container::stop);
		container.start();
	}

	private EventOutcome outcome() throws InterruptedException {
		Map.Entry<ReceivedEvent, EventOutcome> end = this.ended.poll(20, TimeUnit.SECONDS);
		assertThat(end).isNotNull();
		return end.getValue();
	}

	private CloudEvent received(String topic, String subscription) {
		List<ReceivedEvent> events = this.client.receiver(topic, subscription)
			.receive(ReceiveOptions.defaults())
			.block(Duration.ofSeconds(30));
		assertThat(events).isNotNull();
		return ((ReceivedEvent.Valid) events.get(0)).event();
	}

	private void publish(CloudEvent event) {
		this.client.publisher("orders").publish(event).block(Duration.ofSeconds(10));
	}

	private static CloudEvent event() {
		return GridEvent.builder("7", URI.create("/shop"), "OrderPlaced")
			.data("application/json", EventData.json("{\"id\":7}".getBytes()))
			.extension("tenant", "north")
			.build();
	}

	private EventGridTemplate template() {
		JsonMapper mapper = JsonMapper.builder().build();
		CloudEventFactory events = new CloudEventFactory(mapper, URI.create("/billing"));
		return new EventGridTemplate(this.client, events, new PayloadConverter(mapper));
	}

	private AzureEmulator started() {
		AzureEmulator started = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.subscription("poison/watch")
			.start();
		this.closing.add(started);
		return started;
	}

	private EventGridNamespaceClient client() {
		EventGridNamespaceClient made = EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.build();
		this.closing.add(made);
		return made;
	}

}
