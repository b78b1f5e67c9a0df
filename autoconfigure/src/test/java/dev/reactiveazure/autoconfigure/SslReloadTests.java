package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.http.SelfSigned;
import dev.reactiveazure.eventgrid.listener.ContainerEvent;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.template.TableTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The services get other certificates, and Boot reloads the bundle that trusts them,
 * while an application works: nothing fails and no listener stops.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslReloadTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int ORDERS = 20;

	private static final String MODULE = "org.springframework.boot.http.client";

	private static final String AUTO_CONFIGURATIONS = Stream
		.of("HttpClientAutoConfiguration", "reactive.ReactiveHttpClientAutoConfiguration",
				"imperative.ImperativeHttpClientAutoConfiguration", "metrics.HttpClientMetricsAutoConfiguration",
				"service.HttpServiceClientPropertiesAutoConfiguration")
		.map((name) -> MODULE + ".autoconfigure." + name)
		.collect(Collectors.joining(","));

	private final SelfSigned first = SelfSigned.create(Instant.now());

	private final SelfSigned second = SelfSigned.create(Instant.now());

	@TempDir
	private Path directory;

	private Path trusted;

	private final AzureEmulator emulator = AzureEmulator.builder().subscription("orders/billing").start();

	private final TlsFront tables = new TlsFront(this.emulator.tablesEndpoint(), this.first);

	private final TlsFront eventGrid = new TlsFront(this.emulator.eventGridEndpoint(), this.first);

	@BeforeEach
	void trustTheFirst() throws Exception {
		this.trusted = this.directory.resolve("trusted.pem");
		trust(pem(this.first));
	}

	@AfterEach
	void close() {
		this.tables.close();
		this.eventGrid.close();
		this.emulator.close();
	}

	@ParameterizedTest(name = "with Boot's HTTP client module: {0}")
	@ValueSource(booleans = { true, false })
	void aReloadedBundleTrustsTheServersNewCertificateAndNothingFails(boolean module) throws Exception {
		try (ConfigurableApplicationContext context = run(module, "azure.tables.http.ssl.bundle=shop",
				"azure.eventgrid.http.ssl.bundle=shop")) {
			works(context, 0);
			reload(context);
			works(context, ORDERS);
			assertThat(this.tables.accepted()).as("connections to tables").isPositive();
			assertThat(this.eventGrid.accepted()).as("connections to Event Grid").isPositive();
			assertThat(context.getBean(Billing.class).containerEvents)
				.hasOnlyElementsOfType(ContainerEvent.Started.class)
				.hasSize(1);
		}
	}

	@Test
	void aBundleOfAllHttpClientsIsReloadedToo() throws Exception {
		try (ConfigurableApplicationContext context = run("spring.http.clients.ssl.bundle=shop")) {
			works(context, 0);
			reload(context);
			works(context, ORDERS);
		}
	}

	@Test
	void aBundleThatCannotBeUsedChangesNothingAndIsSaidInTheLog(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run("azure.tables.http.ssl.bundle=shop",
				"azure.eventgrid.http.ssl.bundle=shop")) {
			works(context, 0);
			context.getBean(SslBundleRegistry.class).updateBundle("shop", SslBundle.of(new NoStores()));
			works(context, ORDERS);
			assertThat(output).contains("'azure-tables' can't use the updated SSL bundle");
		}
	}

	/**
	 * Let the servers show their other certificate and wait until Boot has told its
	 * handlers, ours before the test's, that only this one is trusted.
	 */
	private void reload(ConfigurableApplicationContext context) throws Exception {
		Sinks.One<SslBundle> updated = Sinks.one();
		context.getBean(SslBundles.class)
			.addBundleUpdateHandler("shop", (bundle) -> updated.tryEmitValue(bundle).orThrow());
		this.tables.replace(this.second);
		this.eventGrid.replace(this.second);
		trust(pem(this.second));
		StepVerifier.create(updated.asMono()).expectNextCount(1).expectComplete().verify(LIMIT);
	}

	private static void works(ConfigurableApplicationContext context, int from) {
		StepVerifier.create(Flux.range(from, ORDERS).flatMap((number) -> place(context, number), 4))
			.expectNextCount(ORDERS)
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(context.getBean(Billing.class).billed.asFlux().distinct().take(from + ORDERS))
			.expectNextCount(from + ORDERS)
			.expectComplete()
			.verify(LIMIT);
	}

	private static Mono<Order> place(ConfigurableApplicationContext context, int number) {
		Order order = new Order("ada", Integer.toString(number));
		return context.getBean(TableTemplate.class)
			.insert(order)
			.delayUntil((stored) -> context.getBean(EventGridTemplate.class)
				.publish("orders", new OrderPlaced(stored.id())));
	}

	private ConfigurableApplicationContext run(String... bundle) {
		return run(true, bundle);
	}

	private ConfigurableApplicationContext run(boolean module, String... bundle) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class);
		if (!module) {
			application.resourceLoader(new DefaultResourceLoader(new FilteredClassLoader(MODULE)))
				.properties("spring.autoconfigure.exclude=" + AUTO_CONFIGURATIONS);
		}
		return application.web(WebApplicationType.NONE)
			.properties(bundle)
			.properties("azure.tables.endpoint=" + this.tables.endpoint(), "azure.tables.account-name=devstoreaccount1",
					"azure.tables.account-key=" + accountKey(), "azure.tables.template.create-tables=true",
					"azure.tables.retry.max-retries=0", "azure.eventgrid.endpoint=" + this.eventGrid.endpoint(),
					"azure.eventgrid.access-key=" + this.emulator.eventGridKey(), "azure.eventgrid.retry.max-retries=0",
					"spring.ssl.bundle.pem.shop.truststore.certificate=file:" + this.trusted,
					"spring.ssl.bundle.pem.shop.reload-on-update=true",
					"spring.ssl.bundle.watch.file.quiet-period=50ms", "spring.reactor.netty.shutdown-quiet-period=0s",
					"spring.main.banner-mode=off")
			.run();
	}

	private String accountKey() {
		String text = this.emulator.tablesConnectionString();
		String from = text.substring(text.indexOf("AccountKey=") + "AccountKey=".length());
		return from.substring(0, (from.indexOf(';') < 0) ? from.length() : from.indexOf(';'));
	}

	private void trust(String certificate) throws IOException {
		Path next = Files.writeString(this.directory.resolve("next.pem"), certificate);
		Files.move(next, this.trusted, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static String pem(SelfSigned certificate) throws CertificateEncodingException {
		return "-----BEGIN CERTIFICATE-----\n"
				+ Base64.getMimeEncoder().encodeToString(certificate.certificate().getEncoded())
				+ "\n-----END CERTIFICATE-----\n";
	}

	private static final class NoStores implements SslStoreBundle {

		@Override
		public @Nullable KeyStore getKeyStore() {
			return null;
		}

		@Override
		public @Nullable String getKeyStorePassword() {
			return null;
		}

		@Override
		public @Nullable KeyStore getTrustStore() {
			throw new IllegalStateException("there is no such store");
		}

	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id) {

	}

	record OrderPlaced(String id) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Billing.class)
	static class Application {

	}

	static class Billing {

		private final Sinks.Many<String> billed = Sinks.many().replay().all();

		private final Queue<ContainerEvent> containerEvents = new ConcurrentLinkedQueue<>();

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<Void> bill(OrderPlaced event) {
			return Mono
				.fromRunnable(() -> this.billed.emitNext(event.id(), Sinks.EmitFailureHandler.busyLooping(LIMIT)));
		}

		@EventListener
		void changed(ContainerEvent event) {
			this.containerEvents.add(event);
		}

	}

}
