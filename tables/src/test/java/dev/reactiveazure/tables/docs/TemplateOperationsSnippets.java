package dev.reactiveazure.tables.docs;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import dev.reactiveazure.tables.query.ScanPolicy;
import dev.reactiveazure.tables.query.Update;
import dev.reactiveazure.tables.template.BulkOptions;
import dev.reactiveazure.tables.template.ReactiveBeforeSaveCallback;
import dev.reactiveazure.tables.template.TableNameResolver;
import dev.reactiveazure.tables.template.TableScrollPosition;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import dev.reactiveazure.tables.template.TableWrite;
import dev.reactiveazure.tables.template.TransactionEntities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.data.domain.Window;
import org.springframework.data.mapping.callback.ReactiveEntityCallbacks;

import static dev.reactiveazure.tables.query.Criteria.where;

/**
 * The code of the guide to the template's operations, as it stands there.
 */
final class TemplateOperationsSnippets {

	private static final Logger log = LoggerFactory.getLogger(TemplateOperationsSnippets.class);

	Mono<Order> save(TableTemplate tables, Order order) {
		return tables.insert(order) // its ETag is on what is emitted
			.flatMap((inserted) -> tables.update(inserted.withQuantity(3)))
			.flatMap((updated) -> tables.save(updated.withQuantity(4)));
	}

	Mono<Boolean> update(TableTemplate tables) {
		return tables.update(TableKey.of("ada", "7"), Update.merging().set(Order::quantity, 5), Order.class)
			.then(tables.update(TableKey.of("ada", "7"), Update.rewriting().remove(Order::total), Order.class));
	}

	Mono<Order> modify(TableTemplate tables) {
		return tables
			.getOrCreate(TableKey.of("ada", "8"), Order.class, () -> new Order("ada", "8", BigDecimal.ZERO, 0, null))
			.then(tables.modify(TableKey.of("ada", "8"), Order.class,
					(order) -> order.withQuantity(order.quantity() + 1)));
	}

	Mono<Order> merge(TableTemplate tables, Order order) {
		return tables.update(order, UpdateMode.MERGE);
	}

	Flux<Order> query(TableTemplate tables) {
		return tables.query(Order.class)
			.matching(where(Order::customer).is("ada").and(Order::quantity).between(1, 10))
			.limit(100)
			.all();
	}

	Flux<Order> parameters(TableTemplate tables, String customer) {
		return tables.find(Query.odata("customer eq :c and quantity gt :q").bind("c", customer).bind("q", 2),
				Order.class);
	}

	Flux<Quantity> projection(TableTemplate tables) {
		return tables.query(Order.class).matching(where(Order::customer).is("ada")).as(Quantity.class).all();
	}

	Mono<Window<Order>> window(TableTemplate tables, String position) {
		return tables.query(Order.class)
			.matching(where(Order::customer).is("ada"))
			.limit(20)
			.scroll(TableScrollPosition.of(position));
	}

	QueryPlan explain(TableTemplate tables) {
		return tables.query(Order.class).matching(where(Order::customer).in("ada", "eve")).explain();
	}

	TableTemplate strict(TableServiceClient client, TableMappingContext mapping) {
		return new TableTemplate(client, mapping, TableTemplateOptions.defaults().withScanPolicy(ScanPolicy.REFUSE));
	}

	Mono<Long> count(TableTemplate tables) {
		return tables.query(Order.class).matching(where(Order::quantity).is(0)).allowTableScan().delete();
	}

	Mono<Long> bulk(TableTemplate tables, Flux<Order> orders) {
		BulkOptions options = BulkOptions.builder()
			.concurrency(16)
			.operationsPerSecond(2_000)
			.linger(Duration.ofMillis(20))
			.progress((progress) -> log.info("{} done, {} failed", progress.done(), progress.failed()))
			.build();
		return tables.bulk(orders.map(TableWrite::upsert), options)
			.filter((result) -> !result.isDone())
			.doOnNext((result) -> log.warn("Order {}: {}", result.index(), result.outcome(), result.error()))
			.count();
	}

	Mono<TransactionEntities> transaction(TableTemplate tables, Order paid, Order draft) {
		return tables.inTransaction(List.of(TableWrite.insert(paid), TableWrite.delete(draft)));
	}

	TableTemplate callbacks(TableServiceClient client, TableMappingContext mapping) {
		ReactiveBeforeSaveCallback<Order> check = (order, table) -> (order.quantity() < 0)
				? Mono.error(new IllegalArgumentException("A quantity can't be negative")) : Mono.just(order);
		return TableTemplate.builder(client, mapping)
			.entityCallbacks(ReactiveEntityCallbacks.create(check)) // or a BeanFactory
			.build();
	}

	Mono<Order> tenant(TableServiceClient client, TableMappingContext mapping, Order order) {
		TableTemplate tables = TableTemplate.builder(client, mapping)
			.tableNames(TableNameResolver.asMapped().withTenant("tenant").withPrefix("shop"))
			.options(TableTemplateOptions.defaults().withCreateTables(true))
			.build();
		return tables.insert(order).contextWrite(Context.of("tenant", "acme"));
	}

	record Quantity(String id, int quantity) {
	}

}
