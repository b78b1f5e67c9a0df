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

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;

/**
 * The door to one Event Grid namespace: hands out publishers for its topics and receivers
 * for its subscriptions, which share its connections.
 * <p>
 * Thread-safe; one per namespace and application is enough. Long polls have connections
 * of their own, so that waiting for events never holds up an acknowledgement. Close it
 * when the application ends; publishers and receivers need no closing.
 *
 * @see <a href=
 * "https://learn.microsoft.com/azure/event-grid/concepts-event-grid-namespaces"> Event
 * Grid namespaces</a>
 */
public final class EventGridNamespaceClient implements AutoCloseable {

	private final AzureEndpoint endpoint;

	private final String apiVersion;

	private final RequestPipeline publishing;

	private final RequestPipeline receiving;

	private final RequestPipeline settling;

	private final @Nullable HttpPool ownedPool;

	private final @Nullable HttpPool ownedReceivePool;

	private final boolean traceEvents;

	private final BackgroundReceives background = new BackgroundReceives();

	private final AtomicBoolean closed = new AtomicBoolean();

	private EventGridNamespaceClient(Builder builder) {
		Assert.state(builder.endpoint != null, "An endpoint is needed: EventGridNamespaceClient.builder().endpoint(…)");
		Assert.state(builder.credential != null,
				"A credential is needed: EventGridNamespaceClient.builder().credential(…)");
		this.endpoint = builder.endpoint;
		this.apiVersion = URLEncoder.encode(builder.apiVersion, StandardCharsets.UTF_8);
		this.traceEvents = builder.traceEvents;
		RequestSigner signer = NamespaceAccess.signer(builder.credential, builder.endpoint, builder.audience,
				builder.clock);
		this.ownedPool = (builder.connector == null) ? HttpPool.create("azure-eventgrid", PoolOptions.defaults())
				: null;
		this.ownedReceivePool = (builder.receiveConnector == null)
				? HttpPool.create("azure-eventgrid-receive", PoolOptions.defaults()) : null;
		ClientHttpConnector connector = connector(builder.connector, this.ownedPool);
		ClientHttpConnector receiveConnector = connector(builder.receiveConnector, this.ownedReceivePool);
		this.publishing = pipeline(builder, signer, connector, builder.publishConvention);
		this.settling = pipeline(builder, signer, connector, builder.settleConvention);
		this.receiving = pipeline(builder, signer, receiveConnector, builder.receiveConvention);
	}

	@SuppressWarnings("NullAway") // one of the two is there
	private static ClientHttpConnector connector(@Nullable ClientHttpConnector given, @Nullable HttpPool owned) {
		return (given != null) ? given : owned.connector();
	}

	private RequestPipeline pipeline(Builder builder, RequestSigner signer, ClientHttpConnector connector,
			ObservationConvention<AzureOperationContext> convention) {
		return new RequestPipeline(
				new PipelineSettings(this.endpoint, connector, signer, builder.options, EventGridErrors::map,
						builder.observationRegistry, convention, builder.scheduler, builder.clock, builder.random));
	}

	/**
	 * Start to build a client.
	 * @return a builder that needs an endpoint and a credential
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a publisher for a topic. Sends nothing: whether the topic exists shows when
	 * it is used.
	 * @param topic the name of a topic of this namespace, not blank
	 * @return a publisher that borrows this client's connections
	 */
	public EventGridPublisherClient publisher(String topic) {
		Assert.hasText(topic, "The topic's name must not be blank");
		return new EventGridPublisherClient(new PublishRequests<>(this.publishing,
				PublishDestination.namespaceTopic(topic, this.apiVersion), new CloudEventSchema(this.traceEvents)));
	}

	/**
	 * Return a receiver for an event subscription with pull delivery. Sends nothing:
	 * whether topic and subscription exist shows when it is used.
	 * @param topic the name of a topic of this namespace, not blank
	 * @param subscription the name of an event subscription of that topic, not blank
	 * @return a receiver that borrows this client's connections
	 */
	public EventGridReceiverClient receiver(String topic, String subscription) {
		Assert.hasText(topic, "The topic's name must not be blank");
		Assert.hasText(subscription, "The subscription's name must not be blank");
		return new EventGridReceiverClient(topic, subscription, new SubscriptionRequests(this.receiving, this.settling,
				topic, subscription, new NamespacePaths(topic, subscription, this.apiVersion), this.background));
	}

	/**
	 * Return where the namespace is.
	 * @return the endpoint
	 */
	public AzureEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Return what became of receives that were cancelled or timed out.
	 * @return a snapshot of all receivers of this client
	 * @see ReceiveOptions.OnCancel
	 */
	public AbandonedReceives abandonedReceives() {
		return this.background.counts();
	}

