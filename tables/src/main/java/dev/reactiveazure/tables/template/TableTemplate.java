package dev.reactiveazure.tables.template;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import dev.reactiveazure.tables.query.Update;
import dev.reactiveazure.tables.template.Projections.Projection;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.mapping.callback.ReactiveEntityCallbacks;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Stores and finds objects over a {@link TableServiceClient}. Thread-safe.
 */
public class TableTemplate implements TableOperations {

	private final TemplateSettings settings;

	private final SingletonSupplier<TemplateParts> parts;

	/**
	 * Create a template with the default options.
	 * @param service the account's client, which stays the caller's to close
	 * @param mapping what is known about classes
	 */
	public TableTemplate(TableServiceClient service, TableMappingContext mapping) {
		this(builder(service, mapping));
	}

	/**
	 * Create a template.
	 * @param service the account's client, which stays the caller's to close
	 * @param mapping what is known about classes
	 * @param options options
	 */
	public TableTemplate(TableServiceClient service, TableMappingContext mapping, TableTemplateOptions options) {
		this(builder(service, mapping).options(options));
	}

	private TableTemplate(Builder builder) {
		this.settings = builder.settings();
		this.parts = SingletonSupplier.of(() -> TemplateParts.of(this.settings));
	}

	private TableTemplate(TemplateSettings settings, TemplateParts parts) {
		this.settings = settings;
		this.parts = SingletonSupplier.of(parts);
	}

	private TemplateParts parts() {
		return this.parts.obtain();
	}

	/**
	 * Begin to build a template.
	 * @param service the account's client, which stays the caller's to close
	 * @param mapping what is known about classes
	 */
	public static Builder builder(TableServiceClient service, TableMappingContext mapping) {
		Assert.notNull(mapping, "mapping must not be null");
		return new Builder(service, () -> mapping);
	}

	/**
	 * Begin to build a template that asks for the mapping with its first operation.
	 * @param service the account's client, which stays the caller's to close
	 * @param mapping returns what is known about classes, always the same; asked on the
	 * thread of an operation, so it must not wait for others
	 */
	public static Builder builder(TableServiceClient service, Supplier<TableMappingContext> mapping) {
		return new Builder(service, mapping);
	}

	@Override
	public <T> Mono<T> insert(T entity) {
		return parts().writes().write(TableWrite.insert(entity));
	}

	@Override
	public <T> Mono<T> update(T entity, WriteOptions options) {
		return parts().writes().write(TableWrite.update(entity, options));
	}

	@Override
	public <T> Mono<T> upsert(T entity, WriteOptions options) {
		return parts().writes().write(TableWrite.upsert(entity, options));
	}

	@Override
	public <T> Mono<T> save(T entity) {
		return parts().writes().write(TableWrite.save(entity));
	}

	@Override
	public Mono<Boolean> delete(Object entity) {
		return parts().writes().delete(TableWrite.delete(entity));
	}

	@Override
	public Mono<Boolean> delete(TableKey key, Class<?> type, MatchCondition condition) {
		return parts().writes().delete(TableWrite.delete(key, type, condition));
	}

	@Override
	public Mono<Boolean> update(TableKey key, Update update, Class<?> type) {
		return parts().modification().update(key, update, type);
	}

	@Override
	public <T> Mono<T> modify(TableKey key, Class<T> type, Function<? super T, ? extends T> change) {
		return parts().modification().modify(key, type, change);
	}

	@Override
	public <T> Mono<T> getOrCreate(TableKey key, Class<T> type, Supplier<? extends T> initial) {
		return parts().modification().getOrCreate(key, type, initial);
	}

	@Override
	public <T> Mono<T> findByKey(TableKey key, Class<T> type) {
		return parts().reads().findByKey(key, type);
	}

	@Override
	public <T> Flux<T> findAllByKey(Publisher<TableKey> keys, Class<T> type) {
		return parts().reads().findAllByKey(keys, type);
	}

	@Override
	public Mono<Boolean> exists(TableKey key, Class<?> type) {
		return parts().reads().exists(key, type);
	}

	@Override
	public <T> FluentQuery<T> query(Class<T> type) {
		return new FluentQuery<>(this, type, Query.all());
	}

	@Override
	public <T> Flux<T> find(Query query, Class<T> type) {
		return parts().queries().find(query, type);
	}

	@Override
	public <T, P> Flux<P> find(Query query, Class<T> type, Class<P> projection) {
		return Flux.defer(() -> {
			Projection<T, P> shown = parts().projections().obtain().of(type, projection);
			return parts().queries()
				.find(query.select(shown.properties().toArray(String[]::new)), type)
				.map(shown.map());
		});
	}

	@Override
	public <T> Mono<T> findOne(Query query, Class<T> type) {
		return parts().queries().findOne(query, type);
	}

