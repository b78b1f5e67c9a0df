package dev.reactiveazure.tables;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.HttpDate;
import dev.reactiveazure.core.pipeline.PipelineSettings;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RequestSigner;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.json.JsonFactory;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;

/**
 * The Table service of one account: its tables, and clients for each. Thread-safe; needs
 * no application context.
 * <p>
 * Nothing is sent before it is subscribed to. Failures are the
 * {@link dev.reactiveazure.core.AzureException} family.
 */
public final class TableServiceClient implements AutoCloseable {

	private final AzureEndpoint endpoint;

	private final RequestPipeline pipeline;

	private final PipelineSettings settings;

	private final @Nullable HttpPool ownPool;

	private final JsonFactory json = new JsonFactory();

	private final RowFormat<TableEntity> anyRow = new RowFormat<>(TableEntityCodec.INSTANCE, this.json);

	private final AtomicBoolean closed = new AtomicBoolean();

	private TableServiceClient(PipelineSettings settings, @Nullable HttpPool ownPool) {
		this.endpoint = settings.endpoint();
		this.settings = settings;
		this.pipeline = new RequestPipeline(settings);
		this.ownPool = ownPool;
	}

	public static Builder builder() {
		return new Builder();
	}

	public AzureEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Return a client for a table, which need not exist. It borrows this client's
	 * connections, and ends with it.
	 * @throws InvalidEntityException if no table can have that name
	 */
	public TableClient getTableClient(String name) {
		return new TableClient(this, typed(name, TableEntityCodec.INSTANCE));
	}

	/**
	 * Create a table.
	 * @return completes when it exists; {@link AlreadyExistsException} where it did
	 * before, {@link OutcomeUnknownException} where an earlier try of this call may have
	 * created it
	 */
	public Mono<Void> createTable(String name) {
		return create(name).onErrorMap(AlreadyExistsException.class, TableServiceClient::afterRefusal);
	}

	/**
	 * Create a table that may exist.
	 * @return whether this call created it, or may have done so with a try that got no
	 * answer
	 */
	public Mono<Boolean> createTableIfAbsent(String name) {
		return create(name).thenReturn(true)
			.onErrorResume(AlreadyExistsException.class, (refusal) -> Mono.just(refusal.call().maybeApplied()));
	}

	/**
	 * Delete a table with all that is in it.
	 * @return whether there was one
	 */
	public Mono<Boolean> deleteTable(String name) {
		return Mono.defer(() -> {
			EntityLimits.checkTableName(name);
			return this.pipeline.execute(new AzureRequest<>(TablesOperations.DELETE_TABLE, "table", name,
					EntityAddress.table(name), TablesOperations.COMMON_HEADERS, null, Deleted.READER));
		});
	}

	/**
	 * Refuse calls from now on, and close the connections that are this client's own.
	 * Idempotent.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.pipeline.close();
		if (this.ownPool != null) {
			this.ownPool.dispose();
		}
	}

	@Override
	public String toString() {
		return "TableServiceClient[" + this.endpoint + "]";
	}

	<T> TypedTableClient<T> typed(String name, EntityCodec<T> codec) {
		EntityLimits.checkTableName(name);
		return new TypedTableClient<>(this.pipeline, this.settings.scheduler(), name, new RowFormat<>(codec, this.json),
				this.anyRow);
	}

	private Mono<Void> create(String name) {
		return Mono.defer(() -> {
			EntityLimits.checkTableName(name);
			return this.pipeline.execute(new AzureRequest<>(TablesOperations.CREATE_TABLE, "table", name, "/Tables",
					TablesOperations.INSERT_HEADERS, new TableNameBody(name), AnswerReader.nothing()));
		});
	}

	private static Throwable afterRefusal(AlreadyExistsException refusal) {
		return refusal.call().maybeApplied() ? new OutcomeUnknownException(refusal.call(),
				"a try got no answer, and the next was told that the table exists", false, refusal) : refusal;
	}

	/**
	 * Whether a delete found what it was to delete.
	 */
	private enum Deleted implements AnswerReader<Boolean> {

		READER;

		@Override
		public boolean reads(Answer answer) {
			return answer.isSuccess() || answer.status() == 404;
		}

		@Override
		public Boolean read(Answer answer) {
			return answer.isSuccess();
		}

	}

	/**
	 * Builds clients. Needs a {@link #connectionString}, or an {@link #endpoint} with a
	 * {@link #credential}; all else has a default.
	 */
	public static final class Builder {

