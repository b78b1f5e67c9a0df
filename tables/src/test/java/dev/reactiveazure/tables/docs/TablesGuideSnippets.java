package dev.reactiveazure.tables.docs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.AzureResponse;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TokenSource;
import dev.reactiveazure.tables.AccessPolicy;
import dev.reactiveazure.tables.AccountSas;
import dev.reactiveazure.tables.AccountSasPermission;
import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.ReadLocation;
import dev.reactiveazure.tables.SasProtocol;
import dev.reactiveazure.tables.SasResourceType;
import dev.reactiveazure.tables.SignatureScheme;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableSas;
import dev.reactiveazure.tables.TableSasPermission;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.TableServiceKind;
import dev.reactiveazure.tables.TableServiceProperties;
import dev.reactiveazure.tables.TableServiceStatistics;
import dev.reactiveazure.tables.TableUrl;
import dev.reactiveazure.tables.TablesExchangeFilters;
import dev.reactiveazure.tables.TransactionFailedException;
import dev.reactiveazure.tables.TransactionResult;
import dev.reactiveazure.tables.TypedTableClient;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.UserDelegationKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.web.reactive.function.client.WebClient;

import static dev.reactiveazure.tables.query.Criteria.where;

/**
 * The code of the guide to Tables, as it stands there.
 */
final class TablesGuideSnippets {

	private static final Logger log = LoggerFactory.getLogger(TablesGuideSnippets.class);

	TableServiceClient connectionString(String connectionString) {
		TableServiceClient client = TableServiceClient.builder()
			.connectionString(connectionString) // or "UseDevelopmentStorage=true"
			.build();
		return client;
	}

	TableServiceClient key(String endpoint, String accountName, String accountKey) {
		TableServiceClient client = TableServiceClient.builder()
			.endpoint(endpoint) // https://shop.table.core.windows.net
			.credential(new AzureCredential.SharedKey(accountName, accountKey))
			.build();
		return client;
	}

	TableServiceClient entra(TokenSource tokenSource) {
		TableServiceClient client = TableServiceClient.builder()
			.endpoint("https://shop.table.core.windows.net")
			.credential(new AzureCredential.Token(tokenSource))
			.build();
		return client;
	}

	TableServiceClient sas(String endpoint, String sasToken) {
		TableServiceClient client = TableServiceClient.builder()
			.endpoint(endpoint)
			.credential(new AzureCredential.Sas(sasToken))
			.build();
		return client;
	}

	TableClient tableUrl(String url) {
		TableServiceClient client = TableServiceClient.builder().fromTableUrl(url).build();
		TableClient table = client.getTableClient(TableUrl.parse(url).tableName());
		return table;
	}

	TableServiceClient special(String accountKey) {
		TableServiceClient client = TableServiceClient.builder()
			.endpoint("https://tables.internal.example:8443")
			.credential(new AzureCredential.SharedKey("shop", accountKey))
			.accountName("shop")
			.kind(TableServiceKind.STORAGE)
			.apiVersion("2020-12-06")
			.audience("https://storage.azure.com")
			.signatureScheme(SignatureScheme.SHARED_KEY_LITE)
			.build();
		return client;
	}

	Mono<Void> tables(TableServiceClient client) {
		Mono<Void> created = client.createTable("orders");
		Mono<Boolean> createdNow = client.createTableIfAbsent("orders");
		Mono<Boolean> deleted = client.deleteTable("orders");
		return created.then(createdNow).then(deleted).then(client.createTable("orders"));
	}

	Flux<String> listTables(TableServiceClient client) {
		Flux<String> all = client.listTables();
		Flux<String> some = client.listTables(TableQuery.filter("TableName ge 'o'").pageSize(100).limit(250));
		return all.concatWith(some);
	}

	Flux<TablePage<String>> tablePages(TableServiceClient client, @Nullable String continuation) {
		Flux<TablePage<String>> pages = client.tablePages(TableQuery.all().pageSize(100).from(continuation));
		return pages;
	}

	TableClient table(TableServiceClient client) {
		TableClient orders = client.getTableClient("orders");
		return orders;
	}

