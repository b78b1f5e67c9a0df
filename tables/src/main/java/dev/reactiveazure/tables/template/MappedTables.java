package dev.reactiveazure.tables.template;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Finds the table of a class for a call. Thread-safe.
 */
final class MappedTables {

	/**
	 * Names are made of what callers bring along: the memory of them must end somewhere.
	 */
	private static final int MOST_TABLES = 4096;

	private final TableServiceClient service;

	private final Supplier<TableMappingContext> mapping;

	private final TableNameResolver names;

	private final Map<Class<?>, ClassTables<?>> classes = new ConcurrentHashMap<>();

	MappedTables(TableServiceClient service, Supplier<TableMappingContext> mapping, TableNameResolver names) {
		this.service = service;
		this.mapping = mapping;
		this.names = names;
	}

	MappedTables withNames(TableNameResolver names) {
		return new MappedTables(this.service, this.mapping, names);
	}

	@SuppressWarnings("unchecked")
	<T> MappedTable<T> ofEntity(T object, ContextView context) {
		return of((Class<T>) object.getClass(), context);
	}

	@SuppressWarnings("unchecked")
	<T> MappedTable<T> of(Class<T> type, ContextView context) {
		ClassTables<T> tables = (ClassTables<T>) this.classes.get(type);
		if (tables == null) {
			tables = (ClassTables<T>) this.classes.computeIfAbsent(type, this::map);
		}
		return tables.named(this.names.resolve(tables.entity, context));
	}

	/**
	 * Return what is known about a class.
	 */
	@SuppressWarnings("unchecked")
	<T> TablePersistentEntity<T> entity(Class<T> type) {
		return (TablePersistentEntity<T>) this.mapping.get().getRequiredPersistentEntity(type);
	}

	private <T> ClassTables<T> map(Class<T> type) {
		EntityCodec<T> codec = this.mapping.get().getCodec(type);
		return new ClassTables<>(entity(type), codec, this.service);
	}

	/**
	 * The tables in which one class has been found so far.
	 */
	private static final class ClassTables<T> {

		private final TablePersistentEntity<T> entity;

		private final EntityCodec<T> codec;

		private final TableServiceClient service;

		private final Map<String, MappedTable<T>> byName = new ConcurrentHashMap<>();

		private volatile @Nullable MappedTable<T> latest;

		ClassTables(TablePersistentEntity<T> entity, EntityCodec<T> codec, TableServiceClient service) {
			this.entity = entity;
			this.codec = codec;
			this.service = service;
		}

		MappedTable<T> named(String name) {
			MappedTable<T> last = this.latest;
			if (last != null && last.name().equals(name)) {
				return last;
			}
			if (this.byName.size() >= MOST_TABLES) {
				this.byName.clear();
			}
			MappedTable<T> table = this.byName.computeIfAbsent(name, this::create);
			this.latest = table;
			return table;
		}

		private MappedTable<T> create(String name) {
			TableClient rows = this.service.getTableClient(name);
			return new MappedTable<>(this.entity, this.codec, rows.typed(this.codec), rows);
		}

	}

}
