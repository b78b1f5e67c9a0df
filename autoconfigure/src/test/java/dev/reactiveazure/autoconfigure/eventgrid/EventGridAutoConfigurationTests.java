package dev.reactiveazure.autoconfigure.eventgrid;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.autoconfigure.ConnectionNotConfiguredException;
import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.AckMode;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.method.EventGridListenerAnnotationBeanPostProcessor;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.OnAuthFailure;
import dev.reactiveazure.eventgrid.listener.OpenPollOnStop;
import dev.reactiveazure.eventgrid.listener.StartupPolicy;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridOperations;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.EventTypeMapping;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.reactive.ClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;

class EventGridAutoConfigurationTests {

	private static final String KEY = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(EmulatorAutoConfiguration.class,
			HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
			EventGridAutoConfiguration.class, EventGridBasicAutoConfiguration.class);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	private final ApplicationContextRunner connected = this.runner
		.withPropertyValues("azure.eventgrid.endpoint=https://shop.example.com", "azure.eventgrid.access-key=" + KEY);

	@Test
	void offersClientTemplateAndListeners() {
		this.connected.run((context) -> assertThat(context).hasSingleBean(EventGridNamespaceClient.class)
			.hasSingleBean(EventGridTemplate.class)
			.hasSingleBean(PayloadConverter.class)
			.hasSingleBean(CloudEventFactory.class)
			.hasSingleBean(EventGridListenerContainerFactory.class)
			.hasSingleBean(EventGridListenerRegistry.class)
			.hasSingleBean(EventGridListenerAnnotationBeanPostProcessor.class));
	}