	Mono<Boolean> ownTable(TableClient orders) {
		Mono<Void> created = orders.createTable();
		Mono<Boolean> createdNow = orders.createTableIfAbsent();
		Mono<Boolean> deleted = orders.deleteTable();
		return created.then(createdNow).then(deleted);
	}

	Mono<UserDelegationKey> delegationKey(TableServiceClient client) {
		Mono<UserDelegationKey> key = client.getUserDelegationKey(Instant.now(),
				Instant.now().plus(Duration.ofHours(1)));
		return key;
	}

	TableEntity entity() {
		TableEntity order = TableEntity.builder("ada", "7")
			.put("note", "two boxes") // Edm.String
			.put("quantity", 2) // Edm.Int32
			.put("cents", 1250L) // Edm.Int64
			.put("weight", 0.75) // Edm.Double
			.put("paid", false) // Edm.Boolean
			.put("placed", Instant.now()) // Edm.DateTime, to 100 ns
			.put("cart", UUID.randomUUID()) // Edm.Guid
			.put("label", new byte[] { 1, 2 }) // Edm.Binary
			.build();
		return order;
	}

	Mono<TableEntity> insert(TableClient orders, TableEntity order) {
		Mono<TableEntity> stored = orders.insert(order);
		return stored;
	}

	Mono<TableEntity> insertAndGet(TableClient orders, TableEntity order) {
		Mono<TableEntity> asStored = orders.insertAndGet(order);
		return asStored;
	}

	Mono<Integer> get(TableClient orders) {
		Mono<Integer> quantity = orders.get("ada", "7")
			.mapNotNull((order) -> order.get("quantity", Integer.class))
			.defaultIfEmpty(0);
		return quantity;
	}

	Mono<TableEntity> getSelected(TableClient orders, TableKey key) {
		Mono<TableEntity> quantity = orders.get(key, "quantity");
		return quantity;
	}

	Mono<TableEntity> replaceUnchanged(TableClient orders) {
		return orders.get("ada", "7")
			.map((order) -> order.toBuilder().put("paid", true).put("note", null).build())
			.flatMap(orders::replace)
			.retryWhen(Retry.max(3).filter(ConditionNotMetException.class::isInstance));
	}

	Mono<TableEntity> writes(TableClient orders, TableEntity change) {
		Mono<TableEntity> replaced = orders.replace(change, MatchCondition.any());
		Mono<TableEntity> merged = orders.merge(change, MatchCondition.any());
		Mono<TableEntity> mergedUnchanged = orders.get(change.key())
			.flatMap((stored) -> orders.merge(change.toBuilder().etag(stored.etag()).build()));
		Mono<TableEntity> insertedOrReplaced = orders.upsert(change, UpdateMode.REPLACE);
		Mono<TableEntity> insertedOrMerged = orders.upsert(change, UpdateMode.MERGE);
		return replaced.then(merged).then(mergedUnchanged).then(insertedOrReplaced).then(insertedOrMerged);
	}

	Mono<Boolean> delete(TableClient orders, TableEntity stored) {
		Mono<Boolean> ifUnchanged = orders.delete(stored);
		Mono<Boolean> whateverVersion = orders.delete(TableKey.of("ada", "7"), MatchCondition.any());
		return ifUnchanged.then(whateverVersion);
	}

	Flux<TableEntity> query(TableClient orders, String customer) {
		Flux<TableEntity> all = orders.query(TableQuery.all());
		Flux<TableEntity> some = orders.query(TableQuery.filter("PartitionKey eq :customer and cents gt :cents")
			.bind("customer", customer)
			.bind("cents", 999L)
			.select("PartitionKey", "RowKey", "cents")
			.pageSize(500)
			.limit(2000));
		return all.concatWith(some);
	}

	Mono<Void> pages(TableClient orders, @Nullable String continuation) {
		return orders.pages(TableQuery.all().pageSize(500).from(continuation))
			.concatMap((page) -> handle(page.items()).thenReturn(page))
			.doOnNext((page) -> log.info("Go on from {}", page.continuation()))
			.then();
	}

	private Mono<Void> handle(List<TableEntity> orders) {
		return Mono.fromRunnable(() -> log.info("{} orders", orders.size()));
	}

