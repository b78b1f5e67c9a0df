package dev.reactiveazure.autoconfigure.tables.test;

import java.util.Set;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Keeps out what a {@link TablesTest} does not name.
 */
final class TablesTestTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<TablesTest> {

	private final Class<?>[] components;

	TablesTestTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.components = getAnnotation().getValue("components", Class[].class).orElseGet(() -> new Class<?>[0]);
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return Set.of(this.components);
	}

}