	/**
	 * Refuse calls from now on and close the connections that this client opened itself;
	 * calls on their way over those fail. Receives that were cancelled and go on in the
	 * background are closed, whoever owns their connections. Connections of connectors
	 * that were given stay open. Idempotent, does not block.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.background.dispose();
		this.publishing.close();
		this.receiving.close();
		this.settling.close();
		if (this.ownedPool != null) {
			this.ownedPool.dispose();
		}
		if (this.ownedReceivePool != null) {
			this.ownedReceivePool.dispose();
		}
	}

	@Override
	public String toString() {
		return "EventGridNamespaceClient[" + this.endpoint + "]";
	}

	/**
	 * Builds an {@link EventGridNamespaceClient}. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable AzureEndpoint endpoint;

		private @Nullable AzureCredential credential;

		private ClientOptions options = ClientOptions.defaults();

		private @Nullable ClientHttpConnector connector;

		private @Nullable ClientHttpConnector receiveConnector;

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private ObservationConvention<AzureOperationContext> publishConvention = EventGridObservationConvention
			.publish();

		private ObservationConvention<AzureOperationContext> receiveConvention = EventGridObservationConvention
			.receive();

		private ObservationConvention<AzureOperationContext> settleConvention = EventGridObservationConvention.settle();

		private boolean traceEvents = true;

		private String apiVersion = "2024-06-01";

		private String audience = NamespaceAccess.AUDIENCE;

		private Scheduler scheduler = Schedulers.parallel();

		private Clock clock = Clock.systemUTC();

		private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

		private Builder() {
		}

		/**
		 * Set where the namespace is.
		 * @param endpoint the namespace's HTTP host as a URL, such as
		 * {@code https://shop.westeurope-1.eventgrid.azure.net}; a slash at its end is
		 * left out
		 * @return this builder
		 * @throws IllegalArgumentException if it is no such URL: it has a query, or is
		 * the URL of a Basic topic ({@code /api/events}) or of one topic of a namespace
		 */
		public Builder endpoint(String endpoint) {
			return endpoint(NamespaceAccess.endpoint(endpoint));
		}

		/**
		 * Set where the namespace is.
		 * @param endpoint the namespace's endpoint
		 * @return this builder
		 * @throws IllegalArgumentException if it is the URL of a Basic topic
		 * ({@code /api/events}) or of one topic of a namespace
		 */
		public Builder endpoint(AzureEndpoint endpoint) {
			NamespaceAccess.requireNamespace(endpoint);
			this.endpoint = endpoint;
			return this;
		}

		/**
		 * Set what proves who is calling.
		 * @param credential an {@link AzureCredential.AccessKey} or an
		 * {@link AzureCredential.Token}: namespaces know neither account keys nor shared
		 * access signatures
		 * @return this builder
		 * @throws IllegalArgumentException if a namespace does not take this kind
		 */
		public Builder credential(AzureCredential credential) {
			NamespaceAccess.requireAccepted(credential);
			this.credential = credential;
			return this;
		}

		/**
		 * Set time-outs, limits and retries. The response time-out is that of publishing
		 * and settling; a receive has its own.
		 * @param options default {@link ClientOptions#defaults()}
		 * @return this builder
		 */
		public Builder options(ClientOptions options) {
			this.options = options;
			return this;
		}

		/**
		 * Set what sends publish and settlement requests.
		 * @param connector a connector, which the client will not close; default: a pool
		 * of the client's own, with {@link PoolOptions#defaults()}
		 * @return this builder
		 */
		public Builder connector(ClientHttpConnector connector) {
			this.connector = connector;
			return this;
		}

		/**
		 * Set what sends receive requests, which hold a connection for up to two minutes
		 * each.
		 * @param receiveConnector a connector whose pool is not the other one's, which
		 * the client will not close; default: a pool of the client's own, with
		 * {@link PoolOptions#defaults()}
		 * @return this builder
		 */
		public Builder receiveConnector(ClientHttpConnector receiveConnector) {
			this.receiveConnector = receiveConnector;
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
		 * Set how receiving is observed.
		 * @param convention default {@link EventGridObservationConvention#receive()}
		 * @return this builder
		 */
		public Builder receiveConvention(ObservationConvention<AzureOperationContext> convention) {
			this.receiveConvention = convention;
			return this;
		}

		/**
		 * Set how acknowledging, releasing, rejecting and renewing are observed.
		 * @param convention default {@link EventGridObservationConvention#settle()}
		 * @return this builder
		 */
		public Builder settleConvention(ObservationConvention<AzureOperationContext> convention) {
			this.settleConvention = convention;
			return this;
		}

		/**
		 * Set whether events are published with the trace of their publication, as
		 * extensions {@code traceparent} and {@code tracestate}, which needs a registry
		 * whose observations are traced. Events that have one of them keep what they
		 * have.
		 * @param traceEvents default {@code true}
		 * @return this builder
		 */
		public Builder traceEvents(boolean traceEvents) {
			this.traceEvents = traceEvents;
			return this;
		}

		/**
		 * Set the version of the protocol to ask for.
		 * @param apiVersion default {@code 2024-06-01}; not blank
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
		public EventGridNamespaceClient build() {
			return new EventGridNamespaceClient(this);
		}

	}

}
