package dev.reactiveazure.core;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;

/**
 * What the builders of all clients have in common: where the service is, who is calling,
 * and how requests travel. Needs no application context. Not thread-safe.
 *
 * @param <B> the builder's own type
 */
public abstract class ClientBuilder<B extends ClientBuilder<B>> {

	private final String usage;

	private @Nullable AzureEndpoint endpoint;

	private @Nullable AzureCredential credential;

	private String apiVersion;

	private @Nullable String audience;

	private ClientOptions options = ClientOptions.defaults();

	private @Nullable ClientHttpConnector connector;

	private PoolOptions poolOptions = PoolOptions.defaults();

	private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	private Scheduler scheduler = Schedulers.parallel();

	private Clock clock = Clock.systemUTC();

	private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

	/**
	 * Create a builder.
	 * @param usage the calls that it takes at least, as errors show them
	 * @param apiVersion the version of the protocol that the client speaks by default
	 */
	protected ClientBuilder(String usage, String apiVersion) {
		this.usage = usage;
		this.apiVersion = apiVersion;
	}

	/**
	 * Set where the service is.
	 * @param endpoint its address as a URL, without query
	 * @return this builder
	 * @throws IllegalArgumentException if it is no absolute http or https URL, or not
	 * such a service's
	 */
	public B endpoint(String endpoint) {
		return endpoint(new AzureEndpoint(endpoint));
	}

	/**
	 * Set where the service is.
	 * @param endpoint its address
	 * @return this builder
	 * @throws IllegalArgumentException if it is not such a service's
	 */
	public B endpoint(AzureEndpoint endpoint) {
		Assert.notNull(endpoint, "The endpoint must not be null");
		this.endpoint = endpoint;
		return self();
	}

	/**
	 * Set what proves who is calling.
	 * @param credential a credential of a kind that the service takes
	 * @return this builder
	 * @throws IllegalArgumentException if the service does not take this kind; at the
	 * latest when the client is built
	 */
	public B credential(AzureCredential credential) {
		Assert.notNull(credential, "The credential must not be null");
		this.credential = credential;
		return self();
	}

	/**
	 * Set the version of the protocol to ask for.
	 * @param apiVersion a version as the service names them, not blank; default: the one
	 * that the client was written for
	 * @return this builder
	 * @throws IllegalArgumentException if it is blank
	 */
	public B apiVersion(String apiVersion) {
		Assert.hasText(apiVersion, "The api-version must not be blank");
		this.apiVersion = apiVersion;
		return self();
	}

	/**
	 * Set what tokens of Microsoft Entra ID are to be good for.
	 * @param audience such as {@code https://storage.azure.com}, not blank; default
	 * {@code null}: what the service and its address tell
	 * @return this builder
	 * @throws IllegalArgumentException if it is blank
	 */
	public B audience(@Nullable String audience) {
		Assert.isTrue(audience == null || !audience.isBlank(), "The audience must not be blank");
		this.audience = audience;
		return self();
	}

	/**
	 * Set time-outs, limits and retries.
	 * @param options default {@link ClientOptions#defaults()}
	 * @return this builder
	 */
	public B options(ClientOptions options) {
		this.options = options;
		return self();
	}

	/**
	 * Set what sends requests.
	 * @param connector a connector, which the client will not close; default: one over a
	 * pool of the client's own
	 * @return this builder
	 */
	public B connector(ClientHttpConnector connector) {
		this.connector = connector;
		return self();
	}

	/**
	 * Set the limits of the client's own connection pools. Not looked at with a
	 * {@link #connector}.
	 * @param poolOptions default {@link PoolOptions#defaults()}
	 * @return this builder
	 */
	public B poolOptions(PoolOptions poolOptions) {
		this.poolOptions = poolOptions;
		return self();
	}

	/**
	 * Set where calls are observed.
	 * @param observationRegistry default {@link ObservationRegistry#NOOP}
	 * @return this builder
	 */
	public B observationRegistry(ObservationRegistry observationRegistry) {
		this.observationRegistry = observationRegistry;
		return self();
	}

	/**
	 * Set what runs time-outs and waits, such as those between tries.
	 * @param scheduler default {@link Schedulers#parallel()}; not owned
	 * @return this builder
	 */
	public B scheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
		return self();
	}

	/**
	 * Set what tells the time.
	 * @param clock default {@link Clock#systemUTC()}
	 * @return this builder
	 */
	public B clock(Clock clock) {
		this.clock = clock;
		return self();
	}

	/**
	 * Set what gives the jitter of waits.
	 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
	 * @return this builder
	 */
	public B random(DoubleSupplier random) {
		this.random = random;
		return self();
	}

	/**
	 * Return what was set.
	 * @throws IllegalStateException if endpoint or credential is missing; the message
	 * names it, and says how to set it
	 */
	protected final ClientSettings settings() {
		if (this.endpoint == null) {
			throw new IllegalStateException("An endpoint is missing: " + this.usage);
		}
		if (this.credential == null) {
			throw new IllegalStateException("A credential is missing: " + this.usage);
		}
		return new ClientSettings(this.endpoint, this.credential, this.apiVersion, this.audience, this.options,
				this.connector, this.poolOptions, this.observationRegistry, this.scheduler, this.clock, this.random);
	}

	@SuppressWarnings("unchecked")
	private B self() {
		return (B) this;
	}

}
