package dev.reactiveazure.eventgrid;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.pipeline.PipelineSettings;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RequestSigner;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;

/**
 * The door to one custom topic, domain or partner namespace of Event Grid's Basic tier,
 * which takes events and pushes them on: hands out a publisher for the schema that the
 * topic was created with.
 * <p>
 * Thread-safe; one per endpoint and application is enough. Close it when the application
 * ends; publishers need no closing.
 *
 * @see EventGridNamespaceClient
 * @see <a href=
 * "https://learn.microsoft.com/azure/event-grid/post-to-custom-topic">Publish to a custom
 * topic</a>
 */
public final class EventGridBasicClient implements AutoCloseable {

	private final AzureEndpoint endpoint;

	private final String apiVersion;

	private final JsonMapper jsonMapper;

	private final RequestPipeline pipeline;

	private final @Nullable HttpPool ownedPool;

	private final AtomicBoolean closed = new AtomicBoolean();

	private EventGridBasicClient(Builder builder) {
		Assert.state(builder.endpoint != null, "An endpoint is needed: EventGridBasicClient.builder().endpoint(…)");
		Assert.state(builder.credential != null,
				"A credential is needed: EventGridBasicClient.builder().credential(…)");
		this.endpoint = builder.endpoint;
		this.apiVersion = URLEncoder.encode(builder.apiVersion, StandardCharsets.UTF_8);
		this.jsonMapper = builder.jsonMapper;
		RequestSigner signer = BasicAccess.signer(builder.credential, this.endpoint, builder.audience, builder.clock);
		ClientHttpConnector connector = builder.connector;
		if (connector == null) {
			this.ownedPool = HttpPool.create("azure-eventgrid-basic", PoolOptions.defaults());
			connector = this.ownedPool.connector();
		}
		else {
			this.ownedPool = null;
		}
		this.pipeline = new RequestPipeline(new PipelineSettings(this.endpoint, connector, signer, builder.options,
				EventGridErrors::mapBasic, builder.observationRegistry, builder.publishConvention, builder.scheduler,
				builder.clock, builder.random));
	}

	/**
	 * Start to build a client.
	 * @return a builder that needs an endpoint and a credential
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a publisher for a topic with the input schema CloudEvents 1.0.
	 * @return a publisher that borrows this client's connections
	 */
	public EventGridPublisherClient cloudEvents() {
		return cloudEvents(PublishOptions.none());
	}

	/**
	 * Return a publisher for a topic with the input schema CloudEvents 1.0.
	 * @param options channel and content type
	 * @return a publisher that borrows this client's connections
	 */
	public EventGridPublisherClient cloudEvents(PublishOptions options) {
		return new EventGridPublisherClient(requests(options, new CloudEventSchema()));
	}

	/**
	 * Return a publisher for a topic with Event Grid's own input schema.
	 * @return a publisher that borrows this client's connections
	 */
	public EventGridSchemaPublisher<EventGridEvent> eventGridEvents() {
		return eventGridEvents(PublishOptions.none());
	}

	/**
	 * Return a publisher for a topic with Event Grid's own input schema.
	 * @param options channel and content type
	 * @return a publisher that borrows this client's connections
	 */
	public EventGridSchemaPublisher<EventGridEvent> eventGridEvents(PublishOptions options) {
		return new EventGridSchemaPublisher<>(requests(options, new EventGridEventSchema()));
	}

	/**
	 * Return a publisher for a topic with an input mapping of its own.
	 * @return a publisher of anything that JSON can say as an object: maps, records,
	 * beans, written by the client's mapper; or {@link EventData#json(byte[])}, sent as
	 * it is. It borrows this client's connections
	 */
	public EventGridSchemaPublisher<Object> customEvents() {
		return customEvents(PublishOptions.none());
	}

	/**
	 * Return a publisher for a topic with an input mapping of its own.
	 * @param options channel and content type
	 * @return a publisher as from {@link #customEvents()}
	 */
	public EventGridSchemaPublisher<Object> customEvents(PublishOptions options) {
		return new EventGridSchemaPublisher<>(requests(options, new CustomEventSchema(this.jsonMapper)));
	}

	private <E> PublishRequests<E> requests(PublishOptions options, EventSchema<E> schema) {
		return new PublishRequests<>(this.pipeline, PublishDestination.basic(this.endpoint, this.apiVersion, options),
				schema);
	}