		private @Nullable AzureEndpoint endpoint;

		private @Nullable AzureCredential credential;

		private ClientOptions options = ClientOptions.defaults();

		private PoolOptions poolOptions = PoolOptions.defaults();

		private @Nullable ClientHttpConnector connector;

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private TablesObservationConvention observationConvention = new DefaultTablesObservationConvention();

		private Clock clock = Clock.systemUTC();

		private @Nullable Scheduler scheduler;

		private @Nullable DoubleSupplier random;

		private Builder() {
		}

		/**
		 * Set endpoint and credential from a storage account's connection string, or
		 * {@code UseDevelopmentStorage=true} for an emulator on port 10002.
		 * @throws IllegalArgumentException if a part is missing or malformed; the message
		 * names it, and shows no key
		 */
		public Builder connectionString(String connectionString) {
			ConnectionString parsed = ConnectionString.parse(connectionString);
			this.endpoint = parsed.endpoint();
			this.credential = parsed.credential();
			return this;
		}

		/**
		 * Set the service's address, such as {@code https://shop.table.core.windows.net}.
		 * @throws IllegalArgumentException if it is no absolute http or https URL
		 */
		public Builder endpoint(String endpoint) {
			return endpoint(new AzureEndpoint(endpoint));
		}

		public Builder endpoint(AzureEndpoint endpoint) {
			this.endpoint = endpoint;
			return this;
		}

		/**
		 * Set the credential: a {@link AzureCredential.SharedKey} or an
		 * {@link AzureCredential.Sas}.
		 */
		public Builder credential(AzureCredential credential) {
			this.credential = credential;
			return this;
		}

		/**
		 * Set time-outs, limits and retries; default {@link ClientOptions#defaults()}.
		 */
		public Builder options(ClientOptions options) {
			this.options = options;
			return this;
		}

		/**
		 * Set the limits of the client's own connection pool; default
		 * {@link PoolOptions#defaults()}. Not looked at with a {@link #connector}.
		 */
		public Builder poolOptions(PoolOptions poolOptions) {
			this.poolOptions = poolOptions;
			return this;
		}

		/**
		 * Set the connector to send with, which stays its caller's to dispose of; default
		 * one over a pool of the client's own.
		 */
		public Builder connector(ClientHttpConnector connector) {
			this.connector = connector;
			return this;
		}

		/**
		 * Set where calls are observed; default nowhere.
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.observationRegistry = observationRegistry;
			return this;
		}

		/**
		 * Set how observations are named; default
		 * {@link DefaultTablesObservationConvention}.
		 */
		public Builder observationConvention(TablesObservationConvention observationConvention) {
			this.observationConvention = observationConvention;
			return this;
		}

		Builder time(Scheduler scheduler, Clock clock) {
			this.scheduler = scheduler;
			this.clock = clock;
			return this;
		}

		Builder random(DoubleSupplier random) {
			this.random = random;
			return this;
		}

		/**
		 * Build the client.
		 * @throws IllegalArgumentException if endpoint or credential is missing, or the
		 * credential is none that the Table service takes
		 */
		public TableServiceClient build() {
			Assert.isTrue(this.endpoint != null && this.credential != null,
					"A TableServiceClient needs a connectionString, or an endpoint with a credential");
			RequestSigner signer = signer(this.credential, new HttpDate(this.clock));
			HttpPool ownPool = null;
			ClientHttpConnector http = this.connector;
			if (http == null) {
				ownPool = HttpPool.create("azure-tables", this.poolOptions);
				http = ownPool.connector();
			}
			PipelineSettings settings = PipelineSettings.of(this.endpoint, http, signer, this.options,
					TablesErrors::map, this.observationRegistry, this.observationConvention);
			if (this.scheduler != null) {
				settings = settings.withTime(this.scheduler, this.clock);
			}
			if (this.random != null) {
				settings = settings.withRandom(this.random);
			}
			return new TableServiceClient(settings, ownPool);
		}

		private static RequestSigner signer(AzureCredential credential, HttpDate date) {
			if (credential instanceof AzureCredential.SharedKey key) {
				return new SharedKeySigner(key, date);
			}
			if (credential instanceof AzureCredential.Sas sas) {
				return new SasSigner(sas);
			}
			throw new IllegalArgumentException("The Table service takes no " + credential.getClass().getSimpleName()
					+ ": use a SharedKey, a Sas or a connection string");
		}

	}

}
