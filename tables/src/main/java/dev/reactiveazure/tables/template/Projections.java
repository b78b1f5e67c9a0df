package dev.reactiveazure.tables.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.mapping.TablePersistentProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.model.EntityInstantiators;
import org.springframework.data.mapping.model.ParameterValueProvider;
import org.springframework.data.projection.ProjectionInformation;
import org.springframework.data.projection.SpelAwareProxyProjectionFactory;

/**
 * Knows what other types show of entities: interfaces by their getters, classes by their
 * constructor's parameters, both by name.
 */
final class Projections {

	private final TableMappingContext mapping;

	private final SpelAwareProxyProjectionFactory proxies = new SpelAwareProxyProjectionFactory();

	private final EntityInstantiators instantiators = new EntityInstantiators();

	private final Map<Pair, Projection<?, ?>> known = new ConcurrentHashMap<>();

	Projections(TableMappingContext mapping) {
		this.mapping = mapping;
	}

	/**
	 * Return how a class's entities become a type.
	 * @throws IllegalArgumentException if the type has a property that the class has not
	 */
	@SuppressWarnings("unchecked")
	<T, P> Projection<T, P> of(Class<T> domain, Class<P> type) {
		Pair pair = new Pair(domain, type);
		Projection<?, ?> projection = this.known.get(pair);
		if (projection == null) {
			projection = this.known.computeIfAbsent(pair, (key) -> create(domain, type));
		}
		return (Projection<T, P>) projection;
	}

	@SuppressWarnings("unchecked")
	private <T, P> Projection<T, P> create(Class<T> domain, Class<P> type) {
		if (type.isAssignableFrom(domain)) {
			return new Projection<>(List.of(), type::cast);
		}
		TablePersistentEntity<T> entity = (TablePersistentEntity<T>) this.mapping.getRequiredPersistentEntity(domain);
		return type.isInterface() ? proxy(entity, type) : instance(entity, type);
	}

	private <T, P> Projection<T, P> proxy(TablePersistentEntity<T> entity, Class<P> type) {
		ProjectionInformation information = this.proxies.getProjectionInformation(type);
		if (!information.isClosed()) {
			return new Projection<>(List.of(), (found) -> this.proxies.createProjection(type, values(entity, found)));
		}
		List<String> names = information.getInputProperties().stream().map((property) -> property.getName()).toList();
		names.forEach((name) -> property(entity, type, name));
		return new Projection<>(names, (found) -> this.proxies.createProjection(type, values(entity, found)));
	}

	private static <T> Map<String, @Nullable Object> values(TablePersistentEntity<T> entity, T found) {
		PersistentPropertyAccessor<T> accessor = entity.getPropertyAccessor(found);
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (TablePersistentProperty property : entity) {
			values.put(property.getName(), accessor.getProperty(property));
		}
		return values;
	}

	@SuppressWarnings("unchecked")
	private <T, P> Projection<T, P> instance(TablePersistentEntity<T> entity, Class<P> type) {
		TablePersistentEntity<P> target = (TablePersistentEntity<P>) this.mapping.getRequiredPersistentEntity(type);
		Map<String, TablePersistentProperty> sources = new LinkedHashMap<>();
		if (target.getInstanceCreatorMetadata() != null) {
			for (Parameter<Object, ?> parameter : target.getInstanceCreatorMetadata().getParameters()) {
				String name = String.valueOf(parameter.getName());
				sources.put(name, property(entity, type, name));
			}
		}
		return new Projection<>(List.copyOf(sources.keySet()), (found) -> {
			PersistentPropertyAccessor<T> accessor = entity.getPropertyAccessor(found);
			return this.instantiators.getInstantiatorFor(target)
				.createInstance(target, new Arguments(sources, accessor));
		});
	}

	private static TablePersistentProperty property(TablePersistentEntity<?> entity, Class<?> type, String name) {
		TablePersistentProperty property = entity.getPersistentProperty(name);
		if (property == null) {
			throw new IllegalArgumentException("A " + entity.getType().getSimpleName() + " can't be shown as "
					+ type.getSimpleName() + ", for it has no property '" + name + "'");
		}
		return property;
	}

	/**
	 * How entities become another type.
	 *
	 * @param properties the entity's properties that are needed; empty for all
	 * @param map makes one of the other
	 */
	record Projection<T, P>(List<String> properties, Function<T, P> map) {
	}

	private record Pair(Class<?> domain, Class<?> type) {
	}

	private record Arguments(Map<String, TablePersistentProperty> sources,
			PersistentPropertyAccessor<?> accessor) implements ParameterValueProvider<TablePersistentProperty> {

		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		public <A> @Nullable A getParameterValue(Parameter<A, TablePersistentProperty> parameter) {
			TablePersistentProperty source = this.sources.get(parameter.getName());
			return (A) this.accessor.getProperty(source);
		}

	}

}