	Mono<TransactionResult> transaction(TableClient orders, TableEntity stored, TableEntity other) {
		Mono<TransactionResult> result = orders.transaction()
			.insert(TableEntity.builder("ada", "8").put("quantity", 1).build())
			.replace(stored.toBuilder().put("paid", true).build())
			.merge(TableEntity.builder("ada", "9").put("paid", true).build(), MatchCondition.any())
			.upsert(TableEntity.builder("ada", "10").put("quantity", 3).build(), UpdateMode.REPLACE)
			.delete(TableKey.of("ada", "11"), MatchCondition.any())
			.delete(other)
			.submit();
		return result.doOnNext((written) -> log.info("First version: {}", written.etag(0)));
	}

	Mono<TransactionResult> failedTransaction(Mono<TransactionResult> result) {
		return result.doOnError(TransactionFailedException.class, (error) -> log.warn("Operation {} on {}: {}",
				error.operationIndex(), error.key(), error.code(), error.refusal()));
	}

	TableTemplate template(TableServiceClient client) {
		TableTemplate tables = new TableTemplate(client, new TableMappingContext(),
				TableTemplateOptions.defaults().withCreateTables(true));
		return tables;
	}

	Mono<Order> templateWrites(TableTemplate tables) {
		Mono<Order> stored = tables.insert(new Order("ada", "7", new BigDecimal("12.50"), 2, null));
		return stored.flatMap((order) -> tables.update(order.withQuantity(3)))
			.flatMap((order) -> tables.update(order.withQuantity(4), UpdateMode.MERGE))
			.flatMap((order) -> tables.upsert(order.withQuantity(5)));
	}

	Mono<Boolean> templateDeletes(TableTemplate tables, Order order) {
		Mono<Boolean> ifUnchanged = tables.delete(order);
		Mono<Boolean> whateverVersion = tables.delete(TableKey.of("ada", "7"), Order.class);
		return ifUnchanged.then(whateverVersion);
	}

	Flux<Order> templateReads(TableTemplate tables, String customer) {
		Mono<Order> one = tables.findByKey("ada", "7", Order.class);
		Flux<Order> all = tables.findAll(Order.class);
		Flux<Order> large = tables.find(
				Query.of(where(Order::customer).is(customer).and(where(Order::quantity).gt(1))).limit(50), Order.class);
		Flux<Order> same = tables
			.find(Query.odata("customer eq :c and quantity gt :q").bind("c", customer).bind("q", 1), Order.class);
		return Flux.concat(one, all, large, same);
	}

	Mono<TransactionResult> templateTransaction(TableTemplate tables, TableMappingContext mapping, Order first,
			Order second) {
		return tables
			.execute(Order.class,
					(client) -> client.typed(mapping.getCodec(Order.class))
						.transaction()
						.insert(first)
						.insert(second)
						.submit())
			.single();
	}

	Flux<Order> typed(TableClient orders, TableMappingContext mapping) {
		TypedTableClient<Order> typed = orders.typed(mapping.getCodec(Order.class));
		return typed.query(TableQuery.all());
	}

	Mono<Order> templateErrors(TableTemplate tables, Order order) {
		return tables.insert(order)
			.onErrorResume(DuplicateKeyException.class, (error) -> tables.upsert(order))
			.doOnError(OptimisticLockingFailureException.class, (error) -> log.warn("Changed by another", error));
	}

	Mono<List<AccessPolicy>> policies(TableClient orders) {
		AccessPolicy readers = new AccessPolicy("readers", null, Instant.now().plus(30, ChronoUnit.DAYS),
				EnumSet.of(TableSasPermission.READ));
		Mono<Void> set = orders.setAccessPolicies(List.of(readers));
		Mono<List<AccessPolicy>> get = orders.getAccessPolicies();
		return set.then(get);
	}

	AzureCredential.Sas tableSas(TableClient orders) {
		AzureCredential.Sas adasOrders = orders.generateSas(TableSas.builder()
			.permissions(TableSasPermission.READ, TableSasPermission.ADD)
			.expiry(Instant.now().plus(Duration.ofHours(1)))
			.from("ada")
			.to("ada")
			.build());
		return adasOrders;
	}

