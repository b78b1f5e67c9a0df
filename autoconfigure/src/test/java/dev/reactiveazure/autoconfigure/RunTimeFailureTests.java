package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.TableServiceClient;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the reader of a log sees when a configured connection does not work: the name of
 * the property, and never its secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunTimeFailureTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String WRONG = "d3Jvbmcta2V5LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private static final AzureEmulator emulator = AzureEmulator.builder().subscription("orders/billing").start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s", "azure.tables.retry.max-retries=0",
				"azure.eventgrid.retry.max-retries=0", "azure.tables.account-name=devstoreaccount1",
				"azure.tables.account-key=" + WRONG, "azure.tables.endpoint=" + emulator.tablesEndpoint(),
				"azure.eventgrid.access-key=" + WRONG, "azure.eventgrid.endpoint=" + emulator.eventGridEndpoint());

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void namesThePropertyOfAWrongAccountKey() {
		this.runner.run((context) -> fails(context.getBean(TableServiceClient.class).createTable("orders"),
				(error) -> assertThat(error).isInstanceOf(AuthenticationException.class)
					.hasMessageContaining("'azure.tables.endpoint' and 'azure.tables.account-key'")
					.hasMessageNotContaining(WRONG)));
	}

	@Test
	void namesThePropertyOfAWrongAccessKey() {
		this.runner.run((context) -> fails(context.getBean(EventGridTemplate.class).publish("orders", new Order("1")),
				(error) -> assertThat(error).isInstanceOf(AuthenticationException.class)
					.hasMessageContaining("'azure.eventgrid.endpoint' and 'azure.eventgrid.access-key'")
					.hasMessageNotContaining(WRONG)));
	}

	@Test
	void namesThePropertyOfAWrongAccessKeyInTheListenersLogAndStatus(CapturedOutput output) {
		this.runner.withUserConfiguration(Listener.class).run((context) -> {
			EventGridListenerContainer container = context.getBean(EventGridListenerRegistry.class)
				.containers()
				.iterator()
				.next();
			Throwable error = Flux.interval(Duration.ofMillis(20))
				.mapNotNull((tick) -> container.status().lastError())
				.blockFirst(LIMIT);
			assertThat(error).hasMessageContaining("'azure.eventgrid.access-key'");
			assertThat(output).contains("could not receive").contains("'azure.eventgrid.access-key'");
			assertThat(output).doesNotContain(WRONG);
		});
	}

	@Test
	void namesEndpointAndPropertyOfAnUnreachableStorage() throws IOException {
		String nobody = "http://127.0.0.1:" + closedPort();
		this.runner.withPropertyValues("azure.tables.endpoint=" + nobody)
			.run((context) -> fails(context.getBean(TableServiceClient.class).createTable("orders"),
					(error) -> assertThat(error).isInstanceOf(NotSentException.class)
						.hasMessageContaining(nobody)
						.hasMessageContaining("'azure.tables.endpoint'")
						.hasMessageNotContaining(WRONG)));
	}

	@Test
	void namesEndpointAndPropertyOfAnUnreachableNamespace() throws IOException {
		String nobody = "http://127.0.0.1:" + closedPort();
		this.runner.withPropertyValues("azure.eventgrid.endpoint=" + nobody)
			.run((context) -> fails(context.getBean(EventGridTemplate.class).publish("orders", new Order("1")),
					(error) -> assertThat(error).isInstanceOf(NotSentException.class)
						.hasMessageContaining(nobody)
						.hasMessageContaining("'azure.eventgrid.endpoint'")
						.hasMessageNotContaining(WRONG)));
	}

	@Test
	void endsCallsOfAClosedApplicationAsNotSent() {
		EventGridNamespaceClient[] client = new EventGridNamespaceClient[1];
		this.runner.run((context) -> client[0] = context.getBean(EventGridNamespaceClient.class));
		fails(Mono.defer(() -> client[0].receiver("orders", "billing").acknowledge(List.of("token"))),
				(error) -> assertThat(error).isInstanceOf(NotSentException.class).hasMessageContaining("closed"));
	}

	private static void fails(Publisher<?> call, ThrowingConsumer<Throwable> check) {
		StepVerifier.create(call).expectErrorSatisfies(check).verify(LIMIT);
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	record Order(String id) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class Listener {

		@EventGridListener(topic = "orders", subscription = "billing")
		void bill(Order order) {
		}

	}

}
