package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

import dev.reactiveazure.tables.mapping.ObjectPlan.Assignment;
import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.data.mapping.FactoryMethod;
import org.springframework.data.mapping.InstanceCreatorMetadata;
import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.PreferredConstructor;
import org.springframework.data.mapping.model.EntityInstantiators;
import org.springframework.util.Assert;

/**
 * Finds what creates objects of a class, and gathers its arguments.
 */
final class CreatorFinder {

	private static final EntityInstantiators INSTANTIATORS = new EntityInstantiators();

	private final TablePersistentEntity<?> entity;

	private final CodecChecks checks;

	private final int first;

	private final @Nullable InstanceCreatorMetadata<TablePersistentProperty> metadata;

	private final boolean nameless;

	private final Map<String, Integer> slots = new HashMap<>();

	private final Map<Integer, MethodHandle> getters = new HashMap<>();

	private final Map<Integer, Object> absent = new HashMap<>();

	/**
	 * Find the creator.
	 * @param entity the class
	 * @param checks takes what stands against it
	 * @param first the slot of the first argument
	 */
	CreatorFinder(TablePersistentEntity<?> entity, CodecChecks checks, int first) {
		this.entity = entity;
		this.checks = checks;
		this.first = first;
		this.metadata = Modifier.isAbstract(entity.getType().getModifiers()) ? null
				: entity.getInstanceCreatorMetadata();
		this.nameless = this.metadata != null
				&& this.metadata.getParameters().stream().anyMatch((parameter) -> parameter.getName() == null);
		if (this.metadata == null) {
			checks.add(entity.getType().getName() + " has no constructor to use: declare one, or mark one with "
					+ "@PersistenceCreator");
			return;
		}
		if (this.nameless) {
			checks.add(nameless());
			return;
		}
		for (Parameter<Object, TablePersistentProperty> parameter : this.metadata.getParameters()) {
			String name = parameter.getRequiredName();
			boolean known = entity.getPersistentProperty(name) != null || entity.isTransient(name);
			checks.check(!known,
					"the parameter '" + name + "' of " + entity.getType().getName() + "'s constructor is no property");
			this.slots.put(name, first + this.slots.size());
		}
		checkInner(this.metadata);
	}

	private String nameless() {
		String creator = this.entity.getType().getName() + "'s constructor";
		// Kotlin gives it one more parameter, and none of them a name.
		return isKotlin()
				? creator + " takes a value class, which can't be mapped: declare the property as what the class holds"
				: "the parameters of " + creator + " have no names: compile it with -parameters";
	}

	private void checkInner(InstanceCreatorMetadata<TablePersistentProperty> creator) {
		boolean inner = creator instanceof PreferredConstructor<?, ?> constructor && !isKotlin()
				&& constructor.getConstructor().getParameterCount() != this.slots.size();
		this.checks.check(inner, this.entity.getType().getName() + " is an inner class: make it static");
	}

	private boolean isKotlin() {
		return KotlinDetector.isKotlinType(this.entity.getType());
	}

	int argumentCount() {
		return this.slots.size();
	}

	/**
	 * Return the slot of a property that the creator takes.
	 * @return the slot; -1 when it does not
	 */
	int slot(String property) {
		if (this.nameless) {
			// No property is to blame for what has been noted of the constructor.
			return this.first;
		}
		return this.slots.getOrDefault(property, -1);
	}

	/**
	 * Note how the value of an argument is read, and what it is where nothing is stored.
	 */
	void argument(int slot, MethodHandle getter, @Nullable Object absent) {
		this.getters.put(slot, getter);
		if (absent != null) {
			this.absent.put(slot, absent);
		}
	}

	/**
	 * Return what creates objects.
	 * @return the creator; {@code null} where there is none, which has been noted
	 */
	@Nullable Creator creator() {
		Creator.Direct direct = direct();
		return (direct != null && this.metadata != null && isKotlin()) ? kotlin(this.metadata) : direct;
	}

