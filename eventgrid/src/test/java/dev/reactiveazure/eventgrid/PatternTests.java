package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridOperation;
import dev.reactiveazure.emulator.eventgrid.EventStep.Kind;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people do with asynchronous clients of Event Grid, done with these.
 */
class PatternTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private AzureEmulator emulator;

	private EventGridNamespaceClient client;

	private EventGridTemplate template;

	private EventGridReceiverClient receiver;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.subscription("stock/count")
			.subscription("mail/send")
			.start();
		this.client = newClient();
		this.template = new EventGridTemplate(this.client, new CloudEventFactory(this.mapper, URI.create("/shop")),
				new PayloadConverter(this.mapper));
		this.receiver = this.client.receiver("orders", "billing");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
	}

	private EventGridNamespaceClient newClient() {
		return EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.build();
	}

	private EventGridEmulator books() {
		return this.emulator.eventGrid();
	}

	private void publish(int count) {
		List<CloudEvent> events = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			events.add(GridEvent.builder("e" + i, URI.create("/shop"), "t").build());
		}
		this.client.publisher("orders").publish(events).block(LIMIT);
	}

	private Mono<List<ReceivedEvent>> receive() {
		return this.receiver.receive(ReceiveOptions.defaults());
	}

	private static int number(ReceivedEvent event) {
		return Integer.parseInt(((ReceivedEvent.Valid) event).event().getId().substring(1));
	}

	@Test
	void publishesToThreeTopicsAtOnce() {
		Mono.when(this.template.publish("orders", Map.of("order", 1)),
				this.template.publish("stock", Map.of("item", 7)), this.template.publish("mail", Map.of("to", "ada")))
			.block(LIMIT);
		assertThat(books().pendingCount("orders", "billing")).isOne();
		assertThat(books().pendingCount("stock", "count")).isOne();
		assertThat(books().pendingCount("mail", "send")).isOne();
	}

	@Test
	void processesConcurrentlyAndSettlesByOutcome() {
		publish(50);
		receive().flatMapMany(Flux::fromIterable)
			.flatMap((event) -> process(event).thenReturn(new Outcome(event.lockToken(), true))
				.onErrorReturn(new Outcome(event.lockToken(), false)), 8)
			.collectMultimap(Outcome::done, Outcome::lockToken)
			.flatMap((outcomes) -> Mono.when(this.receiver.acknowledge(tokens(outcomes, true)),
					this.receiver.release(tokens(outcomes, false), ReleaseDelay.ONE_MINUTE)))
			.block(LIMIT);
		assertThat(books().histories("orders", "billing"))
			.allMatch((history) -> history.count(isOdd(history.eventId()) ? Kind.RELEASED : Kind.ACKNOWLEDGED) == 1);
	}

	private record Outcome(String lockToken, boolean done) {
	}

	private static Collection<String> tokens(Map<Boolean, Collection<String>> outcomes, boolean done) {
		return outcomes.getOrDefault(done, List.of());
	}

	private static boolean isOdd(String eventId) {
		return Integer.parseInt(eventId.substring(1)) % 2 == 1;
	}

	private static Mono<Void> process(ReceivedEvent event) {
		return Mono.delay(Duration.ofMillis(number(event) % 5))
			.flatMap((tick) -> (number(event) % 2 == 1) ? Mono.error(new IllegalStateException("odd")) : Mono.empty());
	}

	@Test
	void acknowledgesASourceOnlyWhenItsOwnTransformationWasPublished() {
		publish(20);
		receive()
			.flatMapMany((events) -> this.client.publisher("stock")
				.publishAll(Flux.fromIterable(events), PatternTests::transform, BulkPublishOptions.defaults())
				.filter(PublishResult::isPublished)
				.map((result) -> events.get((int) result.index()).lockToken()))
			.collectList()
			.flatMap(this.receiver::acknowledge)
			.block(LIMIT);
		assertThat(books().published("stock").items()).isEqualTo(19);
		assertThat(books().openLocks("orders", "billing")).singleElement()
			.extracting((lock) -> lock.eventId())
			.isEqualTo("e13");
	}

	private static CloudEvent transform(ReceivedEvent event) {
		if (number(event) == 13) {
			throw new IllegalArgumentException("no transformation");
		}
		return GridEvent.builder("counted-" + number(event), URI.create("/stock"), "counted").build();
	}

	@Test
	void closesSeveralClientsTogether() {
		Disposable.Composite clients = Disposables.composite();
		List<EventGridNamespaceClient> opened = List.of(newClient(), newClient(), newClient());
		opened.forEach((each) -> clients.add(each::close));
		Flux.fromIterable(opened)
			.flatMap((each) -> each.publisher("orders").publish(GridEvent.builder("1", URI.create("/"), "t").build()))
			.blockLast(LIMIT);
		clients.dispose();
		assertThat(opened).allSatisfy((each) -> assertThat(each.publisher("orders")
			.publish(GridEvent.builder("2", URI.create("/"), "t").build())
			.materialize()
			.block(LIMIT)).isNotNull().matches((signal) -> signal.isOnError()));
		assertThat(books().pendingCount("orders", "billing")).isEqualTo(3);
	}

	@Test
	void givesEachEventItsOwnTimeOut() {
		publish(10);
		receive().flatMapMany(Flux::fromIterable)
			.flatMap((event) -> slow(event).timeout(Duration.ofMillis(500))
				.then(this.receiver.acknowledge(List.of(event.lockToken())))
				.onErrorResume(TimeoutException.class,
						(timeout) -> this.receiver.release(List.of(event.lockToken()), ReleaseDelay.ONE_MINUTE)))
			.blockLast(LIMIT);
		assertThat(books().histories("orders", "billing")).allMatch(
				(history) -> history.count(history.eventId().equals("e4") ? Kind.RELEASED : Kind.ACKNOWLEDGED) == 1);
	}

	private static Mono<Void> slow(ReceivedEvent event) {
		return (number(event) == 4) ? Mono.never() : Mono.empty();
	}

	@Test
	void settlesChunkByChunk() {
		publish(95);
		receive().flatMapMany(Flux::fromIterable)
			.buffer(20)
			.concatMap((chunk) -> Flux.fromIterable(chunk)
				.map(ReceivedEvent::lockToken)
				.collectList()
				.flatMap(this.receiver::acknowledge))
			.blockLast(LIMIT);
		assertThat(books().pendingCount("orders", "billing")).isZero();
		assertThat(books().count("orders", "billing", EventGridOperation.ACKNOWLEDGE).requests()).isEqualTo(5);
	}

	@Test
	void takesEventsAsMapsAndAsRawJson() {
		this.template.event(Map.of("total", 12)).type("com.example.placed").publish("orders").block(LIMIT);
		this.template.event(EventData.json("{\"total\":1.10}".getBytes(StandardCharsets.UTF_8)))
			.type("com.example.placed")
			.publish("orders")
			.block(LIMIT);
		assertThat(receive().block(LIMIT)).extracting((event) -> text(((ReceivedEvent.Valid) event).event()))
			.containsExactly("{\"total\":12}", "{\"total\":1.10}");
	}

	private String text(CloudEvent event) {
		return this.template.convert(event, String.class);
	}

}
