package dev.reactiveazure.autoconfigure.tables;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.reactiveazure.tables.mapping.MappedClassHints;
import dev.reactiveazure.tables.mapping.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.aot.BeanFactoryInitializationCode;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Opens the classes with {@link Table} below the application's packages to the reflection
 * that a native image needs to be told of.
 */
final class MappedClassesAotProcessor implements BeanFactoryInitializationAotProcessor {

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (!AutoConfigurationPackages.has(beanFactory)) {
			return null;
		}
		Set<Class<?>> classes = mappedClasses(AutoConfigurationPackages.get(beanFactory),
				beanFactory.getBeanClassLoader());
		return classes.isEmpty() ? null : new MappedClasses(classes);
	}

	private static Set<Class<?>> mappedClasses(List<String> packages, @Nullable ClassLoader classLoader) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(Table.class));
		Set<Class<?>> classes = new LinkedHashSet<>();
		for (String name : packages) {
			for (BeanDefinition candidate : scanner.findCandidateComponents(name)) {
				classes.add(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), classLoader));
			}
		}
		return classes;
	}

	private record MappedClasses(Set<Class<?>> classes) implements BeanFactoryInitializationAotContribution {

		@Override
		public void applyTo(GenerationContext generationContext, BeanFactoryInitializationCode code) {
			new MappedClassHints(this.classes).registerHints(generationContext.getRuntimeHints(), null);
		}

	}

}
