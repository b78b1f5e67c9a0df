package dev.reactiveazure.tables;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.core.pipeline.AnswerReader;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.PipelineSettings;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RequestSigner;
import dev.reactiveazure.core.pipeline.RotatingSigner;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.StreamReadFeature;
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

	private final AzureCredential credential;

	private final String accountName;

	private final TablesConnection connection;

	private final ServiceSetup setup;

	private final @Nullable HttpPool ownPool;

	// The JDK's parser of doubles wants a string of each.
	private final JsonFactory json = JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

	private final TableNameReader nameReader;

	private final AtomicBoolean closed = new AtomicBoolean();

	private TableServiceClient(Builder builder, PipelineSettings settings, AzureCredential credential,
			@Nullable HttpPool ownPool) {
		this.endpoint = settings.endpoint();
		this.credential = credential;
		this.accountName = builder.accountName(credential, this.endpoint);
		AzureEndpoint secondary = builder.secondaryEndpoint(this.endpoint);
		this.connection = new TablesConnection(new RequestPipeline(settings),
				(secondary != null) ? new RequestPipeline(settings.withEndpoint(secondary)) : null,
				builder.readLocation, settings.scheduler(),
				new TablesDialect(builder.kind(this.endpoint), builder.apiVersion),
				new BatchFormat(this.endpoint, UUID.randomUUID()),
				new RowFormat<>(TableEntityCodec.INSTANCE, this.json));
		this.setup = new ServiceSetup(this.connection);
		this.nameReader = new TableNameReader(this.connection.anyRow());
		this.ownPool = ownPool;
	}

	public static Builder builder() {
		return new Builder();
	}

	public AzureEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Return the account's name: as the builder was told, or as credential or address
	 * show it.
	 */
	public String accountName() {
		return this.accountName;
	}

	/**
	 * Return a client for a table, which need not exist. It borrows this client's
	 * connections, and ends with it.
	 * @throws InvalidEntityException if no table can have that name
	 */
	public TableClient getTableClient(String name) {
		return new TableClient(this, this.setup, typed(name, TableEntityCodec.INSTANCE));
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
	 * @return whether there was one, also where a try that got no answer may have deleted
	 * it
	 */
	public Mono<Boolean> deleteTable(String name) {
		return Mono.defer(() -> {
			this.connection.dialect().checkTableName(name);
			return this.connection
				.execute(new AzureRequest<>(TablesOperations.DELETE_TABLE, "table", name, EntityAddress.table(name),
						this.connection.dialect().common(), null, Deleted.TABLE))
				.onErrorResume(TableServiceClient::isBeingDeletedByOwnTry, (refusal) -> Mono.just(true));
		});
	}

	private static boolean isBeingDeletedByOwnTry(Throwable error) {
		return error instanceof AzureServiceException refusal && refusal.call().maybeApplied()
				&& TablesErrors.TABLE_BEING_DELETED.equals(refusal.error().code());
	}

	/**
	 * List the account's tables, each page when a name of it is asked for.
	 * @return their names in order
	 */
	public Flux<String> listTables() {
		return listTables(TableQuery.all());
	}

	/**
	 * Find tables.
	 * @param query a filter on {@code TableName}, a page size, a limit, a
	 * {@link #tablePages page's} continuation; it can't select
	 */
	public Flux<String> listTables(TableQuery query) {
		long limit = (query.limit() > 0) ? query.limit() : Long.MAX_VALUE;
		String path = path(query);
		return new PageFlux<>((continuation) -> tablePage(path, continuation), query.continuation(), limit);
	}

	/**
	 * Find tables, in pages as the service cuts them, each when it is asked for.
	 * @param query as for {@link #listTables(TableQuery)}; its limit is not looked at
	 */
	public Flux<TablePage<String>> tablePages(TableQuery query) {
		String path = path(query);
		return new PageFlux<>((continuation) -> tablePage(path, continuation).map(PageFlux.Page::whole),
				query.continuation(), Long.MAX_VALUE);
	}

	/**
	 * Read the settings of the service. Storage accounts only.
	 */
	public Mono<TableServiceProperties> getProperties() {
		return this.setup.properties();
	}

	/**
	 * Change settings of the service. Storage accounts only.
	 * @param properties the settings, of which those that are {@code null} stay
	 */
	public Mono<Void> setProperties(TableServiceProperties properties) {
		return this.setup.properties(properties);
	}

	/**
	 * Read how the account is replicated, at its secondary endpoint. Storage accounts
	 * with read access to that only.
	 */
	public Mono<TableServiceStatistics> getStatistics() {
		return this.setup.statistics();
	}

	/**
	 * Sign a shared access signature of the account, without a request.
	 * @throws IllegalStateException if this client has no account key to sign with
	 */
	public AzureCredential.Sas generateSas(AccountSas sas) {
		return sas.sign(accountKey());
	}

	/**
	 * Ask for a key that signs in the name of whom this client's token is of.
	 * Experimental: no service has confirmed this request for tables yet, it may take a
	 * newer {@link Builder#apiVersion} than the default, no shared access signature is
	 * made of the key here, and all of it may change. Storage accounts only.
	 * @param start when the key begins to hold, to the second
	 * @param expiry when it ends, to the second, after the start
	 * @return the key; emits an {@link IllegalStateException}, before anything is sent,
	 * if this client's credential is no token
	 */
	public Mono<UserDelegationKey> getUserDelegationKey(Instant start, Instant expiry) {
		return Mono.defer(() -> {
			AzureCredential current = current(this.credential);
			if (!(current instanceof AzureCredential.Token)) {
				throw new IllegalStateException("A user delegation key is given for a token of Entra ID, and this "
						+ "client has a " + current.getClass().getSimpleName());
			}
			return this.setup.delegationKey(start, expiry);
		});
	}

	AzureCredential.SharedKey accountKey() {
		AzureCredential current = current(this.credential);
		if (current instanceof AzureCredential.SharedKey key) {
			return new AzureCredential.SharedKey(this.accountName, key.accountKey());
		}
		throw new IllegalStateException("A shared access signature is signed with the account's key, and this client "
				+ "has a " + current.getClass().getSimpleName());
	}

	private static AzureCredential current(AzureCredential credential) {
		return (credential instanceof RotatingCredential rotating) ? rotating.current() : credential;
	}

	private static String path(TableQuery query) {
		Assert.isTrue(query.select().isEmpty(), "A query of tables can't select: a table has only its name");
		Assert.isTrue(query.continuation() == null || Continuation.isOfTables(query.continuation()),
				"The continuation is of a query of entities");
		int top = (query.pageSize() == 0 && query.limit() < TableQuery.MAX_PAGE_SIZE) ? (int) query.limit()
				: query.pageSize();
		return EntityAddress.query("/Tables", query, top);
	}

	private Mono<PageFlux.Page<String>> tablePage(String path, @Nullable String continuation) {
		return this.connection.readPage(
				(from) -> new AzureRequest<>(TablesOperations.LIST_TABLES, "service", "tables",
						Continuation.target(path, from), this.connection.dialect().common(), null, this.nameReader),
				continuation);
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
		this.connection.close();
		if (this.ownPool != null) {
			this.ownPool.dispose();
		}
	}

	@Override
	public String toString() {
		return "TableServiceClient[" + this.endpoint + "]";
	}

	<T> TypedTableClient<T> typed(String name, EntityCodec<T> codec) {
		this.connection.dialect().checkTableName(name);
		return new TypedTableClient<>(this.connection, name, new RowFormat<>(codec, this.json));
	}

	private Mono<Void> create(String name) {
		return Mono.defer(() -> {
			this.connection.dialect().checkTableName(name);
			return this.connection.execute(new AzureRequest<>(TablesOperations.CREATE_TABLE, "table", name, "/Tables",
					this.connection.dialect().insert(), new TableNameBody(name), AnswerReader.nothing()));
		});
	}

	private static Throwable afterRefusal(AlreadyExistsException refusal) {
		return refusal.call().maybeApplied() ? new OutcomeUnknownException(refusal.call(),
				"a try got no answer, and the next was told that the table exists", false, refusal) : refusal;
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

		private @Nullable AzureEndpoint secondaryEndpoint;

		private ReadLocation readLocation = ReadLocation.PRIMARY;

		private @Nullable String accountName;

		private @Nullable TableServiceKind kind;

		private String apiVersion = TablesDialect.DEFAULT_VERSION;

		private @Nullable String audience;

		private SignatureScheme signatureScheme = SignatureScheme.SHARED_KEY;

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
			this.secondaryEndpoint = parsed.secondaryEndpoint();
			return this;
		}

		/**
		 * Set endpoint and credential from the URL of a table with a shared access
		 * signature, such as somebody hands out. {@link TableUrl#tableName()} is what to
		 * {@link #getTableClient get a client} for.
		 * @throws IllegalArgumentException if it is no table's; the message shows no
		 * signature
		 */
		public Builder fromTableUrl(String url) {
			TableUrl parsed = TableUrl.parse(url);
			this.endpoint = parsed.endpoint();
			if (parsed.credential() != null) {
				this.credential = parsed.credential();
			}
			return this;
		}

		/**
		 * Set where a geo-redundant account is read in its second region; default what
		 * the connection string says, or the service's rule for names gives.
		 */
		public Builder secondaryEndpoint(@Nullable String secondaryEndpoint) {
			this.secondaryEndpoint = (secondaryEndpoint != null) ? new AzureEndpoint(secondaryEndpoint) : null;
			return this;
		}

		/**
		 * Set which endpoint reads go to; default {@link ReadLocation#PRIMARY}.
		 */
		public Builder readLocation(ReadLocation readLocation) {
			this.readLocation = readLocation;
			return this;
		}

		/**
		 * Set the name of the account that requests are signed for, where the endpoint's
		 * host does not show it (an IP address, a proxy, a name of one's own) and the
		 * credential has another; default the credential's.
		 */
		public Builder accountName(@Nullable String accountName) {
			this.accountName = accountName;
			return this;
		}

		/**
		 * Set which service it is; default what the endpoint's host tells
		 * ({@link TableServiceKind#of}).
		 */
		public Builder kind(@Nullable TableServiceKind kind) {
			this.kind = kind;
			return this;
		}

		/**
		 * Set the version of the protocol; default {@code 2020-12-06}.
		 */
		public Builder apiVersion(String apiVersion) {
			this.apiVersion = apiVersion;
			return this;
		}

		/**
		 * Set what tokens of Entra ID are asked for, such as
		 * {@code https://storage.azure.com}; default what kind and host tell.
		 */
		public Builder audience(@Nullable String audience) {
			this.audience = audience;
			return this;
		}

		/**
		 * Set how requests are signed with an account's key; default
		 * {@link SignatureScheme#SHARED_KEY}.
		 */
		public Builder signatureScheme(SignatureScheme signatureScheme) {
			this.signatureScheme = signatureScheme;
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
		 * Set the credential: a {@link AzureCredential.SharedKey}, an
		 * {@link AzureCredential.Sas} or a {@link AzureCredential.Token}, or a
		 * {@link RotatingCredential} of one of them.
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
			Assert.isTrue(this.readLocation == ReadLocation.PRIMARY || secondaryEndpoint(this.endpoint) != null,
					() -> "The readLocation " + this.readLocation + " needs a secondaryEndpoint, which the endpoint '"
							+ this.endpoint + "' does not tell");
			AzureCredential credential = named(this.credential);
			RequestSigner signer = signer(credential, this.endpoint);
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
			return new TableServiceClient(this, settings, credential, ownPool);
		}

		private RequestSigner signer(AzureCredential credential, AzureEndpoint endpoint) {
			Signers signers = new Signers(this.signatureScheme, kind(endpoint), this.audience, this.clock);
			return (credential instanceof RotatingCredential rotating)
					? new RotatingSigner(rotating, (current) -> signers.signer(named(current), endpoint))
					: signers.signer(credential, endpoint);
		}

		private AzureCredential named(AzureCredential credential) {
			return (this.accountName != null && credential instanceof AzureCredential.SharedKey key)
					? new AzureCredential.SharedKey(this.accountName, key.accountKey()) : credential;
		}

		private String accountName(AzureCredential credential, AzureEndpoint endpoint) {
			if (this.accountName != null) {
				return this.accountName;
			}
			return (current(credential) instanceof AzureCredential.SharedKey key) ? key.accountName()
					: SecondaryEndpoint.accountName(endpoint);
		}

		private TableServiceKind kind(AzureEndpoint endpoint) {
			return (this.kind != null) ? this.kind : TableServiceKind.of(endpoint);
		}

		private @Nullable AzureEndpoint secondaryEndpoint(AzureEndpoint endpoint) {
			if (this.secondaryEndpoint != null || kind(endpoint) == TableServiceKind.COSMOS) {
				return this.secondaryEndpoint;
			}
			return SecondaryEndpoint.of(endpoint);
		}

	}

}
