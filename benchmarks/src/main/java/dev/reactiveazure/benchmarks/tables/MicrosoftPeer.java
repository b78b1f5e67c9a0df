package dev.reactiveazure.benchmarks.tables;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.azure.core.credential.AzureNamedKeyCredential;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableAsyncClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import com.azure.data.tables.models.TableTransactionResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Microsoft's asynchronous client with its defaults, but without retries: a measurement
 * must not hide a failure. Its user builds a {@link TableEntity} and gets one.
 */
final class MicrosoftPeer implements TablesPeer {

	private final URI stub;

	private final TableAsyncClient client;

	private final Map<String, TableAsyncClient> queried = new ConcurrentHashMap<>();

	MicrosoftPeer(URI stub) {
		this.stub = stub;
		this.client = client(TABLE);
	}

	private TableAsyncClient client(String table) {
		return new TableClientBuilder().endpoint(this.stub + "/" + ACCOUNT)
			.credential(new AzureNamedKeyCredential(ACCOUNT, KEY))
			.tableName(table)
			.retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
			.buildAsyncClient();
	}

	@Override
	public Mono<Void> insert(Order order) {
		return this.client.createEntity(entity(order));
	}

	@Override
	public Mono<TableEntity> get(String customer, String id) {
		return this.client.getEntity(customer, id);
	}

	@Override
	public Flux<TableEntity> query(String table) {
		return this.queried.computeIfAbsent(table, this::client).listEntities();
	}

	@Override
	public Mono<TableTransactionResult> insertAll(List<Order> orders) {
		return this.client.submitTransaction(orders.stream()
			.map((order) -> new TableTransactionAction(TableTransactionActionType.CREATE, entity(order)))
			.toList());
	}

	private static TableEntity entity(Order order) {
		return new TableEntity(order.customer(), order.id()).addProperty("number", order.number())
			.addProperty("total", order.total())
			.addProperty("tax", order.tax())
			.addProperty("quantity", order.quantity())
			.addProperty("priority", order.priority())
			.addProperty("paid", order.paid())
			.addProperty("express", order.express())
			.addProperty("placedAt", date(order.placedAt()))
			.addProperty("shippedAt", date(order.shippedAt()))
			.addProperty("reference", order.reference())
			.addProperty("status", order.status())
			.addProperty("currency", order.currency())
			.addProperty("city", order.city())
			.addProperty("email", order.email())
			.addProperty("note", order.note());
	}

	private static @Nullable OffsetDateTime date(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

}