	AzureCredential.Sas policySas(TableClient orders) {
		AzureCredential.Sas underPolicy = orders
			.generateSas(TableSas.builder().policy("readers").protocol(SasProtocol.HTTPS_AND_HTTP).build());
		return underPolicy;
	}

	AzureCredential.Sas accountSas(TableServiceClient client) {
		AzureCredential.Sas token = client.generateSas(AccountSas.builder()
			.permissions(AccountSasPermission.READ, AccountSasPermission.LIST)
			.resourceTypes(SasResourceType.CONTAINER, SasResourceType.OBJECT)
			.expiry(Instant.now().plus(Duration.ofHours(1)))
			.build());
		return token;
	}

	Mono<TableServiceProperties> properties(TableServiceClient client) {
		Mono<Void> set = client.setProperties(TableServiceProperties.unchanged()
			.withLogging(new TableServiceProperties.Logging(false, true, true, 7))
			.withHourMetrics(new TableServiceProperties.Metrics(true, true, 7))
			.withMinuteMetrics(new TableServiceProperties.Metrics(false, false, null))
			.withCors(List.of(new TableServiceProperties.CorsRule(List.of("https://shop.example"), List.of("GET"),
					List.of("x-ms-*"), List.of("x-ms-*"), Duration.ofHours(1)))));
		Mono<TableServiceProperties> get = client.getProperties();
		return set.then(get);
	}

	Mono<TableServiceStatistics.Status> statistics(TableServiceClient client) {
		Mono<TableServiceStatistics.Status> status = client.getStatistics().map(TableServiceStatistics::status);
		return status;
	}

	TableServiceClient secondary(String connectionString) {
		TableServiceClient client = TableServiceClient.builder()
			.connectionString(connectionString)
			.readLocation(ReadLocation.PRIMARY_THEN_SECONDARY)
			.build();
		return client;
	}

	TableServiceClient options(String connectionString) {
		TableServiceClient client = TableServiceClient.builder()
			.connectionString(connectionString)
			.options(ClientOptions.defaults()
				.withResponseTimeout(Duration.ofSeconds(10))
				.withRetry(RetryOptions.defaults().withMaxRetries(5)))
			.build();
		return client;
	}

	Mono<TableEntity> perCall(TableClient orders) {
		return RequestOptions.none()
			.withResponseTimeout(Duration.ofSeconds(2))
			.withRetry(RetryOptions.none())
			.withClientRequestId("order-7")
			.withHeader("x-caller", "desk")
			.applyTo(orders.get("ada", "7"));
	}

	Mono<AzureResponse<TableEntity>> response(TableClient orders, TableEntity order) {
		return AzureResponse.of(orders.insert(order))
			.doOnNext((response) -> log.info("{} as {}", response.info().status(), response.info().requestId()));
	}

	Mono<TableEntity> errors(TableClient orders, TableEntity order) {
		return orders.insert(order)
			.doOnError(InvalidEntityException.class, (error) -> log.error("Not sent: {}", error.property()))
			.doOnError(AlreadyExistsException.class, (error) -> log.warn("The key is taken", error))
			.doOnError(NotFoundException.class, (error) -> log.error("No such table", error))
			.doOnError(AuthenticationException.class, (error) -> log.error("Wrong key or token", error))
			.doOnError(PermissionException.class, (error) -> log.error("Not allowed by role or SAS", error))
			.doOnError(ThrottledException.class, (error) -> log.error("Busy, even after retries", error))
			.doOnError(OutcomeUnknownException.class, (error) -> log.error("It may be stored", error))
			.doOnError(NotSentException.class, (error) -> log.error("It is not stored", error))
			.onErrorMap(AzureException.class, (error) -> new IllegalStateException("Order not stored", error));
	}

	Mono<String> webClient(String endpoint, AzureCredential credential) {
		WebClient http = WebClient.builder()
			.baseUrl(endpoint)
			.defaultHeader("x-ms-version", "2020-12-06")
			.filter(TablesExchangeFilters.forService(endpoint, credential))
			.build();
		return http.get().uri("/?restype=service&comp=properties").retrieve().bodyToMono(String.class);
	}

}
