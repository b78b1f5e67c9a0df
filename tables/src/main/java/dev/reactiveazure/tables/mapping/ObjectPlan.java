package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How an object, the entity or one embedded in it, is made of slots.
 *
 * @param creator makes it
 * @param assignments what its constructor does not take
 */
record ObjectPlan(Creator creator, List<Assignment> assignments) {

	Object create(@Nullable Object[] slots) {
		Object object = this.creator.create(slots);
		for (Assignment assignment : this.assignments) {
			Object value = slots[assignment.slot];
			if (value == null) {
				value = assignment.absent;
			}
			if (value != null) {
				object = Invoke.set(assignment.setter, object, value);
			}
		}
		return object;
	}

	/**
	 * A property that is set.
	 *
	 * @param getter {@code (Object) -> Object}
	 * @param setter {@code (Object, Object) -> Object}
	 * @param slot where its value is
	 * @param absent its value where nothing is stored; {@code null} to leave it
	 */
	record Assignment(MethodHandle getter, MethodHandle setter, int slot, @Nullable Object absent) {
	}

}
