package dev.reactiveazure.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridBasicAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridBasicClientCustomizer;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridNamespaceClientCustomizer;
import dev.reactiveazure.autoconfigure.tables.TableServiceClientCustomizer;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.ClientSettings;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.tables.ReadLocation;
import dev.reactiveazure.tables.SignatureScheme;
import dev.reactiveazure.tables.TableServiceKind;
import dev.reactiveazure.tables.query.ScanPolicy;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import dev.reactiveazure.tables.UpdateMode;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each property, set to another value than its default, arrives where it belongs. A
 * property that is added without a test of that fails {@link #eachPropertyIsTested()}.
 */
class PropertyBindingTests {

	private static final String KEY = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private static final Map<String, String> LISTENER = Map.ofEntries(Map.entry("concurrency", "3"),
			Map.entry("max-in-flight", "5"), Map.entry("max-events", "12"), Map.entry("max-polls", "2"),
			Map.entry("max-wait", "10s"), Map.entry("poll-ahead", "true"), Map.entry("on-auth-failure", "stop"),
			Map.entry("lock-duration", "90s"), Map.entry("max-lock-duration", "5m"),
			Map.entry("cancel-on-lock-loss", "false"), Map.entry("shutdown-timeout", "7s"),
			Map.entry("pause-grace", "3s"), Map.entry("settlement-linger", "1ms"), Map.entry("settlement-batch", "11"),
			Map.entry("ack-mode", "manual"), Map.entry("min-backoff", "2s"), Map.entry("max-backoff", "9s"),
			Map.entry("release-delays", "0s,1h"), Map.entry("max-deliveries", "6"), Map.entry("dead-lettered", "true"),
			Map.entry("max-fatal-in-a-row", "4"), Map.entry("open-poll-on-stop", "await"),
			Map.entry("keep-alive", "false"), Map.entry("phase", "7"), Map.entry("on-startup-failure", "continue"),
			Map.entry("gate.failures", "8"), Map.entry("gate.min-backoff", "4s"), Map.entry("gate.max-backoff", "40s"));

	private static final Map<String, String> HTTP = Map.of("max-connections", "7", "pending-acquire-max-count", "8",
			"pending-acquire-timeout", "9s", "connect-timeout", "11s", "max-idle-time", "12s", "response-timeout",
			"13s", "max-response-size", "14KB");

	private static final Map<String, String> RETRY = Map.of("max-retries", "1", "delay", "2s", "multiplier", "3",
			"max-delay", "4s", "jitter", "0.25", "timeout", "5s", "budget", "0.75");

	private static final Map<String, String> TABLES_CLIENT = Map.of("read-location", "primary-then-secondary", "kind",
			"cosmos", "api-version", "2019-02-02", "audience", "https://cosmos.azure.us", "signature-scheme",
			"shared-key-lite", "secondary-endpoint", "https://second.example.com", "account-name", "shop");

	private static final Map<String, String> TABLES_TEMPLATE = Map.of("create-tables", "true", "update-mode", "merge",
			"scan-policy", "refuse", "modify-attempts", "7", "read-concurrency", "8");

	private static final Map<String, String> EVENTGRID_CLIENT = Map.of("api-version", "2030-01-01", "audience",
			"https://eventgrid.azure.us", "trace-events", "false");

	/** Properties with a story of their own, and the tests that tell it. */
	private static final Map<String, String> ELSEWHERE = elsewhere();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TablesAutoConfiguration.class, EventGridAutoConfiguration.class,
				EventGridBasicAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
				"azure.tables.endpoint=https://tables.example.com", "azure.tables.account-name=other",
				"azure.tables.account-key=" + KEY, "azure.eventgrid.endpoint=https://shop.example.com",
				"azure.eventgrid.access-key=" + KEY);

	private static Map<String, String> elsewhere() {
		Map<String, String> tests = new TreeMap<>();
		String tables = "tables/TablesAutoConfigurationTests";
		String eventGrid = "eventgrid/EventGridAutoConfigurationTests";
		String entra = "entra.";
		tests.put("azure.tables.connection-string", tables);
		tests.put("azure.tables.endpoint", tables);
		tests.put("azure.tables.account-key", tables);
		tests.put("azure.tables.sas-token", tables);
		tests.put("azure.tables.account-key-file", "CredentialsTests");
		tests.put("azure.tables.secondary-account-key", "CredentialsTests");
		tests.put("azure.tables.secondary-account-key-file", "CredentialsTests");
		tests.put("azure.tables.sas-token-file", "KeyRotationTests");
		tests.put("azure.tables.credential-reload-interval", "CredentialsTests");
		tests.put("azure.tables.connections", "NamedConnectionsTests");
		tests.put("azure.eventgrid.endpoint", eventGrid);
		tests.put("azure.eventgrid.access-key", eventGrid);
		tests.put("azure.eventgrid.template.source", eventGrid);
		tests.put("azure.eventgrid.access-key-file", "CredentialsTests");
		tests.put("azure.eventgrid.secondary-access-key", "CredentialsTests");
		tests.put("azure.eventgrid.secondary-access-key-file", "CredentialsTests");
		tests.put("azure.eventgrid.sas-token", "CredentialsTests");
		tests.put("azure.eventgrid.sas-token-file", "KeyRotationTests");
		tests.put("azure.eventgrid.credential-reload-interval", "CredentialsTests");
		tests.put("azure.eventgrid.connections", "NamedConnectionsTests");
		tests.put("azure.eventgrid.destinations", "eventgrid/LogicalDestinationTests");
		tests.put("azure.eventgrid.kind", "eventgrid/BasicTierTests");
		tests.put("azure.eventgrid.schema", "eventgrid/BasicTierTests");
		tests.put("azure.eventgrid.channel", "eventgrid/BasicTierTests");
		tests.put("azure.eventgrid.max-events-per-second", "eventgrid/EventGridAutoConfigurationTests");
		for (String property : Set.of("credential", "tenant-id", "client-id", "client-secret", "certificate-path",
				"certificate-password", "token-file-path", "authority-host")) {
			tests.put("azure.tables." + entra + property, "CredentialsTests");
		}
		tests.put("azure.tables.http.ssl.bundle", "SslReloadTests");
		tests.put("azure.eventgrid.http.ssl.bundle", "SslReloadTests");
		for (String property : Set.of("enabled", "tables-port", "eventgrid-port", "lock-duration", "max-delivery-count",
				"subscriptions")) {
			tests.put("azure.emulator." + property, "emulator/EmulatorAutoConfigurationTests");
		}
		tests.put("management.health.azure-tables.enabled", "tables/health/TablesHealthTests");
		tests.put("management.health.azure-eventgrid-listeners.enabled", "eventgrid/actuate/EventGridActuatorTests");
		tests.put("management.health.azure-emulator.enabled", "emulator/EmulatorAutoConfigurationTests");
		tests.put("management.info.azure-emulator.enabled", "emulator/EmulatorAutoConfigurationTests");
		tests.put("management.endpoint.eventgridlisteners.access", "eventgrid/actuate/EventGridActuatorTests");
		return tests;
	}

	@Test
	void eachPropertyIsTested() {
		Set<String> here = Stream
			.of(values("azure.tables.", TABLES_CLIENT), values("azure.eventgrid.", EVENTGRID_CLIENT),
					values("azure.tables.template.", TABLES_TEMPLATE), values("azure.eventgrid.listener.", LISTENER),
					ofEachService("http.", HTTP), ofEachService("retry.", RETRY),
					ofEachService("http.proxy.", Map.of("host", "", "port", "", "username", "", "password", "")),
					values("azure.eventgrid.entra.", entraProperties()))
			.flatMap(Arrays::stream)
			.map((pair) -> pair.substring(0, pair.indexOf('=')))
			.collect(Collectors.toSet());
		assertThat(ConfigurationMetadataTests.names()).filteredOn((name) -> !name.contains(".cache."))
			.allSatisfy((name) -> assertThat(here.contains(name) || ELSEWHERE.containsKey(name)).as(name).isTrue());
	}

	@Test
	void theTestsThatAreNamedSetTheirProperties() {
		assertThat(ELSEWHERE).allSatisfy((property, test) -> {
			Path file = Path.of("src/test/java/dev/reactiveazure/autoconfigure", test + ".java");
			assertThat(file).content().contains(property);
		});
	}

	@Test
	void thoseOfListenersReachTheirContainers() {
		this.runner.withPropertyValues(values("azure.eventgrid.listener.", LISTENER)).run((context) -> {
			Map<String, Object> defaults = leaves(ContainerOptions.defaults());
			Map<String, Object> bound = leaves(context.getBean(EventGridListenerContainerFactory.class).options());
			assertThat(bound).hasSameSizeAs(LISTENER)
				.allSatisfy((option, value) -> assertThat(value).as(option).isNotEqualTo(defaults.get(option)));
		});
	}

	@Test
	void thoseOfTheTablesClientReachItsBuilder() {
		Map<String, Object> seen = new ConcurrentHashMap<>();
		this.runner.withPropertyValues(values("azure.tables.", TABLES_CLIENT))
			.withBean(TableServiceClientCustomizer.class, () -> (builder) -> seen.putAll(Map.of("settings",
					settings(builder), "readLocation", field(builder, "readLocation"), "kind", field(builder, "kind"),
					"signatureScheme", field(builder, "signatureScheme"), "secondaryEndpoint",
					String.valueOf(field(builder, "secondaryEndpoint")), "accountName", field(builder, "accountName"))))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				ClientSettings settings = (ClientSettings) seen.remove("settings");
				assertThat(settings).extracting(ClientSettings::apiVersion, ClientSettings::audience)
					.containsExactly("2019-02-02", "https://cosmos.azure.us");
				assertThat(seen).containsEntry("readLocation", ReadLocation.PRIMARY_THEN_SECONDARY)
					.containsEntry("kind", TableServiceKind.COSMOS)
					.containsEntry("signatureScheme", SignatureScheme.SHARED_KEY_LITE)
					.containsEntry("accountName", "shop")
					.hasEntrySatisfying("secondaryEndpoint",
							(secondary) -> assertThat(secondary.toString()).contains("second.example.com"));
			});
	}

	@Test
	void thoseOfTheNamespaceClientReachItsBuilder() {
		Map<String, Object> seen = new ConcurrentHashMap<>();
		this.runner.withPropertyValues(values("azure.eventgrid.", EVENTGRID_CLIENT))
			.withBean(EventGridNamespaceClientCustomizer.class,
					() -> (builder) -> seen
						.putAll(Map.of("settings", settings(builder), "traceEvents", field(builder, "traceEvents"))))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat((ClientSettings) seen.get("settings"))
					.extracting(ClientSettings::apiVersion, ClientSettings::audience)
					.containsExactly("2030-01-01", "https://eventgrid.azure.us");
				assertThat(seen).containsEntry("traceEvents", false);
			});
	}

	@Test
	void thoseOfTheBasicClientReachItsBuilder() {
		Map<String, ClientSettings> seen = new ConcurrentHashMap<>();
		this.runner.withPropertyValues(values("azure.eventgrid.", EVENTGRID_CLIENT))
			.withPropertyValues("azure.eventgrid.kind=topic",
					"azure.eventgrid.endpoint=https://shop.example.com/api/events")
			.withBean(EventGridBasicClientCustomizer.class, () -> (builder) -> seen.put("settings", settings(builder)))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(seen.get("settings")).extracting(ClientSettings::apiVersion, ClientSettings::audience)
					.containsExactly("2030-01-01", "https://eventgrid.azure.us");
			});
	}

	@Test
	void thoseOfTheTableTemplateReachIt() {
		this.runner.withPropertyValues(values("azure.tables.template.", TABLES_TEMPLATE)).run((context) -> {
			Object settings = field(context.getBean(TableTemplate.class), "settings");
			assertThat(field(settings, "options")).isEqualTo(TableTemplateOptions.defaults()
				.withCreateTables(true)
				.withUpdateMode(UpdateMode.MERGE)
				.withScanPolicy(ScanPolicy.REFUSE)
				.withModifyAttempts(7)
				.withReadConcurrency(8));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "azure.tables.", "azure.eventgrid." })
	void thoseOfHttpAndRetriesReachClientAndPool(String service) {
		Map<String, ClientSettings> clients = new ConcurrentHashMap<>();
		Map<String, HttpClient> pools = new ConcurrentHashMap<>();
		this.runner.withPropertyValues(values(service + "http.", HTTP))
			.withPropertyValues(values(service + "retry.", RETRY))
			.withBean(TableServiceClientCustomizer.class,
					() -> (builder) -> clients.put("azure.tables.", settings(builder)))
			.withBean(EventGridNamespaceClientCustomizer.class,
					() -> (builder) -> clients.put("azure.eventgrid.", settings(builder)))
			.withBean(AzureHttpClientCustomizer.class, () -> (pool, client) -> {
				pools.put(pool.replaceFirst("azure-(\\w+)", "azure.$1."), client);
				return client;
			})
			.run((context) -> {
				assertThat(context).hasNotFailed();
				ClientSettings settings = clients.get(service);
				assertThat(settings).isNotNull();
				assertThat(settings.options()).isEqualTo(new ClientOptions(
						Duration.ofSeconds(13), 14 * 1024, new RetryOptions(1, Duration.ofSeconds(2), 3,
								Duration.ofSeconds(4), 0.25, Duration.ofSeconds(5), 0.75),
						settings.options().configuredBy()));
				assertThat(pools.get(service)).isNotNull()
					.extracting(HttpClient::configuration)
					.satisfies((configuration) -> {
						assertThat(configuration.connectionProvider().maxConnections()).isEqualTo(7);
						assertThat(configuration.options()).hasEntrySatisfying(ChannelOption.CONNECT_TIMEOUT_MILLIS,
								(timeout) -> assertThat(timeout).isEqualTo(11_000));
					});
				assertThat(poolOptions(context, service)).isEqualTo(
						new PoolOptions(7, 8, Duration.ofSeconds(9), Duration.ofSeconds(11), Duration.ofSeconds(12)));
			});
	}

	private static PoolOptions poolOptions(ApplicationContext context, String service) {
		HttpProperties http = Binder.get(context.getEnvironment())
			.bind(service + "http", Bindable.of(HttpProperties.class))
			.get();
		return new ClientOptionsMapper(service, http, new RetryProperties()).poolOptions();
	}

	private static Map<String, String> entraProperties() {
		return ELSEWHERE.keySet()
			.stream()
			.filter((name) -> name.startsWith("azure.tables.entra."))
			.collect(Collectors.toMap((name) -> name.substring("azure.tables.entra.".length()), (name) -> ""));
	}

	private static String[] ofEachService(String group, Map<String, String> properties) {
		return Stream.of("azure.tables.", "azure.eventgrid.")
			.flatMap((service) -> Arrays.stream(values(service + group, properties)))
			.toArray(String[]::new);
	}

	private static String[] values(String prefix, Map<String, String> properties) {
		return properties.entrySet()
			.stream()
			.map((entry) -> prefix + entry.getKey() + "=" + entry.getValue())
			.toArray(String[]::new);
	}

	private static ClientSettings settings(Object builder) {
		ClientSettings settings = ReflectionTestUtils.invokeMethod(builder, "settings");
		assertThat(settings).isNotNull();
		return settings;
	}

	private static Object field(Object target, String name) {
		Object value = ReflectionTestUtils.getField(target, name);
		assertThat(value).as(name).isNotNull();
		return value;
	}

	private static Map<String, Object> leaves(Object options) {
		Map<String, Object> leaves = new TreeMap<>();
		collect("", options, leaves);
		return leaves;
	}

	private static void collect(String prefix, Object options, Map<String, Object> leaves) {
		for (RecordComponent component : options.getClass().getRecordComponents()) {
			Object value = value(options, component);
			if (component.getType().isRecord() && value != null) {
				collect(prefix + component.getName() + ".", value, leaves);
			}
			else {
				leaves.put(prefix + component.getName(), String.valueOf(value));
			}
		}
	}

	private static @Nullable Object value(Object options, RecordComponent component) {
		try {
			return component.getAccessor().invoke(options);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