	@Override
	public <T> Mono<Window<T>> scroll(Query query, ScrollPosition position, Class<T> type) {
		return parts().windows().scroll(query, position, type);
	}

	@Override
	public <T> Flux<TablePage<T>> pages(Query query, Class<T> type) {
		return parts().queries().pages(query, type);
	}

	@Override
	public Mono<Long> count(Query query, Class<?> type) {
		return parts().queries().count(query, type);
	}

	@Override
	public Mono<Boolean> exists(Query query, Class<?> type) {
		return parts().queries().exists(query, type);
	}

	@Override
	public Mono<Long> delete(Query query, Class<?> type) {
		Flux<TableWrite<Object>> deletes = parts().queries()
			.keys(query, type)
			.map((key) -> TableWrite.deleteAny(key, type));
		return bulk(deletes, BulkOptions.allOrError()).filter((result) -> result.outcome() == BulkResult.Outcome.DONE)
			.count();
	}

	@Override
	public QueryPlan explain(Query query, Class<?> type) {
		return parts().queries().explain(query, type);
	}

	@Override
	public QueryPlan explain(Query query, Class<?> type, Class<?> projection) {
		List<String> properties = parts().projections().obtain().of(type, projection).properties();
		return parts().queries().explain(query.select(properties.toArray(String[]::new)), type);
	}

	@Override
	public <T> Flux<BulkResult<T>> bulk(Publisher<? extends TableWrite<T>> writes, BulkOptions options) {
		return parts().bulk().write(writes, options);
	}

	@Override
	public Mono<TransactionEntities> inTransaction(Iterable<? extends TableWrite<?>> writes) {
		return parts().transactions().submit(writes);
	}

	@Override
	public TableOperations inTable(String table) {
		Assert.hasText(table, "table must not be empty");
		return new TableTemplate(this.settings, parts().in(table, this.settings));
	}

	@Override
	public <R> Flux<R> execute(Class<?> type, Function<TableClient, ? extends Publisher<R>> action) {
		return Flux.deferContextual(
				(context) -> TableCalls.translated(Flux.from(action.apply(parts().tables().of(type, context).rows()))));
	}

	/**
	 * Builds templates; all has a default.
	 */
	public static final class Builder {

		private final TableServiceClient service;

		private final Supplier<TableMappingContext> mapping;

		private TableTemplateOptions options = TableTemplateOptions.defaults();

		private TableNameResolver names = TableNameResolver.asMapped();

		private EntityLifecycle lifecycle = EntityLifecycle.none();

		private Scheduler scheduler = Schedulers.parallel();

		private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

		private Builder(TableServiceClient service, Supplier<TableMappingContext> mapping) {
			Assert.notNull(service, "service must not be null");
			Assert.notNull(mapping, "mapping must not be null");
			this.service = service;
			this.mapping = mapping;
		}

		/**
		 * Set options; default {@link TableTemplateOptions#defaults()}.
		 */
		public Builder options(TableTemplateOptions options) {
			Assert.notNull(options, "options must not be null");
			this.options = options;
			return this;
		}

		/**
		 * Set which tables classes are in; default what their mapping says.
		 */
		public Builder tableNames(TableNameResolver names) {
			Assert.notNull(names, "names must not be null");
			this.names = names;
			return this;
		}

		/**
		 * Set callbacks; default none, which costs nothing.
		 */
		public Builder entityCallbacks(ReactiveEntityCallbacks callbacks) {
			Assert.notNull(callbacks, "callbacks must not be null");
			this.lifecycle = EntityLifecycle.of(callbacks);
			return this;
		}

		/**
		 * Take the callbacks among beans; of these, only those that are there when this
		 * is called make the template ask for any.
		 */
		public Builder entityCallbacks(BeanFactory beans) {
			Assert.notNull(beans, "beans must not be null");
			this.lifecycle = EntityLifecycle.of(beans);
			return this;
		}

		/**
		 * Set what runs waits, and tells the time for them; default
		 * {@link Schedulers#parallel()}.
		 */
		public Builder scheduler(Scheduler scheduler) {
			Assert.notNull(scheduler, "scheduler must not be null");
			this.scheduler = scheduler;
			return this;
		}

		/**
		 * Set what makes waits random: numbers from 0 (inclusive) to 1 (exclusive).
		 */
		public Builder random(DoubleSupplier random) {
			Assert.notNull(random, "random must not be null");
			this.random = random;
			return this;
		}

		private TemplateSettings settings() {
			return new TemplateSettings(this.service, this.mapping, this.options, this.names, this.lifecycle,
					this.scheduler, this.random);
		}

		public TableTemplate build() {
			return new TableTemplate(this);
		}

	}

}
