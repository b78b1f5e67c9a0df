package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads a key off an entity.
 *
 * @param column the key
 * @param getters read its properties, {@code (Object) -> Object}
 */
record KeyReader(KeyColumn column, List<MethodHandle> getters) {

	String key(Object entity) {
		String fixed = this.column.fixed();
		if (fixed != null) {
			return fixed;
		}
		if (this.getters.size() == 1) {
			return this.column.part(0)
				.encode(Invoke.get(this.getters.get(0), entity), this.column.properties().get(0).path());
		}
		List<@Nullable Object> values = new ArrayList<>(this.getters.size());
		for (MethodHandle getter : this.getters) {
			values.add(Invoke.get(getter, entity));
		}
		return this.column.encode(values);
	}

}
