package dev.reactiveazure.autoconfigure.tables;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableOperations;
import dev.reactiveazure.tables.template.TableTemplate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.client.reactive.ClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;

class TablesAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String KEY = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(EmulatorAutoConfiguration.class,
			HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
			TablesAutoConfiguration.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	private final ApplicationContextRunner connected = this.runner
		.withPropertyValues("azure.tables.connection-string=AccountName=shop;AccountKey=" + KEY);

	@Test
	void offersClientMappingAndTemplate() {
		this.connected.run((context) -> assertThat(context).hasSingleBean(TableServiceClient.class)
			.hasSingleBean(TableMappingContext.class)
			.hasSingleBean(TableTemplate.class));
	}

	@Test
	void worksInAReactiveWebApplication() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
					"azure.tables.connection-string=UseDevelopmentStorage=true")
			.run((context) -> assertThat(context).hasSingleBean(TableTemplate.class));
	}

	@Test
	void needsNothingOfBootsHttpClients() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TablesAutoConfiguration.class))
			.withPropertyValues("azure.tables.connection-string=UseDevelopmentStorage=true")
			.run((context) -> assertThat(context).hasSingleBean(TableTemplate.class));
	}

	@Test
	void doesNothingWithoutTheLibrary() {
		this.runner.withClassLoader(new FilteredClassLoader(TableServiceClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TablesConnectionDetails.class));
	}

	@Test
	void worksWithoutTheEmulator() {
		this.connected.withClassLoader(new FilteredClassLoader("dev.reactiveazure.emulator"))
			.run((context) -> assertThat(context).hasSingleBean(TableTemplate.class)
				.doesNotHaveBean(EmbeddedEmulator.class));
	}

	@Test
	void worksWithoutActuatorHealthJacksonAndObservation() {
		this.connected
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health",
							"org.springframework.boot.jackson", "org.springframework.boot.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(TableTemplate.class));
	}

	@Test
	void leavesBootsConnectorInPlace() {
		this.connected.run((context) -> assertThat(context).hasSingleBean(ClientHttpConnector.class));
	}

	@Nested
	class BackingOff {

		@Test
		void usesTheUsersConnectionDetailsInsteadOfProperties() {
			connected.withUserConfiguration(UserDetails.class)
				.run((context) -> assertThat(context.getBean(TableServiceClient.class).endpoint().address())
					.isEqualTo("https://user.example.com"));
		}

		@Test
		void leavesTheUsersClientAloneAndAsksForNoConnection() {
			TableServiceClient own = TableServiceClient.builder()
				.connectionString("UseDevelopmentStorage=true")
				.build();
			runner.withBean(TableServiceClient.class, () -> own)
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(TablesConnectionDetails.class)
					.hasSingleBean(TableTemplate.class)
					.getBean(TableServiceClient.class)
					.isSameAs(own));
		}

		@Test
		void leavesTheUsersMappingContextAlone() {
			TableMappingContext own = new TableMappingContext();
			connected.withBean("own", TableMappingContext.class, () -> own)
				.run((context) -> assertThat(context).getBean(TableMappingContext.class).isSameAs(own));
		}

		@Test
		void leavesTheUsersTemplateAlone() {
			connected.withUserConfiguration(UserTemplate.class)
				.run((context) -> assertThat(context).hasSingleBean(TableOperations.class).hasBean("userTemplate"));
		}

		@Test
		void appliesCustomizers() {
			AtomicInteger calls = new AtomicInteger();
			connected.withBean(TableServiceClientCustomizer.class, () -> (builder) -> {
				builder.endpoint("https://customized.example.com");
				calls.incrementAndGet();
			}).run((context) -> {
				assertThat(context.getBean(TableServiceClient.class).endpoint().address())
					.isEqualTo("https://customized.example.com");
				assertThat(calls).hasValue(1);
			});
		}

	}

	@Nested
	class Mapping {

		@Test
		void isThatOfTheTemplate() {
			connected.run((context) -> {
				StepVerifier.create(mapped(context.getBean(TableTemplate.class)))
					.expectNext(1)
					.expectComplete()
					.verify(LIMIT);
				assertThat(context.getBean(TableMappingContext.class).hasPersistentEntityFor(Order.class)).isTrue();
			});
		}

		@Test
		void isThereForAnOperationThatABeanWaitsForWhileItIsMade() {
			connected.withUserConfiguration(Waiting.class)
				.run((context) -> assertThat(context.getBean("waiting")).isEqualTo(1));
		}

		@Test
		void mustBeOneWhenTheApplicationStarts() {
			connected.withBean("one", TableMappingContext.class)
				.withBean("other", TableMappingContext.class)
				.run((context) -> assertThat(cause(context)).isInstanceOf(NoUniqueBeanDefinitionException.class));
		}

		@Test
		void isTheUsersForConnectionsWithNamesToo() {
			TableMappingContext own = new TableMappingContext();
			runner.withBean("own", TableMappingContext.class, () -> own)
				.withPropertyValues(
						"azure.tables.connections.audit.connection-string=AccountName=shop;AccountKey=" + KEY)
				.run((context) -> {
					StepVerifier.create(mapped(context.getBean("auditTableTemplate", TableTemplate.class)))
						.expectNext(1)
						.expectComplete()
						.verify(LIMIT);
					assertThat(own.hasPersistentEntityFor(Order.class)).isTrue();
				});
		}

	}

	@Nested
	class Connection {

		@Test
		void readsAConnectionString() {
			connected.run((context) -> {
				TablesConnectionDetails details = context.getBean(TablesConnectionDetails.class);
				assertThat(details.getEndpoint().address()).isEqualTo("https://shop.table.core.windows.net");
				assertThat(current(details)).isEqualTo(new AzureCredential.SharedKey("shop", KEY));
				assertThat(details.toString()).doesNotContain(KEY);
			});
		}

		@Test
		void readsAccountNameAndKey() {
			runner.withPropertyValues("azure.tables.account-name=shop", "azure.tables.account-key=" + KEY)
				.run((context) -> {
					TablesConnectionDetails details = context.getBean(TablesConnectionDetails.class);
					assertThat(details.getEndpoint().address()).isEqualTo("https://shop.table.core.windows.net");
					assertThat(details.getDescription())
						.isEqualTo("'azure.tables.account-name' and 'azure.tables.account-key'");
				});
		}

		@Test
		void readsEndpointAndSasToken() {
			runner
				.withPropertyValues("azure.tables.endpoint=https://shop.table.cosmos.azure.com/",
						"azure.tables.sas-token=?sv=2019-02-02&sig=abc")
				.run((context) -> {
					TablesConnectionDetails details = context.getBean(TablesConnectionDetails.class);
					assertThat(details.getEndpoint().address()).isEqualTo("https://shop.table.cosmos.azure.com");
					assertThat(current(details)).isInstanceOf(AzureCredential.Sas.class);
				});
		}

		@Test
		void refusesToStartWithoutOne() {
			runner.run((context) -> assertThat(cause(context)).isInstanceOf(ConnectionNotConfiguredException.class)
				.hasMessageContaining("Azure Table storage")
				.hasMessageContaining("'azure.tables.connection-string'")
				.hasMessageContaining("'azure.emulator.enabled=true'"));
		}

		@Test
		void refusesAConnectionStringBesideAnEndpoint() {
			connected.withPropertyValues("azure.tables.endpoint=https://other.example.com")
				.run((context) -> assertThat(cause(context))
					.isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class)
					.hasMessageContaining("azure.tables.connection-string")
					.hasMessageContaining("azure.tables.endpoint"));
		}

		@Test
		void refusesAConnectionStringBesideAnAccountKey() {
			connected.withPropertyValues("azure.tables.account-key=" + KEY)
				.run((context) -> assertThat(cause(context))
					.isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class)
					.hasMessageContaining("azure.tables.account-key")
					.hasMessageNotContaining(KEY));
		}

		@Test
		void refusesAKeyBesideASasToken() {
			runner
				.withPropertyValues("azure.tables.account-name=shop", "azure.tables.account-key=" + KEY,
						"azure.tables.sas-token=sig=abc")
				.run((context) -> assertThat(cause(context))
					.isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class));
		}

		@Test
		void refusesAMalformedConnectionStringWithoutShowingIt() {
			runner.withPropertyValues("azure.tables.connection-string=AccountName=shop;" + KEY)
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.connection-string'")
					.hasMessageContaining("name=value")
					.hasMessageNotContaining(KEY));
		}

		@Test
		void takesAnEmptyConnectionStringForAMistakeAndNotForNone() {
			runner.withPropertyValues("azure.tables.connection-string=", "azure.emulator.enabled=true")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.connection-string'"));
		}

		@Test
		void refusesAKeyThatIsNoBase64WithoutShowingIt() {
			runner.withPropertyValues("azure.tables.account-name=shop", "azure.tables.account-key=not*base64")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.account-key'")
					.hasMessageContaining("Base64")
					.hasMessageNotContaining("not*base64"));
		}

		@Test
		void refusesAKeyWithoutAccountName() {
			runner
				.withPropertyValues("azure.tables.endpoint=https://shop.example.com", "azure.tables.account-key=" + KEY)
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.tables.account-name'"));
		}

		@Test
		void refusesAnEndpointWithoutCredential() {
			runner.withPropertyValues("azure.tables.endpoint=https://shop.example.com")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.tables.account-key'")
					.hasMessageContaining("'azure.tables.sas-token'"));
		}

		@Test
		void refusesAnEndpointThatIsNoUrl() {
			runner
				.withPropertyValues("azure.tables.endpoint=shop.example.com", "azure.tables.account-name=shop",
						"azure.tables.account-key=" + KEY)
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.endpoint'"));
		}

		@Test
		void refusesAnAccountNameThatNamesAnotherHost() {
			runner.withPropertyValues("azure.tables.account-name=shop/../x", "azure.tables.account-key=" + KEY)
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.tables.account-name'"));
		}

	}

	@Nested
	class Properties {

		@Test
		void bindsEachGroup() {
			connected
				.withPropertyValues("azure.tables.http.max-connections=7", "azure.tables.http.connect-timeout=3s",
						"azure.tables.http.response-timeout=4s", "azure.tables.http.max-response-size=1MB",
						"azure.tables.retry.max-retries=9", "azure.tables.template.create-tables=true")
				.run((context) -> {
					TablesProperties properties = context.getBean(TablesProperties.class);
					assertThat(properties.getHttp().getMaxConnections()).isEqualTo(7);
					assertThat(properties.getHttp().getConnectTimeout()).isEqualTo(Duration.ofSeconds(3));
					assertThat(properties.getHttp().getMaxResponseSize().toMegabytes()).isEqualTo(1);
					assertThat(properties.getRetry().getMaxRetries()).isEqualTo(9);
					assertThat(properties.getTemplate().isCreateTables()).isTrue();
				});
		}

		@Test
		void refusesAnIdleTimeBeyondThreeMinutes() {
			connected.withPropertyValues("azure.tables.http.max-idle-time=5m")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.tables.http.*'")
					.hasMessageContaining("3 minutes"));
		}

	}

	private static Flux<Integer> mapped(TableTemplate template) {
		return template.execute(Order.class, (rows) -> Mono.just(1));
	}

	private static AzureCredential current(TablesConnectionDetails details) {
		return ((RotatingCredential) details.getCredential()).current();
	}

	private static Throwable cause(AssertableApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		assertThat(failure).isNotNull();
		Throwable cause = (failure != null) ? failure : new AssertionError();
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Waiting {

		@Lazy
		@Bean
		Integer waiting(TableTemplate template) {
			return Objects.requireNonNull(mapped(template).subscribeOn(Schedulers.boundedElastic()).blockLast(LIMIT));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserDetails {

		@Bean
		TablesConnectionDetails details() {
			return new TablesConnectionDetails() {

				@Override
				public AzureEndpoint getEndpoint() {
					return new AzureEndpoint("https://user.example.com");
				}

				@Override
				public AzureCredential getCredential() {
					return new AzureCredential.SharedKey("user", KEY);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserTemplate {

		@Bean
		TableTemplate userTemplate(TableServiceClient client) {
			return new TableTemplate(client, new TableMappingContext());
		}

	}

}
