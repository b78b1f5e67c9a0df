package dev.reactiveazure.benchmarks.growth;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes, and receives and acknowledges, so many events in a request.
 */
final class Events implements AutoCloseable {

	private static final URI SOURCE = URI.create("/shop");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final PayloadConverter payloads = new PayloadConverter(this.mapper);

	private final EventGridNamespaceClient namespace;

	private final EventGridPublisherClient publisher;

	private final EventGridReceiverClient receiver;

	Events(URI stub) {
		this.namespace = EventGridNamespaceClient.builder()
			.endpoint(stub.toString())
			.credential(new AzureCredential.AccessKey("c2VjcmV0"))
			.build();
		this.publisher = this.namespace.publisher("orders");
		this.receiver = this.namespace.receiver("orders", "billing");
	}

	/**
	 * A request that publishes events, which are made when it is sent.
	 */
	Publisher<?> publish(int events) {
		List<Order> orders = IntStream.range(0, events).mapToObj(Order::numbered).toList();
		return Mono.defer(() -> this.publisher.publish(orders.stream().map(this::event).toList()));
	}

	private CloudEvent event(Order order) {
		return GridEvent.builder(UUID.randomUUID().toString(), SOURCE, "com.example.placed")
			.subject(order.id())
			.data(EventData.json(this.mapper, order))
			.build();
	}

	/**
	 * A request that receives events, whose payloads are read, and one that acknowledges
	 * them.
	 */
	Publisher<?> receive(int events) {
		ReceiveOptions options = new ReceiveOptions(events, Duration.ofSeconds(60));
		return this.receiver.receive(options).flatMap((received) -> this.receiver.acknowledge(read(received)));
	}

	private List<String> read(List<ReceivedEvent> received) {
		return received.stream().map((event) -> {
			Order order = this.payloads.convert(((ReceivedEvent.Valid) event).event(), Order.class);
			Objects.requireNonNull(order.id());
			return event.lockToken();
		}).toList();
	}

	@Override
	public void close() {
		this.namespace.close();
	}

}