	private Creator.@Nullable Direct direct() {
		if (this.metadata == null || this.nameless) {
			return null;
		}
		MethodHandle handle = null;
		Class<?>[] types = {};
		if (this.metadata instanceof PreferredConstructor<?, ?> constructor) {
			handle = Members.creator(constructor.getConstructor());
			types = constructor.getConstructor().getParameterTypes();
		}
		else if (this.metadata instanceof FactoryMethod<?, ?> factory) {
			handle = Members.creator(factory.getFactoryMethod());
			types = factory.getFactoryMethod().getParameterTypes();
		}
		if (handle == null) {
			this.checks.add(this.entity.getType().getName() + "'s constructor can't be called");
			return null;
		}
		return direct(handle, types);
	}

	private Creator.Direct direct(MethodHandle handle, Class<?>[] types) {
		@Nullable Object[] zeros = new @Nullable Object[types.length];
		@Nullable Object[] defaults = new @Nullable Object[types.length];
		for (int i = 0; i < types.length; i++) {
			if (types[i].isPrimitive()) {
				zeros[i] = java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(types[i], 1), 0);
			}
			defaults[i] = this.absent.getOrDefault(this.first + i, zeros[i]);
		}
		return new Creator.Direct(handle, this.first, zeros, defaults);
	}

	private Creator kotlin(InstanceCreatorMetadata<TablePersistentProperty> creator) {
		Map<Parameter<?, TablePersistentProperty>, Integer> parameters = new IdentityHashMap<>();
		for (Parameter<Object, TablePersistentProperty> parameter : creator.getParameters()) {
			parameters.put(parameter, this.slots.get(parameter.getRequiredName()));
		}
		return new Creator.Kotlin(INSTANTIATORS.getInstantiatorFor(this.entity), this.entity, parameters,
				Map.copyOf(this.absent));
	}

	/**
	 * Return what gives an entity a version: the setter, or a copy.
	 */
	BinaryOperator<Object> versionSetter(int slot, @Nullable MethodHandle setter, List<Assignment> assignments) {
		if (setter != null) {
			return (entity, version) -> Invoke.set(setter, entity, version);
		}
		MethodHandle[] arguments = new MethodHandle[this.slots.size()];
		this.slots.forEach((name, argument) -> {
			MethodHandle getter = argumentGetter(name, argument);
			if (getter != null) {
				arguments[argument - this.first] = getter;
			}
		});
		// Without Kotlin's defaults, which would take the place of what is null.
		Creator.Direct creator = direct();
		return (creator != null) ? new Copier(creator, arguments, slot, assignments) : (entity, version) -> entity;
	}

	private @Nullable MethodHandle argumentGetter(String name, int slot) {
		MethodHandle getter = this.getters.get(slot);
		TablePersistentProperty hidden = (getter == null) ? this.entity.getTransientProperty(name) : null;
		return (hidden != null) ? Members.getter(hidden) : getter;
	}

	static ObjectPlan required(@Nullable ObjectPlan plan) {
		Assert.state(plan != null, "A class without a creator has been refused");
		return plan;
	}

	/**
	 * Makes a copy of an immutable entity that has another version.
	 */
	private record Copier(Creator.Direct creator, @Nullable MethodHandle[] arguments, int version,
			List<Assignment> assignments) implements BinaryOperator<Object> {

		@Override
		public Object apply(Object entity, Object etag) {
			@Nullable Object[] slots = new @Nullable Object[this.arguments.length];
			for (int i = 0; i < this.arguments.length; i++) {
				MethodHandle getter = this.arguments[i];
				slots[i] = (getter != null) ? Invoke.get(getter, entity) : null;
			}
			slots[this.version] = etag;
			Object copy = this.creator.copy(slots);
			for (Assignment assignment : this.assignments) {
				copy = Invoke.set(assignment.setter(), copy, Invoke.get(assignment.getter(), entity));
			}
			return copy;
		}

	}

}
