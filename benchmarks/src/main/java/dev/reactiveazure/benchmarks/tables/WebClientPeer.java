package dev.reactiveazure.benchmarks.tables;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Spring user writes without us: a {@code WebClient}, a record for the row, the
 * codecs that come with it, and a filter that signs.
 */
final class WebClientPeer implements TablesPeer {

	private static final MediaType WITHOUT_METADATA = MediaType.parseMediaType("application/json;odata=nometadata");

	private static final MediaType MINIMAL_METADATA = MediaType
		.parseMediaType("application/json;odata=minimalmetadata");

	private static final String PART = """
			--changeset_1
			Content-Type: application/http
			Content-Transfer-Encoding: binary

			POST %s HTTP/1.1
			Content-Type: application/json;odata=nometadata
			Accept: application/json;odata=minimalmetadata
			Prefer: return-no-content
			DataServiceVersion: 3.0;

			""".replace("\n", "\r\n");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final SharedKeyLite signer = new SharedKeyLite(Base64.getDecoder().decode(KEY));

	private final WebClient client;

	private final String part;

	WebClientPeer(URI stub) {
		HttpClient http = HttpClient.create(ConnectionProvider.create("webclient", 500));
		this.client = WebClient.builder()
			.baseUrl(stub + "/" + ACCOUNT)
			.clientConnector(new ReactorClientHttpConnector(http))
			.defaultHeader("x-ms-version", "2020-12-06")
			.defaultHeader("DataServiceVersion", "3.0")
			.defaultHeader("Accept", MINIMAL_METADATA.toString())
			.filter(ExchangeFilterFunction.ofRequestProcessor(this::sign))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
			.build();
		this.part = PART.formatted(stub + "/" + ACCOUNT + "/" + TABLE);
	}

	private Mono<ClientRequest> sign(ClientRequest request) {
		String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
		return Mono.just(ClientRequest.from(request)
			.header("x-ms-date", date)
			.header("Authorization", this.signer.authorization(date, request.url().getRawPath()))
			.build());
	}

	@Override
	public Mono<Void> insert(Order order) {
		return this.client.post()
			.uri("/{table}", TABLE)
			.header("Prefer", "return-no-content")
			.contentType(WITHOUT_METADATA)
			.bodyValue(OrderRow.of(order))
			.retrieve()
			.toBodilessEntity()
			.then();
	}

	@Override
	public Mono<Order> get(String customer, String id) {
		return this.client.get()
			.uri("/{table}(PartitionKey='{customer}',RowKey='{id}')", TABLE, customer, id)
			.retrieve()
			.bodyToMono(OrderRow.class)
			.map(OrderRow::order);
	}

	@Override
	public Flux<Order> query(String table) {
		return this.client.get()
			.uri("/{table}()", table)
			.retrieve()
			.bodyToMono(Page.class)
			.flatMapIterable(Page::value)
			.map(OrderRow::order);
	}

	@Override
	public Mono<Void> insertAll(List<Order> orders) {
		return this.client.post()
			.uri("/$batch")
			.header("Content-Type", "multipart/mixed; boundary=batch_1")
			.bodyValue(batch(orders).getBytes(StandardCharsets.UTF_8))
			.retrieve()
			.bodyToMono(String.class)
			.doOnNext((answer) -> requireCreated(answer, orders.size()))
			.then();
	}

	private String batch(List<Order> orders) {
		StringBuilder body = new StringBuilder(
				"--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n");
		for (Order order : orders) {
			body.append(this.part).append(this.mapper.writeValueAsString(OrderRow.of(order))).append("\r\n");
		}
		return body.append("--changeset_1--\r\n--batch_1--\r\n").toString();
	}

	private static void requireCreated(String answer, int rows) {
		int created = 0;
		for (int at = answer.indexOf("HTTP/1.1 204"); at >= 0; at = answer.indexOf("HTTP/1.1 204", at + 1)) {
			created++;
		}
		if (created != rows) {
			throw new IllegalStateException("Only " + created + " of " + rows + " rows were inserted");
		}
	}

	record Page(List<OrderRow> value) {
	}

}
