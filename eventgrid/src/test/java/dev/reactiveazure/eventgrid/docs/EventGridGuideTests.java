package dev.reactiveazure.eventgrid.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridEvent;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.EventGridPublisherClient;
import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide shows code that compiles, and that does what the guide says.
 */
class EventGridGuideTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Path GUIDE = Path.of("../docs/eventgrid.md");

	private static final Path SNIPPETS = Path
		.of("src/test/java/dev/reactiveazure/eventgrid/docs/EventGridGuideSnippets.java");

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private final EventGridGuideSnippets snippets = new EventGridGuideSnippets();

	private AzureEmulator emulator;

	private EventGridNamespaceClient namespace;

	private EventGridBasicClient basic;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder().tables(false).subscription("orders/billing").start();
		this.namespace = this.snippets.namespace(this.emulator.eventGridEndpoint(), this.emulator.eventGridKey());
		this.basic = this.snippets.basic(basicEndpoint(), this.emulator.eventGridKey());
	}

	@AfterEach
	void stop() {
		this.namespace.close();
		this.basic.close();
		this.emulator.close();
	}

	private String basicEndpoint() {
		return this.emulator.eventGridEndpoint() + "/api/events";
	}

	private AzureCredential.AccessKey key() {
		return new AzureCredential.AccessKey(this.emulator.eventGridKey());
	}

	private int pending() {
		return this.emulator.eventGrid().pendingCount("orders", "billing");
	}

	private List<String> receiveTokens(EventGridReceiverClient receiver) {
		List<ReceivedEvent> received = receiver.receive(new ReceiveOptions(100, Duration.ofSeconds(10))).block(LIMIT);
		assertThat(received).isNotNull();
		return received.stream().map(ReceivedEvent::lockToken).toList();
	}

	@Test
	void showsOnlyCodeThatCompiles() throws IOException {
		String compiled = withoutWhitespace(Files.readString(SNIPPETS));
		List<String> blocks = JAVA_BLOCK.matcher(Files.readString(GUIDE))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
		assertThat(blocks).hasSizeGreaterThan(15)
			.allSatisfy((block) -> assertThat(compiled).contains(withoutWhitespace(block)));
	}

	private static String withoutWhitespace(String text) {
		return text.replaceAll("\\s+", "");
	}

	@Test
	void publishesToANamespace() {
		EventGridPublisherClient orders = this.namespace.publisher("orders");
		CloudEvent event = this.snippets.event();
		GridEvent other = GridEvent.builder("2", URI.create("/shop"), "com.example.placed").build();
		this.snippets.publish(this.namespace, event, other).block(LIMIT);
		this.snippets.binary(orders, new byte[] { 1, 2 }).block(LIMIT);
		this.snippets.publishAll(orders, Flux.just(event, other)).block(LIMIT);
		this.snippets.perCall(orders, event).block(LIMIT);
		this.snippets.errors(orders, event).block(LIMIT);
		this.snippets.timeouts(orders, event).block(LIMIT);
		this.snippets.webClient(this.emulator.eventGridEndpoint(), key()).block(LIMIT);
		assertThat(pending()).isEqualTo(10);
		try (EventGridNamespaceClient client = this.snippets.options(this.emulator.eventGridEndpoint(),
				this.emulator.eventGridKey());
				EventGridNamespaceClient tokens = this.snippets.entra((scope) -> Mono.never())) {
			client.publisher("orders").publish(event).block(LIMIT);
			assertThat(tokens.endpoint().isSecure()).isTrue();
		}
		assertThat(pending()).isEqualTo(11);
	}

	@Test
	void receivesAndSettles() {
		EventGridReceiverClient billing = this.namespace.receiver("orders", "billing");
		EventGridPublisherClient orders = this.namespace.publisher("orders");
		orders.publish(this.snippets.event()).block(LIMIT);
		this.snippets.receive(this.namespace).block(LIMIT);
		assertThat(pending()).isZero();
		orders.publish(this.snippets.event()).block(LIMIT);
		this.snippets.settle(billing, receiveTokens(billing)).block(LIMIT);
		assertThat(pending()).isZero();
		orders.publish(this.snippets.event()).block(LIMIT);
		this.snippets.otherVerbs(billing, receiveTokens(billing)).block(LIMIT);
		assertThat(pending()).as("released for later").isEqualTo(1);
	}

	@Test
	void publishesToTheBasicTier() {
		this.snippets.cloudEvents(this.basic, this.snippets.event()).block(LIMIT);
		this.snippets.eventGridEvents(this.basic).block(LIMIT);
		this.snippets.domain(this.basic, EventGridEvent.of("s", "t", "1", EventData.text("x"))).block(LIMIT);
		this.snippets.channel(this.basic, this.snippets.event()).block(LIMIT);
		this.snippets.customEvents(this.basic, "{}".getBytes(StandardCharsets.UTF_8)).block(LIMIT);
		assertThat(this.emulator.eventGrid().basicEvents()).hasSize(7);
		try (EventGridBasicClient guest = EventGridBasicClient.builder()
			.endpoint(basicEndpoint())
			.credential(this.snippets.sas(basicEndpoint(), key()))
			.build()) {
			guest.cloudEvents().publish(this.snippets.event()).block(LIMIT);
		}
		assertThat(this.emulator.eventGrid().basicEvents()).hasSize(8);
	}

	@Test
	void movesTheClockOfTheEmulator() {
		try (AzureEmulator moved = this.snippets.emulator()) {
			assertThat(moved.eventGrid().deadLetters("orders", "billing")).isEmpty();
		}
	}

}
