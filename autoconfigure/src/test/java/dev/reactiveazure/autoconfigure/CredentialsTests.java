package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.azure.core.credential.TokenCredential;
import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridBasicAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridConnectionDetails;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.core.AccessToken;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.core.TokenSource;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.tables.TableServiceClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who an application is to the services, by properties, files and beans, and how that
 * changes while it runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class CredentialsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String KEY = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private static final String OTHER_KEY = "b3RoZXIta2V5LXRoYXQtbXVzdC1uZXZlci1zaG93";

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, TablesAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
				"azure.tables.endpoint=https://shop.table.core.windows.net");

	private final ApplicationContextRunner keyed = this.runner.withPropertyValues("azure.tables.account-name=shop");

	private final ApplicationContextRunner events = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, EventGridAutoConfiguration.class,
				EventGridBasicAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
				"azure.eventgrid.endpoint=https://shop.example.com");

	@Nested
	class Rotation {

		@Test
		void hasASecondKey() {
			keyed
				.withPropertyValues("azure.tables.account-key=" + KEY,
						"azure.tables.secondary-account-key=" + OTHER_KEY)
				.run((context) -> assertThat(rotating(context).second())
					.isEqualTo(new AzureCredential.SharedKey("shop", OTHER_KEY)));
		}

		@Test
		void hasASecondAccessKey() {
			events
				.withPropertyValues("azure.eventgrid.access-key=" + KEY,
						"azure.eventgrid.secondary-access-key=" + OTHER_KEY)
				.run((context) -> {
					AzureCredential credential = context.getBean(EventGridConnectionDetails.class).getCredential();
					assertThat(((RotatingCredential) credential).second())
						.isEqualTo(new AzureCredential.AccessKey(OTHER_KEY));
				});
		}

		@Test
		void hasASecondKeyBesideAConnectionString() {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TablesAutoConfiguration.class))
				.withPropertyValues("azure.tables.connection-string=AccountName=shop;AccountKey=" + KEY,
						"azure.tables.secondary-account-key=" + OTHER_KEY)
				.run((context) -> assertThat(rotating(context).second())
					.isEqualTo(new AzureCredential.SharedKey("shop", OTHER_KEY)));
		}

		@Test
		void refusesASecondKeyOfASignature() {
			runner
				.withPropertyValues("azure.tables.sas-token=sv=1&sig=secret",
						"azure.tables.secondary-account-key=" + OTHER_KEY)
				.run((context) -> assertThat(cause(context))
					.hasMessageContaining("'azure.tables.secondary-account-key'"));
		}

		@Test
		void worksWithTheSecondKeyWhereTheFirstIsRefused() {
			try (AzureEmulator emulator = AzureEmulator.builder().accountKey(OTHER_KEY).start()) {
				keyed
					.withPropertyValues("azure.tables.endpoint=" + emulator.tablesEndpoint(),
							"azure.tables.account-name=devstoreaccount1", "azure.tables.account-key=" + KEY,
							"azure.tables.secondary-account-key=" + OTHER_KEY)
					.run((context) -> StepVerifier
						.create(context.getBean(TableServiceClient.class).createTable("orders"))
						.expectComplete()
						.verify(LIMIT));
			}
		}

		@Test
		void readsPropertiesAgainWhenAnEventAsksForIt() {
			Map<String, Object> changing = new HashMap<>(Map.of("azure.tables.account-key", KEY));
			keyed
				.withInitializer((context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("vault", changing)))
				.run((context) -> {
					changing.put("azure.tables.account-key", OTHER_KEY);
					assertThat(rotating(context).current()).isEqualTo(new AzureCredential.SharedKey("shop", KEY));
					context.publishEvent(new CredentialsRefreshEvent(this));
					assertThat(rotating(context).current()).isEqualTo(new AzureCredential.SharedKey("shop", OTHER_KEY));
				});
		}

		@Test
		void keepsWhatItHasWhereTheNewValueIsAMistake(CapturedOutput output) {
			Map<String, Object> changing = new HashMap<>(Map.of("azure.tables.account-key", KEY));
			keyed
				.withInitializer((context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("vault", changing)))
				.run((context) -> {
					changing.put("azure.tables.account-key", "not*base64");
					context.publishEvent(new CredentialsRefreshEvent(this));
					assertThat(rotating(context).current()).isEqualTo(new AzureCredential.SharedKey("shop", KEY));
					assertThat(output).contains("'azure.tables.account-key'").doesNotContain("not*base64");
				});
		}

		@Test
		void readsItsFileAgainFromTimeToTime() throws IOException {
			Path file = Files.writeString(directory.resolve("key"), KEY + "\n");
			VirtualTimeScheduler time = VirtualTimeScheduler.create();
			AtomicReference<RotatingCredential> held = new AtomicReference<>();
			keyed.withBean(CredentialReload.class, () -> new CredentialReload(time))
				.withPropertyValues("azure.tables.account-key-file=" + file,
						"azure.tables.credential-reload-interval=10s")
				.run((context) -> {
					held.set(rotating(context));
					assertThat(rotating(context).current()).isEqualTo(new AzureCredential.SharedKey("shop", KEY));
					Files.writeString(file, OTHER_KEY);
					time.advanceTimeBy(Duration.ofSeconds(10));
					assertThat(rotating(context).current()).isEqualTo(new AzureCredential.SharedKey("shop", OTHER_KEY));
				});
			Files.writeString(file, KEY);
			time.advanceTimeBy(Duration.ofSeconds(20));
			assertThat(held.get()).as("the credential after the application has ended")
				.isNotNull()
				.extracting(RotatingCredential::current)
				.isEqualTo(new AzureCredential.SharedKey("shop", OTHER_KEY));
		}

		@Test
		void readsBothKeysOfAnAccountFromFiles() throws IOException {
			Path first = Files.writeString(directory.resolve("first"), KEY);
			Path second = Files.writeString(directory.resolve("second"), OTHER_KEY);
			keyed
				.withPropertyValues("azure.tables.account-key-file=" + first,
						"azure.tables.secondary-account-key-file=" + second)
				.run((context) -> {
					assertThat(rotating(context).current()).isEqualTo(new AzureCredential.SharedKey("shop", KEY));
					assertThat(rotating(context).second()).isEqualTo(new AzureCredential.SharedKey("shop", OTHER_KEY));
				});
		}

		@Test
		void readsBothAccessKeysFromFilesAgainFromTimeToTime() throws IOException {
			Path first = Files.writeString(directory.resolve("first"), KEY);
			Path second = Files.writeString(directory.resolve("second"), OTHER_KEY);
			VirtualTimeScheduler time = VirtualTimeScheduler.create();
			events.withBean(CredentialReload.class, () -> new CredentialReload(time))
				.withPropertyValues("azure.eventgrid.access-key-file=" + first,
						"azure.eventgrid.secondary-access-key-file=" + second,
						"azure.eventgrid.credential-reload-interval=5s")
				.run((context) -> {
					RotatingCredential credential = (RotatingCredential) context
						.getBean(EventGridConnectionDetails.class)
						.getCredential();
					assertThat(credential.current()).isEqualTo(new AzureCredential.AccessKey(KEY));
					assertThat(credential.second()).isEqualTo(new AzureCredential.AccessKey(OTHER_KEY));
					Files.writeString(first, "bmV3");
					time.advanceTimeBy(Duration.ofSeconds(5));
					assertThat(credential.current()).isEqualTo(new AzureCredential.AccessKey("bmV3"));
				});
		}

		@Test
		void takesASignatureOfTheBasicTier() {
			events
				.withPropertyValues("azure.eventgrid.kind=topic",
						"azure.eventgrid.endpoint=https://shop.example.com/api/events",
						"azure.eventgrid.sas-token=r=x&e=y&s=z")
				.run((context) -> assertThat(
						((RotatingCredential) context.getBean(EventGridConnectionDetails.class).getCredential())
							.current())
					.isEqualTo(new AzureCredential.Sas("r=x&e=y&s=z")));
		}

		@Test
		void refusesAFileThatIsNotThere() {
			keyed.withPropertyValues("azure.tables.account-key-file=" + directory.resolve("nothing"))
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.account-key-file'"));
		}

		@Test
		void refusesAKeyBesideItsFile() {
			keyed.withPropertyValues("azure.tables.account-key=" + KEY, "azure.tables.account-key-file=/key")
				.run((context) -> refusesBoth(context, "azure.tables.account-key", "azure.tables.account-key-file"));
		}

	}

	@Nested
	class Tokens {

		@Test
		void comeFromTheUsersSource() {
			runner.withBean(TokenSource.class, () -> (scope) -> Mono.just(new AccessToken("t", Instant.MAX)))
				.run((context) -> {
					TablesConnectionDetails details = context.getBean(TablesConnectionDetails.class);
					assertThat(details.getCredential()).isInstanceOf(AzureCredential.Token.class);
					assertThat(details.getDescription())
						.isEqualTo("'azure.tables.endpoint' and a bean that gives tokens");
				});
		}

		@Test
		void comeFromTheUsersCredentialOfAzuresLibrary() {
			OffsetDateTime end = OffsetDateTime.of(2030, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
			List<String> scopes = new ArrayList<>();
			TokenCredential own = (request) -> {
				scopes.addAll(request.getScopes());
				return Mono.just(new com.azure.core.credential.AccessToken("t", end));
			};
			runner.withBean(TokenCredential.class, () -> own).run((context) -> {
				AzureCredential.Token credential = (AzureCredential.Token) context
					.getBean(TablesConnectionDetails.class)
					.getCredential();
				StepVerifier.create(credential.source().token("https://storage.azure.com/.default"))
					.expectNext(new AccessToken("t", end.toInstant()))
					.expectComplete()
					.verify(LIMIT);
				assertThat(scopes).containsExactly("https://storage.azure.com/.default");
			});
		}

		@Test
		void comeFromTheDefaultChain() {
			runner.withPropertyValues("azure.tables.entra.credential=default")
				.run((context) -> isOf(context, "DefaultAzureCredential"));
		}

		@Test
		void comeFromAClientSecret() {
			runner
				.withPropertyValues("azure.tables.entra.credential=client-secret", "azure.tables.entra.tenant-id=t",
						"azure.tables.entra.client-id=c", "azure.tables.entra.client-secret=s",
						"azure.tables.entra.authority-host=https://login.microsoftonline.us")
				.run((context) -> isOf(context, "ClientSecretCredential"));
		}

		@Test
		void comeFromACertificate() throws IOException {
			Path certificate = Files.writeString(directory.resolve("client.pem"), "unread until it is needed");
			runner
				.withPropertyValues("azure.tables.entra.credential=client-certificate",
						"azure.tables.entra.tenant-id=t", "azure.tables.entra.client-id=c",
						"azure.tables.entra.certificate-path=" + certificate)
				.run((context) -> isOf(context, "ClientCertificateCredential"));
		}

		@Test
		void comeFromACertificateWithAPassword() throws IOException {
			Path certificate = Files.writeString(directory.resolve("client.pfx"), "unread until it is needed");
			runner.withPropertyValues("azure.tables.entra.credential=client-certificate",
					"azure.tables.entra.tenant-id=t", "azure.tables.entra.client-id=c",
					"azure.tables.entra.certificate-path=" + certificate, "azure.tables.entra.certificate-password=p")
				.run((context) -> isOf(context, "ClientCertificateCredential"));
		}

		@Test
		void comeFromAManagedIdentity() {
			runner.withPropertyValues("azure.tables.entra.credential=managed-identity")
				.run((context) -> isOf(context, "ManagedIdentityCredential"));
		}

		@Test
		void comeFromAWorkloadIdentity() {
			runner
				.withPropertyValues("azure.tables.entra.credential=workload-identity", "azure.tables.entra.tenant-id=t",
						"azure.tables.entra.client-id=c", "azure.tables.entra.token-file-path=/token")
				.run((context) -> isOf(context, "WorkloadIdentityCredential"));
		}

		@Test
		void comeForEventGridToo() {
			events.withPropertyValues("azure.eventgrid.entra.credential=default")
				.run((context) -> assertThat(context.getBean(EventGridConnectionDetails.class).getCredential())
					.isInstanceOf(AzureCredential.Token.class));
		}

		@Test
		void needAzureIdentity() {
			runner.withClassLoader(new FilteredClassLoader("com.azure"))
				.withPropertyValues("azure.tables.entra.credential=default")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.entra.credential'")
					.hasMessageContaining("'com.azure:azure-identity'"));
		}

		@Test
		void needWhatTheirKindNeeds() {
			runner
				.withPropertyValues("azure.tables.entra.credential=client-secret", "azure.tables.entra.tenant-id=t",
						"azure.tables.entra.client-id=c")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.entra.client-secret'")
					.hasMessageContaining("'azure.tables.entra.credential=client-secret'"));
		}

		@Test
		void needTheCertificatesFile() {
			runner
				.withPropertyValues("azure.tables.entra.credential=client-certificate",
						"azure.tables.entra.tenant-id=t", "azure.tables.entra.client-id=c",
						"azure.tables.entra.certificate-path=" + directory.resolve("nothing"))
				.run((context) -> assertThat(cause(context))
					.hasMessageContaining("'azure.tables.entra.certificate-path'"));
		}

		@Test
		void needTheirKind() {
			keyed.withPropertyValues("azure.tables.account-key=" + KEY, "azure.tables.entra.tenant-id=t")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.tables.entra.credential'"));
		}

		@Test
		void areRefusedBesideAKey() {
			keyed.withPropertyValues("azure.tables.account-key=" + KEY, "azure.tables.entra.credential=default")
				.run((context) -> refusesBoth(context, "azure.tables.account-key", "azure.tables.entra.credential"));
		}

		@Test
		void areRefusedBesideAnAccessKey() {
			events.withPropertyValues("azure.eventgrid.access-key=" + KEY, "azure.eventgrid.entra.credential=default")
				.run((context) -> refusesBoth(context, "azure.eventgrid.access-key",
						"azure.eventgrid.entra.credential"));
		}

		@Test
		void areNotSentOverPlainHttp() {
			runner
				.withPropertyValues("azure.tables.endpoint=http://shop.example.com",
						"azure.tables.entra.credential=default")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("plain http"));
		}

		private void isOf(AssertableApplicationContext context, String kind) {
			assertThat(context).hasNotFailed();
			AzureCredential.Token credential = (AzureCredential.Token) context.getBean(TablesConnectionDetails.class)
				.getCredential();
			assertThat(credential.source()).hasToString("AzureTokenSource[" + kind + "]");
		}

	}

	@Test
	void aPrivateEndpointNeedsNothingButItsAddress() {
		this.keyed
			.withPropertyValues("azure.tables.endpoint=https://tables.shop.internal", "azure.tables.kind=cosmos",
					"azure.tables.account-key=" + KEY, "azure.tables.audience=https://cosmos.azure.us",
					"azure.tables.signature-scheme=shared-key-lite", "azure.tables.api-version=2019-02-02")
			.run((context) -> assertThat(URI.create(context.getBean(TableServiceClient.class).endpoint().address()))
				.hasHost("tables.shop.internal"));
	}

	private static void refusesBoth(AssertableApplicationContext context, String one, String other) {
		assertThat(cause(context)).isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class)
			.hasMessageContaining(one)
			.hasMessageContaining(other)
			.hasMessageNotContaining(KEY);
	}

	private static RotatingCredential rotating(AssertableApplicationContext context) {
		return (RotatingCredential) context.getBean(TablesConnectionDetails.class).getCredential();
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