	@Test
	void worksInAReactiveWebApplication() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
					"azure.eventgrid.endpoint=https://shop.example.com", "azure.eventgrid.access-key=" + KEY)
			.run((context) -> assertThat(context).hasSingleBean(EventGridTemplate.class));
	}

	@Test
	void doesNothingWithoutTheLibrary() {
		this.runner.withClassLoader(new FilteredClassLoader(EventGridNamespaceClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventGridConnectionDetails.class));
	}

	@Test
	void worksWithoutTheEmulator() {
		this.connected.withClassLoader(new FilteredClassLoader("dev.reactiveazure.emulator"))
			.run((context) -> assertThat(context).hasSingleBean(EventGridTemplate.class)
				.doesNotHaveBean(EmbeddedEmulator.class)
				.doesNotHaveBean("emulatedSubscriptions"));
	}

	@Test
	void worksWithoutActuatorHealthJacksonModuleAndObservation() {
		this.connected
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health",
							"org.springframework.boot.jackson", "org.springframework.boot.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(EventGridTemplate.class));
	}

	@Test
	void makesNoBeanBeforeItsTimeWhereAllAreLazy() {
		this.connected
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withUserConfiguration(Doors.class)
			.run((context) -> assertThat(context.getBean(DoorKey.class).environment).isNotNull());
	}

	@Test
	void leavesBootsConnectorInPlace() {
		this.connected.run((context) -> assertThat(context).hasSingleBean(ClientHttpConnector.class));
	}

	@Nested
	class Events {

		@Test
		void comeFromTheApplicationByItsName() {
			connected.withPropertyValues("spring.application.name=order desk:eu")
				.run((context) -> assertThat(source(context)).isEqualTo("/order%20desk:eu"));
		}

		@Test
		void comeFromAnApplicationWithoutName() {
			connected.run((context) -> assertThat(source(context)).isEqualTo("/application"));
		}

		@Test
		void comeFromTheConfiguredSource() {
			connected.withPropertyValues("azure.eventgrid.template.source=urn:shop")
				.run((context) -> assertThat(source(context)).isEqualTo("urn:shop"));
		}

		@Test
		void refuseASourceThatIsNoUriReference() {
			connected.withPropertyValues("azure.eventgrid.template.source=a shop")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.eventgrid.template.source'"));
		}

		@Test
		void areWrittenByTheApplicationsMapper() {
			JsonMapper mapper = JsonMapper.builder()
				.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
				.build();
			connected.withBean(JsonMapper.class, () -> mapper).run((context) -> {
				var data = context.getBean(CloudEventFactory.class).create(new OrderPlaced("1")).getData();
				assertThat(data).isNotNull();
				assertThat(new String(data.toBytes())).isEqualTo("{\"order-id\":\"1\"}");
			});
		}

		@Test
		void haveTheTypeOfTheUsersMapping() {
			connected.withBean(EventTypeMapping.class, () -> (type) -> "shop." + type.getSimpleName())
				.run((context) -> assertThat(
						context.getBean(CloudEventFactory.class).create(new OrderPlaced("1")).getType())
					.isEqualTo("shop.OrderPlaced"));
		}

		private String source(AssertableApplicationContext context) {
			return context.getBean(CloudEventFactory.class).create(new OrderPlaced("1")).getSource().toString();
		}

	}

	@Nested
	class BackingOff {

		@Test
		void usesTheUsersConnectionDetailsInsteadOfProperties() {
			connected.withUserConfiguration(UserDetails.class)
				.run((context) -> assertThat(context.getBean(EventGridNamespaceClient.class).endpoint().address())
					.isEqualTo("https://user.example.com"));
		}

		@Test
		void leavesTheUsersClientAloneAndAsksForNoConnection() {
			runner.withBean(EventGridNamespaceClient.class, EventGridAutoConfigurationTests::client)
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(EventGridConnectionDetails.class)
					.hasSingleBean(EventGridTemplate.class));
		}

		@Test
		void leavesTheUsersTemplateAlone() {
			connected.withUserConfiguration(UserTemplate.class)
				.run((context) -> assertThat(context).hasSingleBean(EventGridOperations.class).hasBean("userTemplate"));
		}

		@Test
		void leavesTheUsersContainerFactoryAlone() {
			connected.withUserConfiguration(UserFactory.class)
				.run((context) -> assertThat(context).hasSingleBean(EventGridListenerContainerFactory.class)
					.hasBean("userFactory"));
		}

		@Test
		void leavesTheUsersRegistryAlone() {
			EventGridListenerRegistry own = new EventGridListenerRegistry();
			connected.withBean("own", EventGridListenerRegistry.class, () -> own)
				.run((context) -> assertThat(context).getBean(EventGridListenerRegistry.class).isSameAs(own));
		}

		@Test
		void leavesTheUsersPostProcessorAlone() {
			connected
				.withBean("own", EventGridListenerAnnotationBeanPostProcessor.class,
						EventGridListenerAnnotationBeanPostProcessor::new)
				.run((context) -> assertThat(context)
					.hasSingleBean(EventGridListenerAnnotationBeanPostProcessor.class));
		}

		@Test
		void leavesTheUsersConvertersAlone() {
			PayloadConverter own = new PayloadConverter(JsonMapper.shared());
			connected.withBean("own", PayloadConverter.class, () -> own)
				.run((context) -> assertThat(context).getBean(PayloadConverter.class).isSameAs(own));
		}

		@Test
		void leavesTheUsersEventFactoryAlone() {
			CloudEventFactory own = new CloudEventFactory(JsonMapper.shared(), URI.create("/own"));
			connected.withBean("own", CloudEventFactory.class, () -> own)
				.run((context) -> assertThat(context).getBean(CloudEventFactory.class).isSameAs(own));
		}

		@Test
		void appliesCustomizers() {
			AtomicInteger calls = new AtomicInteger();
			connected.withBean(EventGridNamespaceClientCustomizer.class, () -> (builder) -> {
				builder.endpoint("https://customized.example.com");
				calls.incrementAndGet();
			}).withBean(EventGridListenerContainerFactoryCustomizer.class, () -> (builder) -> {
				builder.options(ContainerOptions.builder().concurrency(77).build());
				calls.incrementAndGet();
			}).run((context) -> {
				assertThat(context.getBean(EventGridNamespaceClient.class).endpoint().address())
					.isEqualTo("https://customized.example.com");
				assertThat(context.getBean(EventGridListenerContainerFactory.class).options().concurrency())
					.isEqualTo(77);
				assertThat(calls).hasValue(2);
			});
		}

	}

	@Nested
	class Connection {

		@Test
		void readsEndpointAndKey() {
			connected.run((context) -> {
				EventGridConnectionDetails details = context.getBean(EventGridConnectionDetails.class);
				assertThat(details.getEndpoint().address()).isEqualTo("https://shop.example.com");
				assertThat(((RotatingCredential) details.getCredential()).current())
					.isEqualTo(new AzureCredential.AccessKey(KEY));
				assertThat(details.toString()).doesNotContain(KEY);
			});
		}

		@Test
		void refusesToStartWithoutOne() {
			runner.run((context) -> assertThat(cause(context)).isInstanceOf(ConnectionNotConfiguredException.class)
				.hasMessageContaining("'azure.eventgrid.endpoint' and 'azure.eventgrid.access-key'"));
		}

		@Test
		void refusesAnEndpointWithoutKey() {
			runner.withPropertyValues("azure.eventgrid.endpoint=https://shop.example.com")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.eventgrid.access-key'"));
		}

		@Test
		void refusesAKeyWithoutEndpoint() {
			runner.withPropertyValues("azure.eventgrid.access-key=" + KEY, "azure.emulator.enabled=true")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.eventgrid.endpoint'")
					.hasMessageNotContaining(KEY));
		}

		@Test
		void takesAnEmptyKeyForAMistakeAndNotForNone() {
			connected.withPropertyValues("azure.eventgrid.access-key=")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.eventgrid.access-key'"));
		}

		@Test
		void refusesTheEndpointOfABasicTopic() {
			connected.withPropertyValues("azure.eventgrid.endpoint=https://shop.example.com/api/events")
				.run((context) -> assertThat(cause(context)).hasMessageContaining("'azure.eventgrid.endpoint'")
					.hasMessageContaining("Basic topic"));
		}

	}

	@Nested
	class ListenerOptions {

		@Test
		void areTheLibrarysDefaults() {
			connected.run((context) -> assertThat(context.getBean(EventGridListenerContainerFactory.class).options())
				.isEqualTo(ContainerOptions.defaults()));
		}

		@Test
		void areNotLookedAtWithoutListenerAndProperty() {
			connected.run((context) -> assertThat(
					context.getBeanFactory().containsSingleton("eventGridListenerContainerFactory"))
				.isFalse());
		}

		@Test
		void endTheStartWithoutAListenerWhereAPropertyIsWrong() {
			connected.withPropertyValues("azure.eventgrid.listener.concurrency=-1")
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("azure.eventgrid.listener"));
		}

		@Test
		void endTheStartWithoutAListenerWhereACustomizerFails() {
			connected.withBean(EventGridListenerContainerFactoryCustomizer.class, () -> (builder) -> {
				throw new IllegalStateException("no such thing");
			}).run((context) -> assertThat(context).getFailure().rootCause().hasMessage("no such thing"));
		}

		@Test
		void comeFromProperties() {
			connected.withPropertyValues("azure.eventgrid.listener.concurrency=3",
					"azure.eventgrid.listener.max-in-flight=5", "azure.eventgrid.listener.max-polls=2",
					"azure.eventgrid.listener.max-wait=10s", "azure.eventgrid.listener.lock-duration=90s",
					"azure.eventgrid.listener.max-lock-duration=5m", "azure.eventgrid.listener.shutdown-timeout=7s",
					"azure.eventgrid.listener.settlement-linger=1ms", "azure.eventgrid.listener.settlement-batch=11",
					"azure.eventgrid.listener.min-backoff=2s", "azure.eventgrid.listener.max-backoff=9s",
					"azure.eventgrid.listener.release-delays=0s,1h", "azure.eventgrid.listener.open-poll-on-stop=await",
					"azure.eventgrid.listener.keep-alive=false", "azure.eventgrid.listener.max-events=12",
					"azure.eventgrid.listener.ack-mode=manual", "azure.eventgrid.listener.cancel-on-lock-loss=false",
					"azure.eventgrid.listener.max-deliveries=6", "azure.eventgrid.listener.dead-lettered=true",
					"azure.eventgrid.listener.max-fatal-in-a-row=4", "azure.eventgrid.listener.pause-grace=3s",
					"azure.eventgrid.listener.gate.failures=8", "azure.eventgrid.listener.gate.min-backoff=4s",
					"azure.eventgrid.listener.gate.max-backoff=40s", "azure.eventgrid.listener.poll-ahead=true",
					"azure.eventgrid.listener.on-auth-failure=stop",
					"azure.eventgrid.listener.on-startup-failure=continue", "azure.eventgrid.listener.phase=7")
				.run((context) -> assertThat(context.getBean(EventGridListenerContainerFactory.class).options())
					.isEqualTo(ContainerOptions.builder()
						.concurrency(3)
						.maxInFlight(5)
						.receiving((receiving) -> receiving.maxEvents(12)
							.maxPolls(2)
							.maxWait(Duration.ofSeconds(10))
							.pollAhead(true)
							.onAuthFailure(OnAuthFailure.STOP)
							.minBackoff(Duration.ofSeconds(2))
							.maxBackoff(Duration.ofSeconds(9)))
						.settlement((settlement) -> settlement.linger(Duration.ofMillis(1))
							.batch(11)
							.ackMode(AckMode.MANUAL))
						.locks((locks) -> locks.duration(Duration.ofSeconds(90))
							.maxDuration(Duration.ofMinutes(5))
							.cancelOnLoss(false))
						.failures((failures) -> failures.releaseDelays(List.of(Duration.ZERO, Duration.ofHours(1)))
							.maxDeliveries(6)
							.deadLettered(true)
							.maxFatalInARow(4))
						.gate((gate) -> gate.failures(8)
							.minBackoff(Duration.ofSeconds(4))
							.maxBackoff(Duration.ofSeconds(40)))
						.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(Duration.ofSeconds(7))
							.pauseGrace(Duration.ofSeconds(3))
							.openPollOnStop(OpenPollOnStop.AWAIT)
							.keepAlive(false)
							.phase(7)
							.onStartupFailure(StartupPolicy.CONTINUE))
						.build()));
		}

		@Test
		void limitTheRateOfAllListenersOfAConnection() {
			connected.withPropertyValues("azure.eventgrid.max-events-per-second=7")
				.run((context) -> assertThat(
						context.getBean(EventGridConnections.class).rateLimit(NamedConnections.DEFAULT))
					.isNotNull()
					.isSameAs(context.getBean(EventGridConnections.class).rateLimit(NamedConnections.DEFAULT))
					.hasToString("EventRateLimit[7/s]"));
		}

		@Test
		void areRefusedOutOfRange() {
			connected.withPropertyValues("azure.eventgrid.listener.max-wait=5s")
				.run((context) -> assertThat(cause(context)).isInstanceOf(InvalidAzurePropertyException.class)
					.hasMessageContaining("'azure.eventgrid.listener.*'")
					.hasMessageContaining("maxWait"));
		}

		@Test
		void refuseAConnectionThatDoesNotExist() {
			connected.withUserConfiguration(ListenerOnAnotherConnection.class)
				.run((context) -> assertThat(context.getStartupFailure())
					.hasMessageContaining("there is no connection 'audit' to an Event Grid namespace, only 'default'"));
		}

	}

	private static EventGridNamespaceClient client() {
		return EventGridNamespaceClient.builder()
			.endpoint("https://own.example.com")
			.credential(new AzureCredential.AccessKey(KEY))
			.build();
	}

	private static Throwable cause(AssertableApplicationContext context) {
		Throwable cause = context.getStartupFailure();
		assertThat(cause).isNotNull();
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	record OrderPlaced(String orderId) {

	}

	@Configuration(proxyBeanMethods = false)
	static class UserDetails {

		@Bean
		EventGridConnectionDetails details() {
			return new EventGridConnectionDetails() {

				@Override
				public AzureEndpoint getEndpoint() {
					return new AzureEndpoint("https://user.example.com");
				}

				@Override
				public AzureCredential getCredential() {
					return new AzureCredential.AccessKey(KEY);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserTemplate {

		@Bean
		EventGridTemplate userTemplate(EventGridNamespaceClient client, CloudEventFactory events,
				PayloadConverter converter) {
			return new EventGridTemplate(client, events, converter);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserFactory {

		@Bean
		EventGridListenerContainerFactory userFactory(EventGridNamespaceClient client) {
			return EventGridListenerContainerFactory.builder((connection) -> client).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerOnAnotherConnection {

		@EventGridListener(topic = "orders", subscription = "billing", connection = "audit")
		void bill(OrderPlaced event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		static FactoryBean<?> door(DoorKey key) {
			return new Door(key);
		}

		@Bean
		static DoorKey key() {
			return new DoorKey();
		}

	}

	/**
	 * Shows whether it was made when annotations were looked at.
	 */
	static class DoorKey {

		private @Nullable Environment environment;

		@Autowired
		void setEnvironment(Environment environment) {
			this.environment = environment;
		}

	}

	record Door(DoorKey key) implements FactoryBean<String> {

		@Override
		public String getObject() {
			return "door";
		}

		@Override
		public Class<?> getObjectType() {
			return String.class;
		}

	}

}
