package dev.reactiveazure.eventgrid.docs;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TokenSource;
import dev.reactiveazure.core.TooLargeException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.eventgrid.DeadLetter;
import dev.reactiveazure.emulator.eventgrid.OpenLock;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridEvent;
import dev.reactiveazure.eventgrid.EventGridExchangeFilters;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.EventGridSas;
import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.PublishOptions;
import dev.reactiveazure.eventgrid.PublishResult;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.cloudevents.CloudEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * The code of the guide to Event Grid, as it stands there.
 */
final class EventGridGuideSnippets {

	private static final Logger log = LoggerFactory.getLogger(EventGridGuideSnippets.class);

	private final JsonMapper jsonMapper = JsonMapper.shared();

	EventGridNamespaceClient namespace(String endpoint, String accessKey) {
		EventGridNamespaceClient client = EventGridNamespaceClient.builder()
			.endpoint(endpoint)
			.credential(new AzureCredential.AccessKey(accessKey))
			.build();
		return client;
	}

	EventGridNamespaceClient entra(TokenSource tokenSource) {
		EventGridNamespaceClient client = EventGridNamespaceClient.builder()
			.endpoint("https://shop.westeurope-1.eventgrid.azure.net")
			.credential(new AzureCredential.Token(tokenSource))
			.build();
		return client;
	}

	EventGridNamespaceClient options(String endpoint, String accessKey) {
		EventGridNamespaceClient client = EventGridNamespaceClient.builder()
			.endpoint(endpoint)
			.credential(new AzureCredential.AccessKey(accessKey))
			.options(ClientOptions.defaults()
				.withResponseTimeout(Duration.ofSeconds(10))
				.withRetry(RetryOptions.defaults().withMaxRetries(5)))
			.build();
		return client;
	}

	GridEvent event() {
		GridEvent event = GridEvent.builder("4711", URI.create("/shop"), "com.example.placed")
			.subject("orders/7")
			.time(Instant.now())
			.data("application/json", EventData.json(this.jsonMapper, Map.of("total", 42)))
			.extension("region", "north")
			.build();
		return event;
	}

	Mono<Void> publish(EventGridNamespaceClient client, CloudEvent event, CloudEvent other) {
		EventGridPublisherClient orders = client.publisher("orders");
		Mono<Void> one = orders.publish(event);
		Mono<Void> together = orders.publish(List.of(event, other));
		return one.then(together);
	}

	Mono<Void> binary(EventGridPublisherClient orders, byte[] picture) {
		return orders.publishBinary(GridEvent.builder("4712", URI.create("/shop"), "com.example.pictured")
			.data("image/png", EventData.bytes(picture))
			.build());
	}

	Mono<Void> publishAll(EventGridPublisherClient orders, Flux<CloudEvent> events) {
		return orders.publishAll(events)
			.filter((result) -> !(result instanceof PublishResult.Published))
			.doOnNext((result) -> log.warn("Not published: {}", result))
			.then();
	}

	Mono<Void> receive(EventGridNamespaceClient client) {
		EventGridReceiverClient billing = client.receiver("orders", "billing");
		return billing.receive(new ReceiveOptions(100, Duration.ofSeconds(60)))
			.flatMapIterable((received) -> received)
			.flatMap((received) -> handle(received).thenReturn(true)
				.onErrorReturn(false)
				.flatMap((handled) -> handled ? billing.acknowledge(List.of(received.lockToken()))
						: billing.release(List.of(received.lockToken()), ReleaseDelay.TEN_SECONDS)))
			.then();
	}

	private Mono<Void> handle(ReceivedEvent received) {
		if (received instanceof ReceivedEvent.Valid valid) {
			return bill(valid.event());
		}
		return Mono.error(new IllegalArgumentException("Not a CloudEvent: " + received));
	}

	private Mono<Void> bill(CloudEvent event) {
		return Mono.fromRunnable(() -> log.info("Billed {}", event.getId()));
	}

	Mono<SettlementResult> settle(EventGridReceiverClient billing, List<String> lockTokens) {
		return billing.acknowledge(lockTokens).doOnNext((result) -> {
			for (FailedLockToken failed : result.failed()) {
				log.warn("Not acknowledged: {} {}", failed.code(), failed.message());
			}
		});
	}

