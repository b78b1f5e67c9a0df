package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.model.EntityInstantiator;
import org.springframework.data.mapping.model.MappingInstantiationException;
import org.springframework.data.mapping.model.ParameterValueProvider;

/**
 * Makes an object of the slots that hold its arguments.
 */
sealed interface Creator {

	/**
	 * Create an object of what was read.
	 */
	Object create(@Nullable Object[] slots);

	/**
	 * A constructor or factory method.
	 *
	 * @param handle {@code (Object[]) -> Object}
	 * @param first the slot of its first argument
	 * @param zeros what primitive arguments are where nothing is stored
	 * @param absent what arguments are where nothing is stored
	 */
	record Direct(MethodHandle handle, int first, @Nullable Object[] zeros,
			@Nullable Object[] absent) implements Creator {

		@Override
		public Object create(@Nullable Object[] slots) {
			return create(slots, this.absent);
		}

		/**
		 * Create an object of what another has.
		 */
		Object copy(@Nullable Object[] slots) {
			return create(slots, this.zeros);
		}

		private Object create(@Nullable Object[] slots, @Nullable Object[] defaults) {
			int count = defaults.length;
			@Nullable Object[] arguments = (slots.length == count) ? slots
					: Arrays.copyOfRange(slots, this.first, this.first + count);
			for (int i = 0; i < count; i++) {
				if (arguments[i] == null) {
					arguments[i] = defaults[i];
				}
			}
			return Invoke.create(this.handle, arguments);
		}

	}

	/**
	 * A constructor of Kotlin, whose defaults stand for arguments that are absent.
	 *
	 * @param instantiator knows how to call it
	 * @param entity its class
	 * @param slots where each argument is
	 * @param absent what arguments are where nothing is stored
	 */
	record Kotlin(EntityInstantiator instantiator, TablePersistentEntity<?> entity,
			Map<Parameter<?, TablePersistentProperty>, Integer> slots, Map<Integer, Object> absent) implements Creator {

		@Override
		public Object create(@Nullable Object[] values) {
			try {
				return this.instantiator.createInstance(this.entity, new Arguments(values, this.slots, this.absent));
			}
			catch (MappingInstantiationException ex) {
				throw failure(ex);
			}
		}

		/**
		 * Return what the constructor threw, for Spring Data's message has all values of
		 * the row.
		 */
		private static RuntimeException failure(MappingInstantiationException ex) {
			return (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}

	}

	/**
	 * The arguments of one call.
	 */
	record Arguments(@Nullable Object[] values, Map<Parameter<?, TablePersistentProperty>, Integer> slots,
			Map<Integer, Object> absent) implements ParameterValueProvider<TablePersistentProperty> {

		@Override
		@SuppressWarnings("unchecked")
		public <T> @Nullable T getParameterValue(Parameter<T, TablePersistentProperty> parameter) {
			Integer slot = this.slots.get(parameter);
			if (slot == null) {
				return null;
			}
			Object value = this.values[slot];
			return (T) ((value != null) ? value : this.absent.get(slot));
		}

	}

}
