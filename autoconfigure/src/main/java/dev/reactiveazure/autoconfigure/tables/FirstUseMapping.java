package dev.reactiveazure.autoconfigure.tables;

import java.util.function.Supplier;

import dev.reactiveazure.tables.mapping.TableMappingContext;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.context.ApplicationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * The mapping of an application that declares none, made for the first class that is
 * mapped: Spring Data's part is a hundred classes, which a start need not wait for.
 * <p>
 * A bean of its own, so that templates hold it from the start: an operation may begin on
 * any thread, also while another one that waits for it makes a bean, and so must not ask
 * the bean factory for one.
 */
final class FirstUseMapping implements FactoryBean<TableMappingContext>, Supplier<TableMappingContext> {

	private final SingletonSupplier<TableMappingContext> mapping;

	FirstUseMapping(ApplicationContext application) {
		this.mapping = SingletonSupplier.of(() -> create(application));
	}

	private static TableMappingContext create(ApplicationContext application) {
		TableMappingContext mapping = new TableMappingContext();
		mapping.setBeanFactory(application.getAutowireCapableBeanFactory());
		mapping.setEnvironment(application.getEnvironment());
		mapping.setApplicationEventPublisher(application);
		mapping.setApplicationContext(application);
		mapping.afterPropertiesSet();
		return mapping;
	}

	@Override
	public TableMappingContext get() {
		return this.mapping.obtain();
	}

	@Override
	public TableMappingContext getObject() {
		return get();
	}

	@Override
	public Class<?> getObjectType() {
		return TableMappingContext.class;
	}

}
