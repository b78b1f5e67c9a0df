package dev.reactiveazure.autoconfigure.eventgrid;

import java.lang.reflect.AnnotatedElement;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListeners;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Keeps {@code spring.main.lazy-initialization} from beans with {@link EventGridListener}
 * methods: nobody asks for them, so they would never listen.
 */
final class ListenerBeansAreNotLazy implements LazyInitializationExcludeFilter {

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

}
