package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our clients: the user builds CloudEvents with JSON data, and reads payloads as the
 * listener does.
 */
final class ClientPeer implements ReceivingPeer {

	private static final ReceiveOptions OPTIONS = new ReceiveOptions(EVENTS, Duration.ofSeconds(60));

	private static final URI SOURCE_URI = URI.create(SOURCE);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final PayloadConverter payloads = new PayloadConverter(this.mapper);

	private final EventGridPublisherClient publisher;

	private final EventGridReceiverClient receiver;

	ClientPeer(URI stub) {
		EventGridNamespaceClient namespace = namespace(stub);
		this.publisher = namespace.publisher(TOPIC);
		this.receiver = namespace.receiver(TOPIC, SUBSCRIPTION);
	}

	/**
	 * Our client without retries, like all peers: a measurement must not hide a failure.
	 */
	static EventGridNamespaceClient namespace(URI stub) {
		return EventGridNamespaceClient.builder()
			.endpoint(stub.toString())
			.credential(new AzureCredential.AccessKey(KEY))
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
			.build();
	}

	@Override
	public String name() {
		return "client";
	}

	@Override
	public Mono<Void> publish(List<Order> orders) {
		if (orders.size() == 1) {
			return this.publisher.publish(event(orders.get(0)));
		}
		List<CloudEvent> events = new ArrayList<>(orders.size());
		for (Order order : orders) {
			events.add(event(order));
		}
		return this.publisher.publish(events);
	}

	private GridEvent event(Order order) {
		return GridEvent.builder(UUID.randomUUID().toString(), SOURCE_URI, TYPE)
			.subject(order.id())
			.time(order.placedAt())
			.data(EventData.json(this.mapper, order))
			.build();
	}

	@Override
	public Mono<SettlementResult> receiveAndAcknowledge() {
		return this.receiver.receive(OPTIONS).flatMap((events) -> this.receiver.acknowledge(read(events)));
	}

	private List<String> read(List<ReceivedEvent> events) {
		List<String> tokens = new ArrayList<>(events.size());
		for (ReceivedEvent received : events) {
			Order order = this.payloads.convert(((ReceivedEvent.Valid) received).event(), Order.class);
			if (order.number() == 0) {
				throw new IllegalStateException("Not the order that was sent: " + order.id());
			}
			tokens.add(received.lockToken());
		}
		return tokens;
	}

}
