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
import dev.reactiveazure.core.pipeline.PipelineSettings;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RequestSigner;
import io.micrometer.observation.ObservationConvention;
import tools.jackson.databind.json.JsonMapper;

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

	private final ClientConnector connector;

	private final AtomicBoolean closed = new AtomicBoolean();

	private EventGridBasicClient(ClientSettings settings, JsonMapper jsonMapper,
			ObservationConvention<AzureOperationContext> publishConvention) {
		this.endpoint = settings.endpoint();
		this.apiVersion = URLEncoder.encode(settings.apiVersion(), StandardCharsets.UTF_8);
		this.jsonMapper = jsonMapper;
		RequestSigner signer = BasicAccess.signer(settings.credential(), this.endpoint, settings.audience(),
				settings.clock());
		this.connector = ClientConnector.of(settings.connector(), "azure-eventgrid-basic", settings.poolOptions());
		this.pipeline = new RequestPipeline(
				PipelineSettings.of(settings, this.connector, signer, EventGridErrors::mapBasic, publishConvention));
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
		this.connector.close();
	}

	@Override
	public String toString() {
		return "EventGridBasicClient[" + this.endpoint + "]";
	}

	/**
	 * Builds an {@link EventGridBasicClient}, which speaks version {@code 2018-01-01} by
	 * default. Not thread-safe.
	 */
	public static final class Builder extends ClientBuilder<Builder> {

		private ObservationConvention<AzureOperationContext> publishConvention = EventGridObservationConvention
			.publish();

		private JsonMapper jsonMapper = JsonMapper.shared();

		private Builder() {
			super("EventGridBasicClient.builder().endpoint(…).credential(…)", "2018-01-01");
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
		@Override
		public Builder endpoint(String endpoint) {
			return endpoint(BasicAccess.endpoint(endpoint));
		}

		/**
		 * Set where the topic is.
		 * @param endpoint the endpoint, with its path
		 * @return this builder
		 * @throws IllegalArgumentException if it is a namespace's
		 */
		@Override
		public Builder endpoint(AzureEndpoint endpoint) {
			BasicAccess.requireBasic(endpoint);
			return super.endpoint(endpoint);
		}

		/**
		 * Set what proves who is calling.
		 * @param credential an {@link AzureCredential.AccessKey}, an
		 * {@link AzureCredential.Sas} as of {@link EventGridSas}, or an
		 * {@link AzureCredential.Token}
		 * @return this builder
		 * @throws IllegalArgumentException if the Basic tier does not take this kind
		 */
		@Override
		public Builder credential(AzureCredential credential) {
			BasicAccess.requireAccepted(credential);
			return super.credential(credential);
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
		 * Build the client. Opens no connection.
		 * @return the client, to be closed by the caller
		 * @throws IllegalStateException if endpoint or credential is missing
		 * @throws IllegalArgumentException if tokens would travel over plain HTTP
		 */
		public EventGridBasicClient build() {
			return new EventGridBasicClient(settings(), this.jsonMapper, this.publishConvention);
		}

	}

}