	/**
	 * Return where the topic is.
	 * @return the endpoint, with its path
	 */
	public AzureEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Refuse calls from now on and close the connections that this client opened itself.
	 * Connections of a connector that was given stay open. Idempotent, does not block.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.pipeline.close();
		if (this.ownedPool != null) {
			this.ownedPool.dispose();
		}
	}

	@Override
	public String toString() {
		return "EventGridBasicClient[" + this.endpoint + "]";
	}

	/**
	 * Builds an {@link EventGridBasicClient}. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable AzureEndpoint endpoint;

		private @Nullable AzureCredential credential;

		private ClientOptions options = ClientOptions.defaults();

		private @Nullable ClientHttpConnector connector;

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private ObservationConvention<AzureOperationContext> publishConvention = EventGridObservationConvention
			.publish();

		private JsonMapper jsonMapper = JsonMapper.shared();

		private String apiVersion = "2018-01-01";

		private String audience = NamespaceAccess.AUDIENCE;

		private Scheduler scheduler = Schedulers.parallel();

		private Clock clock = Clock.systemUTC();

		private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

		private Builder() {
		}

		/**
		 * Set where the topic is.
		 * @param endpoint the complete URL as the portal shows it, such as
		 * {@code https://orders.westeurope-1.eventgrid.azure.net/api/events}; its path is
		 * kept, whatever it is
		 * @return this builder
		 * @throws IllegalArgumentException if it is no such URL: it has a query, or is a
		 * namespace's
		 */
		public Builder endpoint(String endpoint) {
			this.endpoint = BasicAccess.endpoint(endpoint);
			return this;
		}

		/**
		 * Set where the topic is.
		 * @param endpoint the endpoint, with its path
		 * @return this builder
		 * @throws IllegalArgumentException if it is a namespace's
		 */
		public Builder endpoint(AzureEndpoint endpoint) {
			BasicAccess.requireBasic(endpoint);
			this.endpoint = endpoint;
			return this;
		}

		/**
		 * Set what proves who is calling.
		 * @param credential an {@link AzureCredential.AccessKey}, an
		 * {@link AzureCredential.Sas} as of {@link EventGridSas}, or an
		 * {@link AzureCredential.Token}
		 * @return this builder
		 * @throws IllegalArgumentException if the Basic tier does not take this kind
		 */
		public Builder credential(AzureCredential credential) {
			BasicAccess.requireAccepted(credential);
			this.credential = credential;
			return this;
		}

		/**
		 * Set time-outs, limits and retries.
		 * @param options default {@link ClientOptions#defaults()}
		 * @return this builder
		 */
		public Builder options(ClientOptions options) {
			this.options = options;
			return this;
		}

		/**
		 * Set what sends requests.
		 * @param connector a connector, which the client will not close; default: a pool
		 * of the client's own, with {@link PoolOptions#defaults()}
		 * @return this builder
		 */
		public Builder connector(ClientHttpConnector connector) {
			this.connector = connector;
			return this;
		}

		/**
		 * Set where calls are observed.
		 * @param observationRegistry default {@link ObservationRegistry#NOOP}
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.observationRegistry = observationRegistry;
			return this;
		}

		/**
		 * Set how publishing is observed.
		 * @param convention default {@link EventGridObservationConvention#publish()}
		 * @return this builder
		 */
		public Builder publishConvention(ObservationConvention<AzureOperationContext> convention) {
			this.publishConvention = convention;
			return this;
		}

		/**
		 * Set what writes custom events.
		 * @param jsonMapper default {@link JsonMapper#shared()}
		 * @return this builder
		 */
		public Builder jsonMapper(JsonMapper jsonMapper) {
			this.jsonMapper = jsonMapper;
			return this;
		}

		/**
		 * Set the version of the protocol to ask for.
		 * @param apiVersion default {@code 2018-01-01}; not blank
		 * @return this builder
		 */
		public Builder apiVersion(String apiVersion) {
			Assert.hasText(apiVersion, "The api-version must not be blank");
			this.apiVersion = apiVersion;
			return this;
		}

		/**
		 * Set what tokens of Microsoft Entra ID are to be good for.
		 * @param audience default {@code https://eventgrid.azure.net}; not blank
		 * @return this builder
		 */
		public Builder audience(String audience) {
			Assert.hasText(audience, "The audience must not be blank");
			this.audience = audience;
			return this;
		}

		/**
		 * Set what runs time-outs and waits between tries.
		 * @param scheduler default {@link Schedulers#parallel()}; not owned
		 * @return this builder
		 */
		public Builder scheduler(Scheduler scheduler) {
			this.scheduler = scheduler;
			return this;
		}

		/**
		 * Set what tells the time.
		 * @param clock default {@link Clock#systemUTC()}
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Set what gives the jitter of waits.
		 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
		 * @return this builder
		 */
		public Builder random(DoubleSupplier random) {
			this.random = random;
			return this;
		}

		/**
		 * Build the client. Opens no connection.
		 * @return the client, to be closed by the caller
		 * @throws IllegalStateException if endpoint or credential is missing
		 * @throws IllegalArgumentException if tokens would travel over plain HTTP
		 */
		public EventGridBasicClient build() {
			return new EventGridBasicClient(this);
		}

	}

}
