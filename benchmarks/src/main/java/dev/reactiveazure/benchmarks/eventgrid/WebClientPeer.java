package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.reactiveazure.benchmarks.tables.Order;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Spring user writes without us: a {@code WebClient}, records for the envelope,
 * and the codecs that come with it.
 */
final class WebClientPeer implements ReceivingPeer {

	private static final MediaType BATCH = MediaType.parseMediaType("application/cloudevents-batch+json");

	private static final MediaType SINGLE = MediaType.parseMediaType("application/cloudevents+json");

	private static final ParameterizedTypeReference<Map<String, List<Received>>> EVENTS_TYPE = new ParameterizedTypeReference<>() {
	};

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final WebClient client;

	WebClientPeer(URI stub) {
		HttpClient http = HttpClient.create(ConnectionProvider.create("webclient", 500));
		this.client = WebClient.builder()
			.baseUrl(stub.toString())
			.clientConnector(new ReactorClientHttpConnector(http))
			.defaultHeader("Authorization", "SharedAccessKey " + KEY)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(1 << 20))
			.build();
	}

	@Override
	public Mono<Void> publish(Batch batch) {
		Object body = (batch.size() == 1) ? event(batch.first().order())
				: batch.payloads().stream().map((payload) -> event(payload.order())).toList();
		return this.client.post()
			.uri("/topics/{topic}:publish?api-version=2024-06-01", TOPIC)
			.contentType((batch.size() == 1) ? SINGLE : BATCH)
			.bodyValue(body)
			.retrieve()
			.toBodilessEntity()
			.then();
	}

	private static Event event(Order order) {
		return new Event("1.0", UUID.randomUUID().toString(), SOURCE, TYPE, order.id(), order.placedAt().toString(),
				order);
	}

	@Override
	public Mono<Void> receiveAndAcknowledge() {
		return this.client.post()
			.uri("/topics/{topic}/eventsubscriptions/{subscription}:receive?api-version=2024-06-01&maxEvents={count}"
					+ "&maxWaitTime=60", TOPIC, SUBSCRIPTION, EVENTS)
			.retrieve()
			.bodyToMono(EVENTS_TYPE)
			.flatMap((answer) -> acknowledge(read(answer.getOrDefault("value", List.of()))));
	}

	private Mono<Void> acknowledge(List<String> tokens) {
		return this.client.post()
			.uri("/topics/{topic}/eventsubscriptions/{subscription}:acknowledge?api-version=2024-06-01", TOPIC,
					SUBSCRIPTION)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("lockTokens", tokens))
			.retrieve()
			.bodyToMono(JsonNode.class)
			.then();
	}

	private List<String> read(List<Received> events) {
		List<String> tokens = new ArrayList<>(events.size());
		for (Received received : events) {
			Order order = this.mapper.treeToValue(received.event().path("data"), Order.class);
			if (order.number() == 0) {
				throw new IllegalStateException("Not the order that was sent: " + order.id());
			}
			tokens.add(received.brokerProperties().lockToken());
		}
		return tokens;
	}

	record Event(String specversion, String id, String source, String type, String subject, String time, Order data) {
	}

	record Received(BrokerProperties brokerProperties, JsonNode event) {
	}

	record BrokerProperties(String lockToken, int deliveryCount) {
	}

}
