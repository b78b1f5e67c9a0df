package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.ClientBuilder;
import dev.reactiveazure.core.ClientSettings;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.core.pipeline.ClientConnector;
import dev.reactiveazure.core.pipeline.FirstUse;
import dev.reactiveazure.core.pipeline.PipelineSettings;
import dev.reactiveazure.core.pipeline.RequestSigner;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

	/** Made for the first operation: a start need not wait for it. */
	private final FirstUse<TableService> service;

	private final ClientConnector connector;

	private final AtomicBoolean closed = new AtomicBoolean();

	private TableServiceClient(Builder builder, ClientSettings settings, RequestSigner signer) {
		this.endpoint = settings.endpoint();
		this.credential = settings.credential();
		this.accountName = builder.accountName(this.credential, this.endpoint);
		this.connector = ClientConnector.of(settings.connector(), "azure-tables", settings.poolOptions());
		TablesObservationConvention convention = builder.observationConvention;
		AzureEndpoint secondary = builder.secondaryEndpoint(this.endpoint);
		ReadLocation readLocation = builder.readLocation;
		TableServiceKind kind = builder.kind(this.endpoint);
		this.service = new FirstUse<>(() -> {
			PipelineSettings primary = PipelineSettings.of(settings, this.connector, signer, TablesErrors::map,
					convention);
			return TableService.of(primary, (secondary != null) ? primary.withEndpoint(secondary) : null, readLocation,
					new TablesDialect(kind, settings.apiVersion()));
		}, TableService::close);
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
		return new TableClient(this, this.service.get().setup(), typed(name, TableEntityCodec.INSTANCE));
	}

	/**
	 * Create a table.
	 * @return completes when it exists; {@link AlreadyExistsException} where it did
	 * before, {@link OutcomeUnknownException} where an earlier try of this call may have
	 * created it
	 */
	public Mono<Void> createTable(String name) {
		return this.service.get().tables().create(name);
	}

	/**
	 * Create a table that may exist.
	 * @return whether this call created it, or may have done so with a try that got no
	 * answer
	 */
	public Mono<Boolean> createTableIfAbsent(String name) {
		return this.service.get().tables().createIfAbsent(name);
	}

	/**
	 * Delete a table with all that is in it.
	 * @return whether there was one, also where a try that got no answer may have deleted
	 * it
	 */
	public Mono<Boolean> deleteTable(String name) {
		return this.service.get().tables().delete(name);
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
		return this.service.get().tables().names(query);
	}

	/**
	 * Find tables, in pages as the service cuts them, each when it is asked for.
	 * @param query as for {@link #listTables(TableQuery)}; its limit is not looked at
	 */
	public Flux<TablePage<String>> tablePages(TableQuery query) {
		return this.service.get().tables().pages(query);
	}

	/**
	 * Read the settings of the service. Storage accounts only.
	 */
	public Mono<TableServiceProperties> getProperties() {
		return this.service.get().setup().properties();
	}

	/**
	 * Change settings of the service. Storage accounts only.
	 * @param properties the settings, of which those that are {@code null} stay
	 */
	public Mono<Void> setProperties(TableServiceProperties properties) {
		return this.service.get().setup().properties(properties);
	}

	/**
	 * Read how the account is replicated, at its secondary endpoint. Storage accounts
	 * with read access to that only.
	 */
	public Mono<TableServiceStatistics> getStatistics() {
		return this.service.get().setup().statistics();
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
			return this.service.get().setup().delegationKey(start, expiry);
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

	/**
	 * Refuse calls from now on, and close the connections that are this client's own.
	 * Idempotent.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.service.close();
		this.connector.close();
	}

	@Override
	public String toString() {
		return "TableServiceClient[" + this.endpoint + "]";
	}

	<T> TypedTableClient<T> typed(String name, EntityCodec<T> codec) {
		return this.service.get().typed(name, codec);
	}

	/**
	 * Builds clients, which speak version {@code 2020-12-06} of the protocol by default.
	 * Needs a {@link #connectionString}, or an {@link #endpoint(String) endpoint} such as
	 * {@code https://shop.table.core.windows.net} with a {@link #credential}: a
	 * {@link AzureCredential.SharedKey}, an {@link AzureCredential.Sas} or a
	 * {@link AzureCredential.Token}, or a {@link RotatingCredential} of one of them. All
	 * else has a default. Not thread-safe.
	 */
	public static final class Builder extends ClientBuilder<Builder> {

		private static final String VERSION = "\\d{4}-\\d{2}-\\d{2}";

		private TablesObservationConvention observationConvention = new DefaultTablesObservationConvention();

		private @Nullable AzureEndpoint secondaryEndpoint;

		private ReadLocation readLocation = ReadLocation.PRIMARY;

		private @Nullable String accountName;

		private @Nullable TableServiceKind kind;

		private SignatureScheme signatureScheme = SignatureScheme.SHARED_KEY;

		private Builder() {
			super("TableServiceClient.builder().connectionString(…), or .endpoint(…).credential(…)",
					TablesDialect.DEFAULT_VERSION);
		}

		/**
		 * Set endpoint and credential from a storage account's connection string, or
		 * {@code UseDevelopmentStorage=true} for an emulator on port 10002.
		 * @throws IllegalArgumentException if a part is missing or malformed; the message
		 * names it, and shows no key
		 */
		public Builder connectionString(String connectionString) {
			ConnectionString parsed = ConnectionString.parse(connectionString);
			this.secondaryEndpoint = parsed.secondaryEndpoint();
			return endpoint(parsed.endpoint()).credential(parsed.credential());
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
			if (parsed.credential() != null) {
				credential(parsed.credential());
			}
			return endpoint(parsed.endpoint());
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
		 * Set how requests are signed with an account's key; default
		 * {@link SignatureScheme#SHARED_KEY}.
		 */
		public Builder signatureScheme(SignatureScheme signatureScheme) {
			this.signatureScheme = signatureScheme;
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

		/**
		 * Build the client. Opens no connection.
		 * @return the client, to be closed by the caller
		 * @throws IllegalStateException if endpoint or credential is missing
		 * @throws IllegalArgumentException if the Table service does not take such a
		 * credential, a token would travel over plain HTTP, or reads are to go to a
		 * secondary endpoint that is not known
		 */
		public TableServiceClient build() {
			ClientSettings settings = settings();
			AzureEndpoint endpoint = settings.endpoint();
			if (this.readLocation != ReadLocation.PRIMARY && secondaryEndpoint(endpoint) == null) {
				throw new IllegalArgumentException("The readLocation " + this.readLocation
						+ " needs a secondaryEndpoint, which the endpoint '" + endpoint + "' does not tell");
			}
			requireVersion(settings.apiVersion());
			RequestSigner signer = new Signers(this.signatureScheme, kind(endpoint), this.accountName,
					settings.audience(), settings.clock())
				.signer(settings.credential(), endpoint);
			return new TableServiceClient(this, settings, signer);
		}

		private static void requireVersion(String apiVersion) {
			if (!apiVersion.matches(VERSION)) {
				throw new IllegalArgumentException(
						"The api version must be a date such as 2020-12-06, but is '" + apiVersion + "'");
			}
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
