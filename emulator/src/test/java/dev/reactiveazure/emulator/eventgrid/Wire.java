package dev.reactiveazure.emulator.eventgrid;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorServer;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.emulator.http.ServerSettings;

/**
 * An emulator behind a real server, and a plain HTTP client that knows nothing of Event
 * Grid but what the tests tell it.
 */
final class Wire implements AutoCloseable {

	static final String VERSION = "?api-version=2024-06-01";

	static final String SINGLE = "application/cloudevents+json; charset=utf-8";

	static final String BATCH = "application/cloudevents-batch+json; charset=utf-8";

	private static final ObjectMapper JSON = new ObjectMapper();

	final EventGridEmulator emulator;

	final FaultPlan faults = FaultPlan.create();

	final EmulatorServer server;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String key;

	Wire(EventGridSettings settings, EmulatorClock clock) {
		this.key = settings.accessKey();
		this.emulator = new EventGridEmulator(settings, clock);
		this.server = new EmulatorServer(ServerSettings.loopback(FaultPlan.EVENT_GRID, 0, this.faults, clock),
				this.emulator);
	}

	Answer publish(String topic, String contentType, String body) {
		return send(post("/topics/" + topic + ":publish" + VERSION, body).header("Content-Type", contentType));
	}

	Answer receive(String query) {
		return join(receiving(query));
	}

	CompletableFuture<Answer> receiving(String query) {
		return sending(post(subscription("receive") + query, ""));
	}

	Answer settle(String operation, List<String> tokens) {
		return settle(operation, "", tokens);
	}

	Answer settle(String operation, String query, List<String> tokens) {
		String list = tokens.stream().map((token) -> '"' + token + '"').collect(Collectors.joining(","));
		return send(post(subscription(operation) + query, "{\"lockTokens\":[" + list + "]}").header("Content-Type",
				"application/json"));
	}

	static String subscription(String operation) {
		return "/topics/orders/eventsubscriptions/billing:" + operation + VERSION;
	}

	HttpRequest.Builder post(String target, String body) {
		return bare(target, body).header("Authorization", "SharedAccessKey " + this.key);
	}

	HttpRequest.Builder bare(String target, String body) {
		return HttpRequest.newBuilder(URI.create(this.server.endpoint() + target))
			.timeout(Duration.ofSeconds(30))
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	Answer send(HttpRequest.Builder request) {
		return join(sending(request));
	}

	CompletableFuture<Answer> sending(HttpRequest.Builder request) {
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> new Answer(response.statusCode(), response));
	}

	static Answer join(CompletableFuture<Answer> answer) {
		return answer.orTimeout(30, TimeUnit.SECONDS).join();
	}

	static <T> CompletableFuture<T> start(Mono<T> mono) {
		CompletableFuture<T> future = new CompletableFuture<>();
		mono.subscribe(future::complete, future::completeExceptionally);
		return future;
	}

	static String event(String id) {
		return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/tests\",\"type\":\"test\"}";
	}

	@Override
	public void close() {
		this.emulator.close();
		this.server.close();
	}

	/**
	 * What came back.
	 */
	record Answer(int status, HttpResponse<String> response) {

		String body() {
			return this.response.body();
		}

		JsonNode json() {
			return JSON.readTree(this.response.body());
		}

		String errorCode() {
			return json().at("/error/code").asString();
		}

		String errorMessage() {
			return json().at("/error/message").asString();
		}

		List<String> tokens() {
			return strings("/brokerProperties/lockToken");
		}

		List<String> eventIds() {
			return strings("/event/id");
		}

		private List<String> strings(String pointer) {
			return StreamSupport.stream(json().get("value").spliterator(), false)
				.map((event) -> event.at(pointer).asString())
				.toList();
		}

	}

}
