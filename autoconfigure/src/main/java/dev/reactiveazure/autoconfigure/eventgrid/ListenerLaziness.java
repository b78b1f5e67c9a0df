package dev.reactiveazure.autoconfigure.eventgrid;

import java.lang.reflect.AnnotatedElement;
import java.util.Objects;

import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListeners;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * What of listeners is made at the start of an application, whatever is lazy.
 * <p>
 * Beans with {@link EventGridListener} methods are, whatever
 * {@code spring.main.lazy-initialization} says: nobody asks for them, so they would never
 * listen. The container factory is lazy, for an application without listeners has no use
 * for it, unless it is configured: what is wrong with that ends the start.
 * <p>
 * Where all is lazy, Spring asks for this before it makes any bean. An argument of its
 * constructor would have it look for one among all of them, and make factory beans, and
 * what these need, before annotations inject anything.
 */
final class ListenerLaziness
		implements LazyInitializationExcludeFilter, SmartInitializingSingleton, ApplicationContextAware {

	private static final String PROPERTIES = EventGridConnections.PREFIX + ".listener";

	private @Nullable ApplicationContext application;

	@Override
	public void setApplicationContext(ApplicationContext application) {
		this.application = application;
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
		ApplicationContext beans = Objects.requireNonNull(this.application);
		if (NamedConnections.mayBeSet(beans.getEnvironment(), PROPERTIES) || isCustomized(beans)) {
			beans.getBeansOfType(EventGridListenerContainerFactory.class);
		}
	}

	private static boolean isCustomized(ApplicationContext beans) {
		return beans.getBeanNamesForType(EventGridListenerContainerFactoryCustomizer.class).length > 0;
	}

}
