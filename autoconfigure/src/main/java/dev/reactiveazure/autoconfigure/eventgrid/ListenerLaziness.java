package dev.reactiveazure.autoconfigure.eventgrid;

import java.lang.reflect.AnnotatedElement;

import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListeners;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.Environment;

/**
 * What of listeners is made at the start of an application, whatever is lazy.
 * <p>
 * Beans with {@link EventGridListener} methods are, whatever
 * {@code spring.main.lazy-initialization} says: nobody asks for them, so they would never
 * listen. The container factory is lazy, for an application without listeners has no use
 * for it, unless it is configured: what is wrong with that ends the start.
 */
final class ListenerLaziness implements LazyInitializationExcludeFilter, SmartInitializingSingleton {

	private static final String PROPERTIES = EventGridConnections.PREFIX + ".listener";

	private final ListableBeanFactory beanFactory;

	private final Environment environment;

	ListenerLaziness(ListableBeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	@Override
	public boolean isExcluded(String beanName, BeanDefinition beanDefinition, Class<?> beanType) {
		return AnnotationUtils.isCandidateClass(beanType, EventGridListener.class)
				&& (isListener(beanType)
						|| !MethodIntrospector
							.selectMethods(beanType,
									(MethodIntrospector.MetadataLookup<Boolean>) (method) -> isListener(method) ? true
											: null)
							.isEmpty());
	}

	private static boolean isListener(AnnotatedElement element) {
		return AnnotatedElementUtils.hasAnnotation(element, EventGridListener.class)
				|| AnnotatedElementUtils.hasAnnotation(element, EventGridListeners.class);
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (NamedConnections.mayBeSet(this.environment, PROPERTIES) || isCustomized()) {
			this.beanFactory.getBeansOfType(EventGridListenerContainerFactory.class);
		}
	}

	private boolean isCustomized() {
		return this.beanFactory.getBeanNamesForType(EventGridListenerContainerFactoryCustomizer.class).length > 0;
	}

}
