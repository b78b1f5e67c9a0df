package dev.reactiveazure.emulator.tables;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.json.JsonFactory;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorHandler;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;

/**
 * The emulated Table service of one account, in memory. It keeps the real service's rules
 * where they are known, strict ones included: signatures, typed filters, continuation,
 * ETags, rules for other origins. What the real service needs time for (up to 30 seconds
 * until a stored access policy or a rule counts) happens at once. Thread-safe.
 */
public final class TablesEmulator implements EmulatorHandler {

	private static final String DEFAULT_VERSION = "2019-02-02";

	private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	private final String account;

	private final EmulatorClock clock;

	private final TableStore store;

	private final Paging paging = new Paging();

	private final Signer signer;

	private final Authenticator authenticator;

	private final Answers answers;

	private final TableHandler tables;

	private final EntityHandler entities;

	private final BatchHandler batches;

	private final ServiceHandler service;

	private final Cors cors;

	/**
	 * Creates a service without tables.
	 * @param settings the account
	 * @param clock the time of timestamps, signatures and SAS tokens
	 * @throws IllegalArgumentException if the account key is not base64
	 */
	public TablesEmulator(TablesSettings settings, EmulatorClock clock) {
		JsonFactory json = new JsonFactory();
		EntityWriter writer = new EntityWriter(json);
		Ticks ticks = new Ticks(clock);
		this.signer = new Signer(settings.accountKey());
		this.account = settings.accountName();
		this.clock = clock;
		this.store = new TableStore(clock, settings.tableDeletionTime());
		this.authenticator = new Authenticator(settings, this.signer, clock,
				new SasAuthenticator(this.account, this.signer, clock, this.store));
		this.answers = new Answers(writer);
		this.tables = new TableHandler(this.account, this.store, this.paging, json, writer);
		this.entities = new EntityHandler(this.account, this.store, ticks, this.paging,
				new CommandReader(new EntityReader(json)), writer);
		this.batches = new BatchHandler(this.account, this.store, ticks, this.entities, this.answers, clock);
		ServiceProperties properties = new ServiceProperties();
		this.service = new ServiceHandler(this.store, properties, clock);
		this.cors = new Cors(properties);
	}

	/**
	 * Cuts results into smaller pages than the real 1000 rows, so that few rows need many
	 * pages.
	 * @param rows the rows of a page, 1 to 1000
	 */
	public void limitPages(int rows) {
		this.paging.limit(rows);
	}

	/**
	 * Puts an empty page with a continuation before each page of a query, as the real
	 * service does at times.
	 * @param enabled whether to do it; false at first
	 */
	public void emptyPages(boolean enabled) {
		this.paging.emptyPages(enabled);
	}

	/**
	 * The names of the tables as they were created.
	 * @return the names in the order of a listing
	 */
	public List<String> tableNames() {
		return this.store.from("").stream().map(Table::name).toList();
	}

	/**
	 * The number of entities in a table.
	 * @param table the name in any case
	 * @return the number, 0 if there is no such table
	 */
	public int entityCount(String table) {
		Table found = this.store.find(table);
		return (found != null) ? found.size() : 0;
	}

	/**
	 * Drops all tables at once.
	 */
	public void clear() {
		this.store.clear();
	}

	/**
	 * Replaces the account's keys, as when they are regenerated at the service: requests
	 * and shared access signatures that come from now on need one of these.
	 * @param first the first key in base64
	 * @param second the second key in base64; {@code null}, as at the start, for none
	 * @throws IllegalArgumentException if a key is not base64
	 */
	public void replaceKeys(String first, @Nullable String second) {
		this.signer.replaceKeys(first, second);
	}

	/**
	 * Returns the account's first key.
	 * @return the key that counts now, in base64
	 */
	public String accountKey() {
		return this.signer.firstKey();
	}

	@Override
	public Mono<EmulatorResponse> handle(EmulatorRequest request) {
		return Mono.fromSupplier(() -> this.cors.applied(request, signed(request, answer(request))));
	}

	@Override
	public EmulatorResponse bodyTooLarge(EmulatorRequest request) {
		return signed(request, refuse(request, new Refusal(413, "RequestBodyTooLarge",
				"The request body is too large and exceeds the maximum permissible limit.")));
	}

	@Override
	public EmulatorResponse trouble(EmulatorRequest request, int status) {
		Refusal trouble = Refusal.ofTrouble(status);
		return signed(request, (trouble != null) ? refuse(request, trouble) : EmulatorResponse.status(status));
	}

	private EmulatorResponse answer(EmulatorRequest request) {
		try {
			checkHeaders(request);
			if (request.method().equals("OPTIONS")) {
				return this.cors.preflight(request);
			}
			AccountPath location = AccountPath.of(request.scheme(), request.host(), request.rawPath(), this.account);
			return route(Call.of(request, location, this.authenticator.authenticate(request)));
		}
		catch (Refusal ex) {
			return refuse(request, ex);
		}
	}

	private static void checkHeaders(EmulatorRequest request) {
		if (request.host().isBlank()) {
			throw new Refusal(400, "HostInformationNotPresent",
					"The required host information is not present in the request.");
		}
		String version = request.header("x-ms-version");
		if (version != null && !VERSION.matcher(version).matches()) {
			throw new Refusal(400, "InvalidHeaderValue",
					"The value for one of the HTTP headers is not in the correct format.");
		}
	}

	private EmulatorResponse refuse(EmulatorRequest request, Refusal refusal) {
		return this.answers.error(refusal, request.headers(), request.query(), request.id(), this.clock.now());
	}

	private EmulatorResponse route(Call call) {
		Address address = call.address();
		if (address instanceof Address.Tables) {
			return this.tables.onTables(call);
		}
		if (address instanceof Address.TableEntry entry) {
			return this.tables.onTable(call, entry.table());
		}
		if (address instanceof Address.Entities table) {
			return "acl".equals(call.comp()) ? this.service.accessPolicies(call, table.table())
					: this.entities.onTable(call, table.table());
		}
		if (address instanceof Address.Entity entity) {
			return this.entities.onEntity(call, entity);
		}
		if (address instanceof Address.Batch) {
			return this.batches.handle(call);
		}
		return this.service.onService(call);
	}

	private static EmulatorResponse signed(EmulatorRequest request, EmulatorResponse response) {
		String version = request.header("x-ms-version");
		EmulatorResponse signed = response.withHeader("Server", "Windows-Azure-Table/1.0 Microsoft-HTTPAPI/2.0")
			.withHeader("x-ms-request-id", request.id())
			.withHeader("x-ms-version", (version != null) ? version : DEFAULT_VERSION)
			.withHeader("X-Content-Type-Options", "nosniff");
		String clientRequestId = request.header("x-ms-client-request-id");
		return (clientRequestId != null) ? signed.withHeader("x-ms-client-request-id", clientRequestId) : signed;
	}

	@Override
	public String toString() {
		return "TablesEmulator[account=" + this.account + ", tables=" + tableNames() + "]";
	}

}
