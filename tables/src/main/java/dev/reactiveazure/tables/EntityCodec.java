package dev.reactiveazure.tables;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Turns objects into rows and rows into objects. Stateless and thread-safe.
 *
 * @param <T> the objects' type
 */
public interface EntityCodec<T> {

	/**
	 * Return the key of an entity.
	 */
	TableKey key(T entity);

	/**
	 * Return the version that an entity was read or written in.
	 * @return the version; {@code null} where it has none
	 */
	@Nullable ETag etag(T entity);

	/**
	 * Return an entity that knows the version in which it is stored now.
	 * @return a copy, or the entity itself where it is mutable or keeps no version
	 */
	T withETag(T entity, ETag etag);

	/**
	 * Return the stored names of the properties that this codec reads and writes, each
	 * known to reader and writer by its index. May contain {@code PartitionKey},
	 * {@code RowKey} and {@code Timestamp}, which are read only.
	 * @return the same list each time; an empty one asks for every property that a row
	 * has, told apart by {@link RowReader#name()}
	 */
	List<String> properties();

	/**
	 * Write an entity's properties, but for key and version.
	 */
	void write(T entity, RowWriter row);

	/**
	 * Read a row.
	 * @return the entity, never {@code null}
	 */
	T read(RowReader row);

}
