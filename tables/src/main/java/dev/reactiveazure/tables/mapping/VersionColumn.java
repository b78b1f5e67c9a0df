package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.function.BinaryOperator;

import dev.reactiveazure.tables.ETag;
import org.jspecify.annotations.Nullable;

/**
 * The property that holds the version.
 *
 * @param getter reads it, {@code (Object) -> Object}
 * @param setter returns an entity, the same or another, that has it
 * @param slot where its value waits for the entity
 * @param text whether it is text instead of an {@link ETag}
 */
record VersionColumn(MethodHandle getter, BinaryOperator<Object> setter, int slot, boolean text) {

	@Nullable ETag get(Object entity) {
		Object value = Invoke.get(this.getter, entity);
		if (value instanceof String version) {
			return version.isEmpty() ? null : new ETag(version);
		}
		return (ETag) value;
	}

	Object set(Object entity, ETag etag) {
		return this.setter.apply(entity, value(etag));
	}

	Object value(ETag etag) {
		return this.text ? etag.value() : etag;
	}

}
