package dev.reactiveazure.autoconfigure.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridBasicAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridConnectionDetails;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AzureCredential;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.ResourcePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EmulatorAutoConfigurationTests {

	private static final String CONNECTION = "azure.tables.connection-string=AccountName=shop;AccountKey=c2VjcmV0";

	private static final String[] NAMESPACE = { "azure.eventgrid.endpoint=https://shop.example.com",
			"azure.eventgrid.access-key=secret" };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, TablesAutoConfiguration.class,
				EventGridAutoConfiguration.class, EventGridBasicAutoConfiguration.class));

	private final ApplicationContextRunner enabled = this.runner.withPropertyValues("azure.emulator.enabled=true");

	@Test
	void suppliesBothConnectionsOnLoopbackPorts() {
		this.enabled.run((context) -> {
			String tables = context.getBean(TablesConnectionDetails.class).getEndpoint().address();
			String eventGrid = context.getBean(EventGridConnectionDetails.class).getEndpoint().address();
			assertThat(tables).startsWith("http://127.0.0.1:").endsWith("/devstoreaccount1");
			assertThat(eventGrid).startsWith("http://127.0.0.1:");
			EmbeddedEmulator emulator = context.getBean(EmbeddedEmulator.class);
			assertThat(emulator.tablesEndpoint()).isEqualTo(tables);
			assertThat(emulator.eventGridEndpoint()).isEqualTo(eventGrid);
		});
	}

	@Test
	void saysSoInTheLogWithoutTheKey(CapturedOutput output) {
		this.enabled.run((context) -> {
			AzureCredential credential = context.getBean(EventGridConnectionDetails.class).getCredential();
			assertThat(output).contains("Azure Table storage is EMULATED in this process at http://127.0.0.1:")
				.contains("Azure Event Grid is EMULATED")
				.doesNotContain("Eby8vdM02x")
				.doesNotContain(((AzureCredential.AccessKey) credential).key());
		});
	}

	@Test
	void endsWithTheContext() throws IOException {
		int[] port = new int[1];
		this.enabled.run((context) -> port[0] = context.getBean(TablesConnectionDetails.class).getEndpoint().port());
		try (ServerSocket socket = new ServerSocket(port[0])) {
			assertThat(socket.isBound()).isTrue();
		}
	}

	@Test
	void listensForEventsOnThePortItIsGiven() throws IOException {
		int free = freePort();
		this.enabled.withPropertyValues("azure.emulator.eventgrid-port=" + free)
			.run((context) -> assertThat(context.getBean(EventGridConnectionDetails.class).getEndpoint().port())
				.isEqualTo(free));
	}

	@Test
	void usesThePropertiesItIsGiven() throws IOException {
		int free = freePort();
		this.enabled
			.withPropertyValues("azure.emulator.tables-port=" + free, "azure.emulator.lock-duration=70s",
					"azure.emulator.max-delivery-count=3", "azure.emulator.subscriptions=orders/billing,orders/totals")
			.run((context) -> {
				EmbeddedEmulator emulator = context.getBean(EmbeddedEmulator.class);
				assertThat(emulator.tablesEndpoint()).contains(":" + free + "/");
				assertThat(emulator.startEventGrid().eventGrid().pendingCount("orders", "billing")).isZero();
				assertThat(emulator.startEventGrid().eventGrid().pendingCount("orders", "totals")).isZero();
				assertThat(context.getBean(EmulatorProperties.class).getLockDuration())
					.isEqualTo(Duration.ofSeconds(70));
			});
	}

	@Test
	void refusesASubscriptionWithoutTopic() {
		this.enabled.withPropertyValues("azure.emulator.subscriptions=billing")
			.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
				.hasMessageContaining("'azure.emulator.*'")
				.hasMessageContaining("billing"));
	}

	@Test
	void appliesCustomizersToEachService() {
		AtomicInteger calls = new AtomicInteger();
		this.enabled.withBean(EmulatorCustomizer.class, () -> (builder) -> calls.incrementAndGet())
			.run((context) -> assertThat(calls).hasValue(2));
	}

	@Test
	void namesThePropertyOfAPortInUse() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.enabled.withPropertyValues("azure.emulator.tables-port=" + taken.getLocalPort())
				.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
						"cannot listen on port " + taken.getLocalPort() + " of 'azure.emulator.tables-port'"));
		}
	}

	@Nested
	class Guards {

		@Test
		void startsNothingUnlessEnabled() {
			runner.run((context) -> assertThat(cause(context)).hasMessageContaining("No connection to"));
		}

		@Test
		void startsNeitherServiceBesideConfiguredConnections(CapturedOutput output) {
			enabled.withPropertyValues(CONNECTION).withPropertyValues(NAMESPACE).run((context) -> {
				assertThat(context.getBean(EmbeddedEmulator.class).tablesEndpoint()).isNull();
				assertThat(context.getBean(EmbeddedEmulator.class).eventGridEndpoint()).isNull();
				assertThat(output).doesNotContain("EMULATED");
			});
		}

		@Test
		void startsOnlyTheServiceThatIsNotConfigured() {
			enabled.withPropertyValues(CONNECTION).run((context) -> {
				assertThat(context.getBean(EmbeddedEmulator.class).tablesEndpoint()).isNull();
				assertThat(context.getBean(EmbeddedEmulator.class).eventGridEndpoint()).isNotNull();
				assertThat(context.getBean(TablesConnectionDetails.class).getEndpoint().address())
					.isEqualTo("https://shop.table.core.windows.net");
			});
		}

		@Test
		void neverStartsOnACloudPlatform() {
			enabled.withPropertyValues("spring.main.cloud-platform=kubernetes")
				.run((context) -> assertThat(cause(context)).isInstanceOf(EmulatorNotPermittedException.class)
					.hasMessageContaining("KUBERNETES")
					.hasMessageContaining("'azure.emulator.enabled'"));
		}

		@Test
		void startsWhereSomebodySaysThatThereIsNoCloudPlatform() {
			enabled.withPropertyValues("spring.main.cloud-platform=none")
				.run((context) -> assertThat(context).hasNotFailed());
		}

		@Test
		void doesNotMindACloudPlatformWhenConnectionsAreConfigured() {
			enabled.withPropertyValues("spring.main.cloud-platform=kubernetes", CONNECTION)
				.withPropertyValues(NAMESPACE)
				.run((context) -> assertThat(context).hasNotFailed());
		}

		@Test
		void neverStartsBecauseThePackageItselfSaysSo(@TempDir Path directory) throws IOException {
			try (URLClassLoader packaged = packaged(directory)) {
				runner.withInitializer((context) -> addSource(context, fromPackage(packaged)))
					.run((context) -> assertThat(cause(context)).isInstanceOf(EmulatorNotPermittedException.class)
						.hasMessageContaining("the application is packaged")
						.hasMessageContaining("packaged.properties"));
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "file:/workspace/BOOT-INF/classes/application.yaml",
				"file:/opt/tomcat/webapps/shop/WEB-INF/classes/application.yaml",
				"file:/app/resources/application.yaml" })
		void neverStartsBecauseAnUnpackedPackageSaysSo(String location) throws IOException {
			Origin origin = new TextResourceOrigin(new UrlResource(URI.create(location)), null);
			PropertySource<?> source = new OriginTrackedMapPropertySource("unpacked",
					Map.of("azure.emulator.enabled", OriginTrackedValue.of("true", origin)));
			runner.withInitializer((context) -> addSource(context, source))
				.run((context) -> assertThat(cause(context)).isInstanceOf(EmulatorNotPermittedException.class)
					.hasMessageContaining("application.yaml"));
		}

		@Test
		void neverStartsBecauseAPropertySourceInThePackageSaysSo(@TempDir Path directory) throws IOException {
			try (URLClassLoader packaged = packaged(directory)) {
				PropertySource<?> source = new ResourcePropertySource(
						new ClassPathResource("packaged.properties", packaged));
				runner.withInitializer((context) -> addSource(context, source))
					.run((context) -> assertThat(cause(context)).isInstanceOf(EmulatorNotPermittedException.class));
			}
		}

		@Test
		void startsWhenSomebodyOutsideThePackageSaysSo(@TempDir Path directory) throws IOException {
			try (URLClassLoader packaged = packaged(directory)) {
				enabled.withInitializer((context) -> addSource(context, fromPackage(packaged)))
					.run((context) -> assertThat(context).hasNotFailed());
			}
		}

		@Test
		void startsWhenAFileBesideTheClassesSaysSo(@TempDir Path directory) throws IOException {
			Path file = directory.resolve("packaged.properties");
			Files.writeString(file, "azure.emulator.enabled=true");
			try (URLClassLoader classes = new URLClassLoader(new URL[] { directory.toUri().toURL() }, null)) {
				runner.withInitializer((context) -> addSource(context, fromPackage(classes)))
					.run((context) -> assertThat(context).hasNotFailed());
			}
		}

		@Test
		void saysWhatIsMissingWhenTheEmulatorIsNotThere() {
			enabled.withClassLoader(new FilteredClassLoader("dev.reactiveazure.emulator"))
				.run((context) -> assertThat(cause(context)).hasMessageContaining("No connection to")
					.hasMessageContaining("'azure.emulator.enabled' is true")
					.hasMessageContaining("'dev.reactiveazure:reactiveazure-emulator'"));
		}

		private URLClassLoader packaged(Path directory) throws IOException {
			Path jar = directory.resolve("app.jar");
			try (OutputStream file = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(file)) {
				entries.putNextEntry(new JarEntry("packaged.properties"));
				entries.write("azure.emulator.enabled=true".getBytes(StandardCharsets.UTF_8));
				entries.closeEntry();
			}
			return new URLClassLoader(new URL[] { jar.toUri().toURL() }, null);
		}

		private PropertySource<?> fromPackage(ClassLoader classLoader) {
			try {
				return new PropertiesPropertySourceLoader()
					.load("packaged", new ClassPathResource("packaged.properties", classLoader))
					.get(0);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private void addSource(ConfigurableApplicationContext context, PropertySource<?> source) {
			context.getEnvironment().getPropertySources().addLast(source);
		}

	}

	@Nested
	class Actuator {

		@Test
		void showsWhatIsEmulated() {
			enabled.withPropertyValues(CONNECTION).run((context) -> {
				Info.Builder info = new Info.Builder();
				context.getBean("azureEmulatorInfoContributor", InfoContributor.class).contribute(info);
				assertThat(info.build().getDetails().toString())
					.contains("azure-emulator", "eventgrid=http://127.0.0.1")
					.doesNotContain("tables");
				Health health = context.getBean("azureEmulatorHealthIndicator", HealthIndicator.class).health(true);
				assertThat(health).isNotNull();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("eventgrid", "emulated")
					.containsEntry("tables", "not emulated");
			});
		}

		@Test
		void canBeSwitchedOff() {
			enabled
				.withPropertyValues("management.health.azure-emulator.enabled=false",
						"management.info.azure-emulator.enabled=false")
				.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class)
					.doesNotHaveBean(InfoContributor.class));
		}

		@Test
		void isNotNeeded() {
			enabled
				.withClassLoader(
						new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(EmbeddedEmulator.class)
					.doesNotHaveBean("azureEmulatorHealthIndicator")
					.doesNotHaveBean("azureEmulatorInfoContributor"));
		}

	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static Throwable cause(AssertableApplicationContext context) {
		Throwable cause = context.getStartupFailure();
		assertThat(cause).isNotNull();
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

}