	Mono<SettlementResult> otherVerbs(EventGridReceiverClient billing, List<String> lockTokens) {
		Mono<SettlementResult> later = billing.release(lockTokens, ReleaseDelay.ONE_MINUTE);
		Mono<SettlementResult> never = billing.reject(lockTokens);
		Mono<SettlementResult> longer = billing.renewLocks(lockTokens);
		return longer.then(later).then(never);
	}

	EventGridBasicClient basic(String endpoint, String accessKey) {
		EventGridBasicClient client = EventGridBasicClient.builder()
			.endpoint(endpoint) // https://orders.westeurope-1.eventgrid.azure.net/api/events
			.credential(new AzureCredential.AccessKey(accessKey))
			.build();
		return client;
	}

	Mono<Void> cloudEvents(EventGridBasicClient client, CloudEvent event) {
		return client.cloudEvents().publish(event);
	}

	Mono<Void> eventGridEvents(EventGridBasicClient client) {
		EventData data = EventData.json(this.jsonMapper, Map.of("total", 42));
		EventGridEvent event = EventGridEvent.of("orders/7", "com.example.placed", "1.0", data);
		return client.eventGridEvents().publish(event);
	}

	Mono<Void> domain(EventGridBasicClient client, EventGridEvent event) {
		return client.eventGridEvents().publish(event.withTopic("north"));
	}

	Mono<Void> customEvents(EventGridBasicClient client, byte[] json) {
		return client.customEvents().publish(List.of(new Order("7", 42), Map.of("id", "8"), EventData.json(json)));
	}

	Mono<Void> channel(EventGridBasicClient client, CloudEvent event) {
		return client.cloudEvents(PublishOptions.none().withChannel("contoso")).publish(event);
	}

	AzureCredential.Sas sas(String endpoint, AzureCredential.AccessKey key) {
		AzureCredential.Sas token = EventGridSas.generate(endpoint, key, Instant.now().plus(Duration.ofHours(1)));
		return token;
	}

	Mono<Void> perCall(EventGridPublisherClient orders, CloudEvent event) {
		return RequestOptions.none()
			.withResponseTimeout(Duration.ofSeconds(2))
			.withClientRequestId("order-7")
			.applyTo(orders.publish(event));
	}

	Mono<Void> errors(EventGridPublisherClient orders, CloudEvent event) {
		return orders.publish(event)
			.doOnError(NotFoundException.class, (error) -> log.error("No such topic", error))
			.doOnError(AuthenticationException.class, (error) -> log.error("Wrong key or token", error))
			.doOnError(PermissionException.class, (error) -> log.error("No role, or a network rule", error))
			.doOnError(TooLargeException.class, (error) -> log.error("More than 1 MB", error))
			.doOnError(ThrottledException.class, (error) -> log.error("Quota, even after retries", error))
			.onErrorMap(AzureException.class, (error) -> new IllegalStateException("Order not announced", error));
	}

	Mono<Void> timeouts(EventGridPublisherClient orders, CloudEvent event) {
		return orders.publish(event)
			.timeout(Duration.ofSeconds(5))
			.doOnError(TimeoutException.class, (error) -> log.warn("It may be published all the same"));
	}

	Mono<String> webClient(String endpoint, AzureCredential.AccessKey key) {
		WebClient http = WebClient.builder()
			.baseUrl(endpoint)
			.filter(EventGridExchangeFilters.forNamespace(endpoint, key))
			.build();
		return http.post()
			.uri("/topics/orders:publish?api-version=2024-06-01")
			.header("Content-Type", "application/cloudevents+json")
			.bodyValue("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"placed\"}")
			.retrieve()
			.bodyToMono(String.class);
	}

	record Order(String id, int total) {
	}

	AzureEmulator emulator() {
		MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
		FaultPlan faults = FaultPlan.create();
		AzureEmulator emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.clock(clock)
			.faults(faults)
			.eventGridSettings((settings) -> settings.lockDuration(Duration.ofMinutes(1)).maxDeliveryCount(2))
			.start();
		trouble(emulator, clock, faults);
		return emulator;
	}

	void trouble(AzureEmulator emulator, MovableClock clock, FaultPlan faults) {
		faults.when(FaultPlan.EVENT_GRID).path((path) -> path.endsWith(":acknowledge")).first(1).answer(503);
		clock.advance(Duration.ofMinutes(1));
		List<OpenLock> locks = emulator.eventGrid().openLocks("orders", "billing");
		List<DeadLetter> deadLetters = emulator.eventGrid().deadLetters("orders", "billing");
		log.info("{} locks, {} dead letters", locks.size(), deadLetters.size());
	}

}
