package dev.reactiveazure.tables.template;

import java.util.Locale;

import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.UpdateMode;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What to do to one entity, as one of many: for {@link TableOperations#bulk} and
 * {@link TableOperations#inTransaction}. Means what the operation of the same name means
 * when it is done alone. Immutable.
 *
 * @param <T> the entity's class
 */
public final class TableWrite<T> {

	private final Kind kind;

	private final Class<T> type;

	private final @Nullable T entity;

	private final @Nullable TableKey key;

	private final WriteOptions options;

	private TableWrite(Kind kind, Class<T> type, @Nullable T entity, @Nullable TableKey key, WriteOptions options) {
		this.kind = kind;
		this.type = type;
		this.entity = entity;
		this.key = key;
		this.options = options;
	}

	@SuppressWarnings("unchecked")
	static <T> TableWrite<T> of(Kind kind, T entity, WriteOptions options) {
		Assert.notNull(entity, "The entity must not be null");
		Assert.notNull(options, "options must not be null");
		return new TableWrite<>(kind, (Class<T>) entity.getClass(), entity, null, options);
	}

	/**
	 * Insert an entity that does not exist yet.
	 */
	public static <T> TableWrite<T> insert(T entity) {
		return of(Kind.INSERT, entity, WriteOptions.defaults());
	}

	/**
	 * Write over a stored entity.
	 * @see TableOperations#update(Object)
	 */
	public static <T> TableWrite<T> update(T entity) {
		return update(entity, WriteOptions.defaults());
	}

	/**
	 * Write over a stored entity.
	 * @see TableOperations#update(Object, UpdateMode)
	 */
	public static <T> TableWrite<T> update(T entity, WriteOptions options) {
		return of(Kind.UPDATE, entity, options);
	}

	/**
	 * Insert an entity, or write over the stored one.
	 * @see TableOperations#upsert(Object)
	 */
	public static <T> TableWrite<T> upsert(T entity) {
		return upsert(entity, WriteOptions.defaults());
	}

	/**
	 * Insert an entity, or write over the stored one.
	 * @see TableOperations#upsert(Object, UpdateMode)
	 */
	public static <T> TableWrite<T> upsert(T entity, WriteOptions options) {
		return of(Kind.UPSERT, entity, options);
	}

	/**
	 * Insert what is new, update what has a version, upsert the rest.
	 * @see TableOperations#save(Object)
	 */
	public static <T> TableWrite<T> save(T entity) {
		return of(Kind.SAVE, entity, WriteOptions.defaults());
	}

	/**
	 * Delete an entity, of the version that the given one has.
	 * @see TableOperations#delete(Object)
	 */
	public static <T> TableWrite<T> delete(T entity) {
		return of(Kind.DELETE, entity, WriteOptions.defaults());
	}

	/**
	 * Delete an entity in whichever version.
	 */
	public static <T> TableWrite<T> delete(TableKey key, Class<T> type) {
		Assert.notNull(key, "key must not be null");
		Assert.notNull(type, "type must not be null");
		return new TableWrite<>(Kind.DELETE, type, null, key, WriteOptions.defaults());
	}

	static <T> TableWrite<T> delete(TableKey key, Class<T> type, MatchCondition condition) {
		return new TableWrite<>(Kind.DELETE, type, null, key, WriteOptions.defaults().withCondition(condition));
	}

	@SuppressWarnings("unchecked")
	static TableWrite<Object> deleteAny(TableKey key, Class<?> type) {
		return delete(key, (Class<Object>) type);
	}

	Kind kind() {
		return this.kind;
	}

	Class<T> type() {
		return this.type;
	}

	@Nullable T entity() {
		return this.entity;
	}

	@Nullable TableKey key() {
		return this.key;
	}

	WriteOptions options() {
		return this.options;
	}

	/**
	 * Return verb and class; nothing of the entity.
	 */
	@Override
	public String toString() {
		return this.kind.name().toLowerCase(Locale.ROOT) + " " + this.type.getSimpleName();
	}

	/**
	 * The verbs.
	 */
	enum Kind {

		INSERT, UPDATE, UPSERT, SAVE, DELETE

	}

}
