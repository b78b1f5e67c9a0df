package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EntityCodec;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TypedTableClient;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * All that operations on one class in one table need.
 *
 * @param entity what is known about the class
 * @param codec reads and writes it
 * @param client the table, with entities of the class
 * @param rows the table, with rows of any kind
 * @param <T> the class
 */
record MappedTable<T>(TablePersistentEntity<T> entity, EntityCodec<T> codec, TypedTableClient<T> client,
		TableClient rows) {

	String name() {
		return this.client.tableName();
	}

	/**
	 * Return what must hold of the stored entity for an object to be written over it.
	 * @throws InvalidDataAccessApiUsageException if the class has a version and the
	 * object none
	 */
	MatchCondition condition(T object) {
		@Nullable ETag version = this.codec.etag(object);
		if (version != null) {
			return MatchCondition.unchangedSince(version);
		}
		if (this.entity.hasVersionProperty()) {
			throw new InvalidDataAccessApiUsageException("The " + this.entity.getType().getSimpleName()
					+ " has no version to compare the stored one with: read it first, insert or upsert it");
		}
		return MatchCondition.any();
	}

}
