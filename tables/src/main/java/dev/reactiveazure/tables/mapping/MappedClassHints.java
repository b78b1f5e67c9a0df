package dev.reactiveazure.tables.mapping;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.data.convert.ValueConverter;

/**
 * Opens mapped classes to the reflection that compiled codecs need in a native image:
 * their constructors, fields and methods, those of what is embedded in them and of
 * classes that inherit from them, what is stored as JSON, and the converters of single
 * properties.
 */
public class MappedClassHints implements RuntimeHintsRegistrar {

	private final List<Class<?>> types;

	private final TableMappingContext mapping = new TableMappingContext();

	/**
	 * Create hints.
	 * @param types the mapped classes
	 */
	public MappedClassHints(Collection<Class<?>> types) {
		this.types = List.copyOf(types);
	}

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		Set<Class<?>> seen = new HashSet<>();
		this.types.forEach((type) -> register(type, hints, seen));
	}

	private void register(Class<?> type, RuntimeHints hints, Set<Class<?>> seen) {
		if (!seen.add(type)) {
			return;
		}
		hints.reflection()
			.registerType(type, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS,
					MemberCategory.ACCESS_DECLARED_FIELDS);
		TypeDiscriminator discriminator = TypeDiscriminator.of(type);
		if (discriminator != null) {
			discriminator.types().values().forEach((subtype) -> register(subtype, hints, seen));
		}
		for (TablePersistentProperty property : this.mapping.getRequiredPersistentEntity(type)) {
			register(property, hints, seen);
		}
	}

	private void register(TablePersistentProperty property, RuntimeHints hints, Set<Class<?>> seen) {
		if (property.isEmbedded()) {
			register(property.getType(), hints, seen);
		}
		if (property.isJson()) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(),
					property.getTypeInformation().toTypeDescriptor().getResolvableType().getType());
		}
		ValueConverter converter = property.findAnnotation(ValueConverter.class);
		if (converter != null) {
			hints.reflection().registerType(converter.value(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		}
	}

}
