package dev.reactiveazure.eventgrid;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.ClientBuilder;
import dev.reactiveazure.core.ClientSettings;
import dev.reactiveazure.core.pipeline.ClientConnector;
import dev.reactiveazure.core.pipeline.FirstUse;
import dev.reactiveazure.core.pipeline.PipelineSettings;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RequestSigner;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

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

	/** Made for the first publisher or receiver: a start need not wait for them. */
	private final FirstUse<Pipelines> pipelines;

	private final ClientConnector connector;

	private final ClientConnector receiveConnector;

	private final Scheduler scheduler;

	private final BackgroundReceives background = new BackgroundReceives();

	private final AtomicBoolean closed = new AtomicBoolean();

	private EventGridNamespaceClient(Builder builder, ClientSettings settings) {
		this.endpoint = settings.endpoint();
		this.apiVersion = URLEncoder.encode(settings.apiVersion(), StandardCharsets.UTF_8);
		this.scheduler = settings.scheduler();
		RequestSigner signer = NamespaceAccess.signer(settings.credential(), this.endpoint, settings.audience(),
				settings.clock());
		this.connector = ClientConnector.of(settings.connector(), "azure-eventgrid", settings.poolOptions());
		this.receiveConnector = ClientConnector.of(builder.receiveConnector, "azure-eventgrid-receive",
				settings.poolOptions());
		this.pipelines = pipelines(builder, settings, signer);
	}

	private FirstUse<Pipelines> pipelines(Builder builder, ClientSettings settings, RequestSigner signer) {
		ObservationConvention<AzureOperationContext> publish = builder.publishConvention;
		ObservationConvention<AzureOperationContext> receive = builder.receiveConvention;
		ObservationConvention<AzureOperationContext> settle = builder.settleConvention;
		boolean traceEvents = builder.traceEvents;
		return new FirstUse<>(
				() -> new Pipelines(pipeline(settings, signer, this.connector, publish),
						pipeline(settings, signer, this.receiveConnector, receive),
						pipeline(settings, signer, this.connector, settle), new CloudEventSchema(traceEvents)),
				Pipelines::close);
	}

	private static RequestPipeline pipeline(ClientSettings settings, RequestSigner signer, ClientConnector connector,
			ObservationConvention<AzureOperationContext> convention) {
		return new RequestPipeline(PipelineSettings.of(settings, connector, signer, EventGridErrors::map, convention));
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
		Pipelines made = this.pipelines.get();
		return new EventGridPublisherClient(new PublishRequests<>(made.publishing(),
				PublishDestination.namespaceTopic(topic, this.apiVersion), made.events()));
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
		Pipelines made = this.pipelines.get();
		return new EventGridReceiverClient(topic, subscription,
				new SubscriptionRequests(made.receiving(), made.settling(), topic, subscription,
						new NamespacePaths(topic, subscription, this.apiVersion), this.background),
				this.scheduler);
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
		this.pipelines.close();
		this.connector.close();
		this.receiveConnector.close();
	}

	@Override
	public String toString() {
		return "EventGridNamespaceClient[" + this.endpoint + "]";
	}

	private record Pipelines(RequestPipeline publishing, RequestPipeline receiving, RequestPipeline settling,
			CloudEventSchema events) {

		void close() {
			this.publishing.close();
			this.receiving.close();
			this.settling.close();
		}

	}

	/**
	 * Builds an {@link EventGridNamespaceClient}, which speaks version {@code 2024-06-01}
	 * by default. Not thread-safe.
	 * <p>
	 * The response time-out of the {@link #options options} is that of publishing and
	 * settling; a receive has its own. The {@link #connector connector} sends publish and
	 * settlement requests.
	 */
	public static final class Builder extends ClientBuilder<Builder> {

		private @Nullable ClientHttpConnector receiveConnector;

		private ObservationConvention<AzureOperationContext> publishConvention = EventGridObservationConvention
			.publish();

		private ObservationConvention<AzureOperationContext> receiveConvention = EventGridObservationConvention
			.receive();

		private ObservationConvention<AzureOperationContext> settleConvention = EventGridObservationConvention.settle();

		private boolean traceEvents = true;

		private Builder() {
			super("EventGridNamespaceClient.builder().endpoint(…).credential(…)", "2024-06-01");
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
		@Override
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
		@Override
		public Builder endpoint(AzureEndpoint endpoint) {
			NamespaceAccess.requireNamespace(endpoint);
			return super.endpoint(endpoint);
		}

		/**
		 * Set what proves who is calling.
		 * @param credential an {@link AzureCredential.AccessKey} or an
		 * {@link AzureCredential.Token}: namespaces know neither account keys nor shared
		 * access signatures
		 * @return this builder
		 * @throws IllegalArgumentException if a namespace does not take this kind
		 */
		@Override
		public Builder credential(AzureCredential credential) {
			NamespaceAccess.requireAccepted(credential);
			return super.credential(credential);
		}

		/**
		 * Set what sends receive requests, which hold a connection for up to two minutes
		 * each.
		 * @param receiveConnector a connector whose pool is not the other one's, which
		 * the client will not close; default: a second pool of the client's own
		 * @return this builder
		 */
		public Builder receiveConnector(ClientHttpConnector receiveConnector) {
			this.receiveConnector = receiveConnector;
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
		 * Build the client. Opens no connection.
		 * @return the client, to be closed by the caller
		 * @throws IllegalStateException if endpoint or credential is missing
		 * @throws IllegalArgumentException if tokens would travel over plain HTTP
		 */
		public EventGridNamespaceClient build() {
			return new EventGridNamespaceClient(this, settings());
		}

	}

}
