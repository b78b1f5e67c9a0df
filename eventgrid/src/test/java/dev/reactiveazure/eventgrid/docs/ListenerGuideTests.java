package dev.reactiveazure.eventgrid.docs;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.method.EventGridListenerAnnotationBeanPostProcessor;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The guide to listeners shows code that compiles, and that does what the guide says.
 */
class ListenerGuideTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Path GUIDE = Path.of("../docs/listener.md");

	private static final Path SNIPPETS = Path
		.of("src/test/java/dev/reactiveazure/eventgrid/docs/ListenerGuideSnippets.java");

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private AzureEmulator emulator;

	private EventGridNamespaceClient client;

	private EventGridTemplate template;

	@BeforeEach
	void start() {
		this.emulator = AzureEmulator.builder()
			.tables(false)
			.subscription("orders/billing")
			.subscription("orders/printing")
			.subscription("orders/stock")
			.subscription("payments/accounts")
			.subscription("orders/mails")
			.subscription("orders/archive")
			.subscription("orders/shipping")
			.subscription("orders/nightly")
			.subscription("orders/imports")
			.subscription("orders/labels")
			.subscription("orders/invoices")
			.subscription("invoiced/all")
			.start();
		this.client = EventGridNamespaceClient.builder()
			.endpoint(this.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
			.build();
		this.template = new EventGridTemplate(this.client,
				new CloudEventFactory(JsonMapper.shared(), URI.create("/shop")),
				new PayloadConverter(JsonMapper.shared()));
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	void showsOnlyCodeThatCompiles() throws IOException {
		String compiled = withoutWhitespace(Files.readString(SNIPPETS));
		List<String> blocks = JAVA_BLOCK.matcher(Files.readString(GUIDE))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
		assertThat(blocks).hasSizeGreaterThan(12)
			.allSatisfy((block) -> assertThat(compiled).contains(withoutWhitespace(block)));
	}

	private static String withoutWhitespace(String text) {
		return text.replaceAll("\\s+", "");
	}

	@Test
	void listensAsItSays() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(EventGridListenerRegistry.class);
			context.registerBean(EventGridListenerContainerFactory.class, () -> ListenerGuideSnippets
				.meters(ListenerGuideSnippets.errors(EventGridListenerContainerFactory.builder((name) -> this.client),
						this.template), new SimpleMeterRegistry())
				.build());
			context.registerBean(PayloadConverter.class, () -> new PayloadConverter(JsonMapper.shared()));
			context.registerBean(EventGridListenerAnnotationBeanPostProcessor.class);
			context.registerBean("billing", ListenerGuideSnippets.Billing.class);
			context.registerBean(ListenerGuideSnippets.Printing.class);
			context.registerBean(ListenerGuideSnippets.Stock.class);
			context.registerBean(ListenerGuideSnippets.Accounts.class);
			context.registerBean(ListenerGuideSnippets.Idempotent.class);
			context.registerBean(ListenerGuideSnippets.Manual.class);
			context.registerBean(ListenerGuideSnippets.Deciding.class);
			context.registerBean(ListenerGuideSnippets.Importing.class);
			context.registerBean(ListenerGuideSnippets.Labels.class);
			context.registerBean(ListenerGuideSnippets.Replying.class);
			context.registerBean(EventGridTemplate.class, () -> this.template);
			context.refresh();
			ListenerGuideSnippets.pause(context.getBean(EventGridListenerRegistry.class));
			this.template.publish("orders", new ListenerGuideSnippets.OrderPlaced("7", BigDecimal.ZERO)).block(LIMIT);
			this.template.publish("payments", new ListenerGuideSnippets.Payment("7", BigDecimal.ZERO)).block(LIMIT);
			await().atMost(LIMIT).untilAsserted(() -> {
				assertThat(List.of("billing", "printing", "stock", "mails", "archive", "shipping", "imports", "labels",
						"invoices"))
					.allSatisfy((subscription) -> assertThat(remaining("orders", subscription)).isZero());
				assertThat(remaining("payments", "accounts")).isZero();
				assertThat(remaining("invoiced", "all")).isEqualTo(1);
			});
		}
	}

	private int remaining(String topic, String subscription) {
		return this.emulator.eventGrid().pendingCount(topic, subscription)
				+ this.emulator.eventGrid().openLocks(topic, subscription).size();
	}

	@Test
	void pollsAsItSays() {
		ListenerGuideSnippets.block(this.template);
		assertThat(remaining("orders", "nightly")).isZero();
		this.template.publish("orders", new ListenerGuideSnippets.OrderPlaced("7", BigDecimal.ZERO)).block(LIMIT);
		ListenerGuideSnippets.fetch(this.template).block(LIMIT);
		assertThat(remaining("orders", "nightly")).isZero();
		this.template.publish("orders", new ListenerGuideSnippets.OrderPlaced("7", BigDecimal.ZERO)).block(LIMIT);
		ListenerGuideSnippets.process(this.template).blockLast(LIMIT);
		assertThat(remaining("orders", "nightly")).isZero();
	}

}
