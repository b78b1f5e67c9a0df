package dev.reactiveazure.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What is done on Boot's thread for the background is what the context would do.
 */
class BeanTypesPreinitializerTests {

	private final List<BeanTypesPreinitializer> registered = SpringFactoriesLoader
		.loadFactories(BackgroundPreinitializer.class, getClass().getClassLoader())
		.stream()
		.filter(BeanTypesPreinitializer.class::isInstance)
		.map(BeanTypesPreinitializer.class::cast)
		.toList();

	@Test
	void looksThroughEachBeanThatAnApplicationHasFromItsProperties() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TablesAutoConfiguration.class, EventGridAutoConfiguration.class))
			.withPropertyValues("azure.tables.connection-string=UseDevelopmentStorage=true",
					"azure.eventgrid.endpoint=https://shop.example.com", "azure.eventgrid.access-key=c2VjcmV0")
			.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(lookedThrough())
				.containsAll(beanTypes(context.getSourceApplicationContext().getBeanFactory())));
	}

	@Test
	void canBeRunAtAnyTime() {
		assertThat(this.registered).hasSize(2)
			.allSatisfy((service) -> assertThatNoException().isThrownBy(service::preinitialize));
	}

	private List<Class<?>> lookedThrough() {
		List<Class<?>> types = new ArrayList<>(BeanTypesPreinitializer.sharedTypes());
		this.registered.forEach((service) -> types.addAll(service.types()));
		return types;
	}

	private static List<Class<?>> beanTypes(ConfigurableListableBeanFactory beans) {
		List<Class<?>> types = new ArrayList<>();
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
			if (type != null && type.getName().startsWith("dev.reactiveazure.")) {
				types.add(type);
			}
		}
		return types;
	}

}
