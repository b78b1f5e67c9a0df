package dev.reactiveazure.autoconfigure.eventgrid.test;

import java.util.Set;

import dev.reactiveazure.eventgrid.listener.ErrorClassifier;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.EventRecoverer;
import dev.reactiveazure.eventgrid.listener.EventUpcaster;
import dev.reactiveazure.eventgrid.listener.ListenerErrorHandler;
import dev.reactiveazure.eventgrid.listener.SettlementListener;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Keeps out what a {@link EventGridTest} does not name.
 */
final class EventGridTestTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<EventGridTest> {

	private final Class<?>[] components;

	EventGridTestTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.components = getAnnotation().getValue("components", Class[].class).orElseGet(() -> new Class<?>[0]);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return Set.of(ErrorClassifier.class, EventInterceptor.class, EventRecoverer.class, EventUpcaster.class,
				ListenerErrorHandler.class, SettlementListener.class);
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return Set.of(this.components);
	}

}
