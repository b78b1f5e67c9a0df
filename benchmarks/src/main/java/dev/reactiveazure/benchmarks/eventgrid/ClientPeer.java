package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.eventgrid.EventDataWriter;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our clients: the user builds CloudEvents with JSON data, and reads payloads as the
 * listener does.
 */
final class ClientPeer implements ReceivingPeer {

	private static final ReceiveOptions OPTIONS = new ReceiveOptions(EVENTS, Duration.ofSeconds(60));

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final PayloadConverter payloads = new PayloadConverter(this.mapper);

	private final OurPublisher publisher;

	private final EventGridReceiverClient receiver;

	ClientPeer(EventGridNamespaceClient namespace) {
		EventDataWriter data = new EventDataWriter(this.mapper);
		this.publisher = new OurPublisher(namespace, (payload) -> data.deferred(payload.order()));
		this.receiver = namespace.receiver(TOPIC, SUBSCRIPTION);
	}

	/**
	 * Our client without retries, like all peers: a measurement must not hide a failure.
	 */
	static EventGridNamespaceClient namespace(URI stub, ObservationRegistry observations) {
		return EventGridNamespaceClient.builder()
			.endpoint(stub.toString())
			.credential(new AzureCredential.AccessKey(KEY))
			.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
			.observationRegistry(observations)
			.build();
	}

	@Override
	public Mono<Void> publish(Batch batch) {
		return this.publisher.publish(batch);
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
