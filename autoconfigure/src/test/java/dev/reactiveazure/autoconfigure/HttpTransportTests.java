package dev.reactiveazure.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import dev.reactiveazure.core.ReactorNettyConnector;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class HttpTransportTests {

	private static final String CIPHER = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s");

	private final ApplicationContextRunner withoutModule = new ApplicationContextRunner()
		.withClassLoader(new FilteredClassLoader("org.springframework.boot.http.client"));

	private final HttpProperties properties = new HttpProperties();

	private final ClientOptionsMapper options = new ClientOptionsMapper("azure.tables", this.properties,
			new RetryProperties());

	private final Map<String, String> received = new ConcurrentHashMap<>();

	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	private final DisposableServer server = listen();

	private DisposableServer listen() {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.doOnConnection(this.connections::add)
			.handle((request, response) -> {
				request.requestHeaders()
					.forEach(
							(header) -> this.received.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
				return response.status(302).header("Location", "/elsewhere").send();
			})
			.bindNow();
	}

	@AfterEach
	void close() {
		this.server.dispose();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void followsNoRedirectsAndAsksForNoCompressionWhateverBootSays(boolean straight) {
		this.runner.withPropertyValues("spring.http.clients.redirects=follow").run((context) -> {
			try (HttpTransport transport = transport(context)) {
				StepVerifier.create(status(transport, straight)).expectNext(302).expectComplete().verify(LIMIT);
				assertThat(this.received).doesNotContainKey("accept-encoding");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void worksThoughOtherClientsAreToKeepCookies(boolean straight) {
		this.runner.withPropertyValues("spring.http.clients.cookie-handling=enable").run((context) -> {
			try (HttpTransport transport = transport(context)) {
				StepVerifier.create(status(transport, straight)).expectNext(302).expectComplete().verify(LIMIT);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void keepsTheUsersCustomizers(boolean straight) {
		this.runner.withUserConfiguration(UserCustomizer.class).run((context) -> {
			try (HttpTransport transport = transport(context)) {
				StepVerifier.create(status(transport, straight)).expectNext(302).expectComplete().verify(LIMIT);
				assertThat(this.received).containsEntry("x-user", "was here");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callsTheUsersCustomizersOfItsOwnClientsLast(boolean straight) {
		this.runner.withUserConfiguration(UserCustomizer.class)
			.withBean(AzureHttpClientCustomizer.class,
					() -> (pool, client) -> client.headers((headers) -> headers.set("X-User", pool)))
			.run((context) -> {
				try (HttpTransport transport = transport(context)) {
					StepVerifier.create(status(transport, straight)).expectNext(302).expectComplete().verify(LIMIT);
					assertThat(this.received).containsEntry("x-user", "azure-test");
				}
			});
	}

	@Test
	void sendsThroughAProxy() {
		this.properties.getProxy().setHost("127.0.0.1");
		this.properties.getProxy().setPort(this.server.port());
		this.properties.getProxy().setUsername("ada");
		this.properties.getProxy().setPassword("secret");
		this.runner.run((context) -> {
			try (HttpTransport transport = transport(context)) {
				URI anywhere = URI.create("http://nowhere.invalid/");
				StepVerifier
					.create(transport.connector().connect(HttpMethod.GET, anywhere, (request) -> request.setComplete()))
					.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("302"))
					.verify(LIMIT);
				assertThat(this.received).containsEntry("proxy-authorization", "Basic YWRhOnNlY3JldA==");
			}
		});
	}

	@Test
	void refusesAProxyForAnotherClientBeforeThatIsMade() {
		this.properties.getProxy().setHost("127.0.0.1");
		ClientHttpConnectorBuilder<?> other = (settings) -> {
			throw new IllegalStateException("made");
		};
		this.runner.withBean(ClientHttpConnectorBuilder.class, () -> other)
			.run((context) -> assertThatExceptionOfType(InvalidAzurePropertyException.class)
				.isThrownBy(() -> transport(context))
				.withMessageContaining("'azure.tables.http.proxy.host'"));
	}

	@Test
	void refusesAnUnknownSslBundle() {
		this.properties.getSsl().setBundle("shop");
		this.runner.run((context) -> assertThatExceptionOfType(InvalidAzurePropertyException.class)
			.isThrownBy(() -> transport(context))
			.withMessageContaining("'azure.tables.http.ssl.bundle'")
			.withMessageContaining("spring.ssl.bundle.pem.shop"));
	}

	@Test
	void usesTheSslBundleThatAPropertyNames() {
		List<String> asked = new CopyOnWriteArrayList<>();
		this.properties.getSsl().setBundle("shop");
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("shop", SslBundle.of(null));
		this.runner.withBean(SslBundles.class, () -> bundles)
			.withBean(AzureHttpClientCustomizer.class, () -> (pool, client) -> {
				asked.add(String.valueOf(client.configuration().sslProvider()));
				return client;
			})
			.run((context) -> {
				transport(context).close();
				assertThat(asked).singleElement().asString().isNotEqualTo("null");
			});
	}

	@Test
	void reloadsTheSslBundleThatAPropertyNamesWhateverObjectItIs(CapturedOutput output) {
		this.properties.getSsl().setBundle("shop");
		DefaultSslBundleRegistry bundles = new AnotherBundleForEachCall();
		this.runner.withBean(SslBundles.class, () -> bundles).run((context) -> {
			try (HttpTransport transport = transport(context)) {
				bundles.updateBundle("shop", SslBundle.of(null));
				assertThat(transport.connector()).isNotNull();
				assertThat(output).contains("'azure-test' opens connections with the updated SSL bundle");
			}
		});
	}

	@Test
	void warnsThatItKeepsABundleThatNobodyCanReload(CapturedOutput output) {
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("other", SslBundle.of(null));
		this.runner.withBean(SslBundles.class, () -> bundles)
			.withBean(HttpClientSettings.class, () -> HttpClientSettings.ofSslBundle(SslBundle.of(null)))
			.run((context) -> {
				transport(context).close();
				assertThat(output).containsOnlyOnce("'azure-test' keeps the SSL bundle it has");
			});
	}

	@Test
	void warnsOfNoBundleWhereThereIsNoneToReload(CapturedOutput output) {
		this.runner.withBean(HttpClientSettings.class, () -> HttpClientSettings.ofSslBundle(SslBundle.of(null)))
			.run((context) -> {
				transport(context).close();
				assertThat(output).doesNotContain("keeps the SSL bundle");
			});
	}

	@Test
	void closesItsConnections() {
		this.runner.run((context) -> {
			HttpTransport transport = transport(context);
			StepVerifier.create(status(transport)).expectNext(302).expectComplete().verify(LIMIT);
			transport.close();
			assertThat(this.connections).hasSize(1);
			StepVerifier.create(this.connections.get(0).onDispose()).expectComplete().verify(LIMIT);
		});
	}

	@Test
	void isReactorNettyWithoutAnyOfBootsBeans() {
		new ApplicationContextRunner().run((context) -> {
			try (HttpTransport transport = transport(context)) {
				assertThat(transport.connector()).isInstanceOfSatisfying(FirstUseConnector.class,
						(first) -> assertThat(first.connector()).isInstanceOf(ReactorNettyConnector.class)
							.isSameAs(first.connector()));
			}
		});
	}

	@Test
	void warnsOnceThatAnotherClientIsSlowerAndWorksWithIt(CapturedOutput output) {
		this.runner.withPropertyValues("spring.http.clients.reactive.connector=jdk").run((context) -> {
			try (HttpTransport transport = transport(context)) {
				StepVerifier.create(status(transport)).expectNext(302).expectComplete().verify(LIMIT);
				assertThat(this.received.get("user-agent")).startsWith("Java-http-client/");
				assertThat(output).containsOnlyOnce("does not run on Reactor Netty");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void setsReactorNettyUpAloneWithoutBootsModule(boolean straight) {
		this.properties.setConnectTimeout(Duration.ofSeconds(3));
		this.withoutModule.run((context) -> {
			try (HttpTransport transport = transport(context)) {
				StepVerifier.create(status(transport, straight)).expectNext(302).expectComplete().verify(LIMIT);
				assertThat(this.received).doesNotContainKey("accept-encoding")
					.hasEntrySatisfying("user-agent", (agent) -> assertThat(agent).startsWith("reactiveazure/"));
				assertThat(client(transport).configuration().options().get(ChannelOption.CONNECT_TIMEOUT_MILLIS))
					.isEqualTo(3000);
			}
		});
	}

	@Test
	void sharesTheServersEventLoopsWithoutBootsModule() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		this.withoutModule.withBean(ReactorResourceFactory.class, () -> resources).run((context) -> {
			try (HttpTransport transport = transport(context)) {
				assertThat(client(transport).configuration().loopResources()).isSameAs(resources.getLoopResources());
			}
		});
	}

	@Test
	void takesReactorNettysEventLoopsWhereTheApplicationHasSeveralWithoutBootsModule() {
		this.withoutModule.withBean("first", ReactorResourceFactory.class, ReactorResourceFactory::new)
			.withBean("second", ReactorResourceFactory.class, ReactorResourceFactory::new)
			.run((context) -> {
				try (HttpTransport transport = transport(context)) {
					StepVerifier.create(status(transport)).expectNext(302).expectComplete().verify(LIMIT);
				}
			});
	}

	@Test
	void usesAllOfAnSslBundleWithoutBootsModule() {
		RecordedManagers managers = new RecordedManagers();
		SslOptions options = SslOptions.of(Set.of(CIPHER), Set.of("TLSv1.2"));
		SslBundle bundle = SslBundle.of(null, null, options, null, managers);
		this.properties.getSsl().setBundle("shop");
		this.withoutModule.withBean(SslBundles.class, () -> new DefaultSslBundleRegistry("shop", bundle))
			.run((context) -> {
				try (HttpTransport transport = transport(context)) {
					SslContext ssl = Objects.requireNonNull(client(transport).configuration().sslProvider())
						.getSslContext();
					assertThat(ssl.cipherSuites()).containsExactly(CIPHER);
					assertThat(ssl.newEngine(UnpooledByteBufAllocator.DEFAULT).getEnabledProtocols())
						.contains("TLSv1.2")
						.doesNotContain("TLSv1.3");
					assertThat(managers.asked).containsExactlyInAnyOrder("key", "trust");
				}
			});
	}

	@Test
	void takesAProxyFromSystemPropertiesWithoutBootsModule() {
		this.withoutModule.withSystemProperties("https.proxyHost=proxy.example.com").run((context) -> {
			try (HttpTransport transport = transport(context)) {
				assertThat(client(transport).configuration().hasProxy()).isTrue();
			}
		});
	}

	@Test
	void warnsOfBootsPropertiesThatNothingReads(CapturedOutput output) {
		this.withoutModule.withPropertyValues("spring.http.clients.connect-timeout=1s").run((context) -> {
			transport(context).close();
			assertThat(output).containsOnlyOnce("'spring.http.clients.*' is set, but nothing reads it")
				.contains("spring-boot-starter-webclient");
		});
	}

	@Test
	void warnsOfNothingWithoutBootsModuleAndItsProperties(CapturedOutput output) {
		this.withoutModule.withPropertyValues("spring.http.codecs.max-in-memory-size=1MB").run((context) -> {
			transport(context).close();
			assertThat(output).doesNotContain("spring.http");
		});
	}

	private static HttpClient client(HttpTransport transport) {
		return ((ReactorNettyConnector) transport.connector()).httpClient();
	}

	private Mono<Integer> status(HttpTransport transport) {
		URI uri = URI.create("http://127.0.0.1:" + this.server.port() + "/");
		return transport.connector()
			.connect(HttpMethod.GET, uri, (request) -> request.setComplete())
			.flatMap((response) -> response.getBody().then(Mono.just(response.getStatusCode().value())));
	}

	/**
	 * Send as our clients do, straight to Reactor Netty, or as a {@code WebClient} does.
	 */
	private Mono<Integer> status(HttpTransport transport, boolean straight) {
		if (straight) {
			return client(transport).get()
				.uri("http://127.0.0.1:" + this.server.port() + "/")
				.response()
				.map((response) -> response.status().code());
		}
		return status(transport);
	}

	private HttpTransport transport(ApplicationContext context) {
		ConnectorSource connectors = ConnectorSource.of(context, context.getEnvironment(), context.getClassLoader());
		return new HttpTransport.Factory(connectors, context.getBeanProvider(SslBundles.class),
				context.getBeanProvider(AzureHttpClientCustomizer.class))
			.create("azure-test", this.options, null);
	}

	private static final class RecordedManagers implements SslManagerBundle {

		private final SslManagerBundle managers = SslManagerBundle.from(SslStoreBundle.NONE, SslBundleKey.NONE);

		private final List<String> asked = new CopyOnWriteArrayList<>();

		@Override
		public KeyManagerFactory getKeyManagerFactory() {
			this.asked.add("key");
			return this.managers.getKeyManagerFactory();
		}

		@Override
		public TrustManagerFactory getTrustManagerFactory() {
			this.asked.add("trust");
			return this.managers.getTrustManagerFactory();
		}

	}

	private static final class AnotherBundleForEachCall extends DefaultSslBundleRegistry {

		AnotherBundleForEachCall() {
			super("shop", SslBundle.of(null));
		}

		@Override
		public SslBundle getBundle(String name) {
			return SslBundle.of(super.getBundle(name).getStores());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserCustomizer {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> userCustomizer() {
			return (builder) -> builder
				.withHttpClientCustomizer((client) -> client.headers((headers) -> headers.set("X-User", "was here")));
		}

	}

}
