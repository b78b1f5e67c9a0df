package dev.reactiveazure.benchmarks.codecs;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Events, a hundred at a time: whole calls of our client over a connector that answers
 * from memory, beside Jackson's trees and maps.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventGridBenchmark {

	private static final int EVENTS = 100;

	private static final String JSON = "application/json";

	private static final URI SOURCE = URI.create("/shop");

	private final byte[] received = Bodies
		.post("/topics/orders/eventsubscriptions/billing:receive?maxEvents=100&api-version=2024-06-01");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final PayloadConverter payloads = new PayloadConverter(this.mapper);

	private final EventGridPublisherClient publisher = client("{}".getBytes(UTF_8)).publisher("orders");

	private final EventGridReceiverClient receiver = client(this.received).receiver("orders", "billing");

	private final ReceiveOptions options = new ReceiveOptions(EVENTS, Duration.ofSeconds(60));

	private final List<Order> orders = IntStream.range(0, EVENTS).mapToObj(Order::numbered).toList();

	private static EventGridNamespaceClient client(byte[] answer) {
		return EventGridNamespaceClient.builder()
			.endpoint("http://127.0.0.1:10003")
			.credential(new AzureCredential.AccessKey("c2VjcmV0"))
			.connector(MemoryConnector.answering(200, JSON, answer))
			.receiveConnector(MemoryConnector.answering(200, JSON, answer))
			.build();
	}

	@Benchmark
	public @Nullable Object publishOurs() {
		List<CloudEvent> events = new ArrayList<>(EVENTS);
		for (Order order : this.orders) {
			events.add(GridEvent.builder(order.id(), SOURCE, "com.example.placed")
				.time(order.placedAt())
				.data(EventData.json(this.mapper, order))
				.build());
		}
		return this.publisher.publish(events).block();
	}

	/**
	 * The same bytes by Jackson, from a map an event.
	 */
	@Benchmark
	public byte[] publishJacksonOnly() {
		List<Map<String, Object>> events = new ArrayList<>(EVENTS);
		for (Order order : this.orders) {
			Map<String, Object> event = new LinkedHashMap<>();
			event.put("specversion", "1.0");
			event.put("id", order.id());
			event.put("source", SOURCE);
			event.put("type", "com.example.placed");
			event.put("time", order.placedAt());
			event.put("datacontenttype", JSON);
			event.put("data", order);
			events.add(event);
		}
		return this.mapper.writeValueAsBytes(events);
	}

	/**
	 * Events and payloads.
	 */
	@Benchmark
	public @Nullable List<Order> receiveOurs() {
		return this.receiver.receive(this.options).map(this::read).block();
	}

	private List<Order> read(List<ReceivedEvent> events) {
		return events.stream()
			.map((event) -> this.payloads.convert(((ReceivedEvent.Valid) event).event(), Order.class))
			.toList();
	}

	/**
	 * Payloads only, from a tree of the answer.
	 */
	@Benchmark
	public List<Order> receiveJacksonOnly() {
		List<Order> orders = new ArrayList<>(EVENTS);
		for (JsonNode event : this.mapper.readTree(this.received).get("value")) {
			orders.add(this.mapper.treeToValue(event.get("event").get("data"), Order.class));
		}
		return orders;
	}

}
