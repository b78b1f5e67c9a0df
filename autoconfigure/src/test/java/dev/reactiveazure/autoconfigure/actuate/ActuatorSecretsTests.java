package dev.reactiveazure.autoconfigure.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No answer of the actuator has a secret in it, even where it shows all values and all
 * details, and while all connections are refused.
 */
class ActuatorSecretsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String ACCOUNT_KEY = "YWNjb3VudC1rZXktdGhhdC1ub2JvZHktbWF5LXNlZQ==";

	private static final String SECOND_ACCOUNT_KEY = "c2Vjb25kLWFjY291bnQta2V5LXRoYXQtbm9ib2R5LW1heS1zZWU=";

	private static final String ACCESS_KEY = "access-key-that-nobody-may-see";

	private static final String SECOND_ACCESS_KEY = "second-access-key-that-nobody-may-see";

	private static final String SIGNATURE = "signature-that-nobody-may-see";

	private static final String CLIENT_SECRET = "client-secret-that-nobody-may-see";

	private static final String PROXY_PASSWORD = "proxy-password-that-nobody-may-see";

	private static final List<String> SECRETS = List.of(ACCOUNT_KEY, SECOND_ACCOUNT_KEY, ACCESS_KEY, SECOND_ACCESS_KEY,
			SIGNATURE, CLIENT_SECRET, PROXY_PASSWORD);

	private static final AzureEmulator emulator = AzureEmulator.builder().subscription("orders/billing").start();

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.reactor.netty.shutdown-quiet-period=0s",
					"management.endpoints.web.exposure.include=*", "management.endpoint.env.show-values=always",
					"management.endpoint.configprops.show-values=always",
					"management.endpoint.health.show-details=always", "azure.tables.retry.max-retries=0",
					"azure.tables.endpoint=" + emulator.tablesEndpoint(), "azure.tables.account-name=devstoreaccount1",
					"azure.tables.account-key=" + ACCOUNT_KEY,
					"azure.tables.secondary-account-key=" + SECOND_ACCOUNT_KEY,
					"azure.tables.connections.audit.connection-string=TableEndpoint=" + emulator.tablesEndpoint()
							+ ";SharedAccessSignature=sv=2019-02-02&sig=" + SIGNATURE,
					"azure.tables.connections.report.endpoint=" + emulator.tablesEndpoint(),
					"azure.tables.connections.report.sas-token=sv=2019-02-02&sig=" + SIGNATURE,
					"azure.eventgrid.endpoint=" + emulator.eventGridEndpoint(),
					"azure.eventgrid.access-key=" + ACCESS_KEY,
					"azure.eventgrid.secondary-access-key=" + SECOND_ACCESS_KEY,
					"azure.eventgrid.listener.min-backoff=1ms", "azure.eventgrid.listener.max-backoff=1ms",
					"azure.eventgrid.connections.cloud.endpoint=https://cloud.example.com",
					"azure.eventgrid.connections.cloud.entra.credential=client-secret",
					"azure.eventgrid.connections.cloud.entra.tenant-id=tenant",
					"azure.eventgrid.connections.cloud.entra.client-id=client",
					"azure.eventgrid.connections.cloud.entra.client-secret=" + CLIENT_SECRET,
					"azure.eventgrid.connections.cloud.http.proxy.host=proxy.example.com",
					"azure.eventgrid.connections.cloud.http.proxy.username=ada",
					"azure.eventgrid.connections.cloud.http.proxy.password=" + PROXY_PASSWORD)
			.run();
	}

	@AfterAll
	static void close() {
		application.close();
		emulator.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "configprops", "health", "info", "eventgridlisteners", "beans", "conditions",
			"metrics", "loggers", "mappings", "scheduledtasks" })
	void noAnswerHasASecret(String endpoint) throws Exception {
		assertThat(answer(endpoint)).isNotEmpty()
			.satisfies((answer) -> assertThat(SECRETS).noneMatch(answer::contains));
	}

	@Test
	void valuesAreShownOtherwise() throws Exception {
		assertThat(answer("env")).contains("\"devstoreaccount1\"").contains("\"client\"");
		assertThat(answer("configprops")).contains("\"devstoreaccount1\"").contains("https://cloud.example.com");
	}

	@Test
	void refusalsAreShownWithoutWhatWasRefused() throws Exception {
		Flux.interval(Duration.ofMillis(5))
			.takeUntil((tick) -> application.getBean(EventGridListenerRegistry.class)
				.containers()
				.stream()
				.allMatch((container) -> container.status().failedReceives() >= 3))
			.blockLast(LIMIT);
		assertThat(answer("health")).contains("AuthenticationException").contains("azure.tables.account-key");
		assertThat(answer("eventgridlisteners")).contains("AuthenticationException");
		noAnswerHasASecret("health");
		noAnswerHasASecret("eventgridlisteners");
	}

	@Test
	void namesOfSecretsAreKnownInEveryForm() {
		SanitizingFunction sanitizing = application.getBean("azureSanitizingFunction", SanitizingFunction.class);
		assertThat(Stream.of("azure.tables.account-key", "azure.tables.accountKey", "AZURE_TABLES_ACCOUNT_KEY",
				"AZURE_TABLES_ACCOUNTKEY", "azure.tables.connections[audit].sas-token"))
			.allMatch((key) -> SanitizableData.SANITIZED_VALUE.equals(sanitized(sanitizing, key)));
		assertThat(Stream.of("azure.tables.account-key-file", "azure.tables.account-name", "my.account-key"))
			.allMatch((key) -> "value".equals(sanitized(sanitizing, key)));
	}

	private static Object sanitized(SanitizingFunction sanitizing, String key) {
		Object value = sanitizing.applyUnlessFiltered(new SanitizableData(null, key, "value")).getValue();
		return (value != null) ? value : "null";
	}

	private static String answer(String endpoint) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port")
				+ "/actuator/" + endpoint);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class Application {

		@EventGridListener(topic = "orders", subscription = "billing")
		void bill(String event) {
		}

	}

}
