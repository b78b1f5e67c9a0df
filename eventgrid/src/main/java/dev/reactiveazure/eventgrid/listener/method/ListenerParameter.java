package dev.reactiveazure.eventgrid.listener.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.List;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;

/**
 * A parameter of a listener method.
 *
 * @param parameter the parameter, in its bean's class
 * @param type its type, with the type variables of that class resolved
 */
record ListenerParameter(MethodParameter parameter, ResolvableType type) {

	static ListenerParameter of(Method method, int index, Class<?> beanType) {
		// Of the bean's class: an inherited method may take its type variable.
		MethodParameter parameter = new MethodParameter(method, index).withContainingClass(beanType);
		return new ListenerParameter(parameter,
				ResolvableType.forType(GenericTypeResolver.resolveType(parameter.getGenericParameterType(), beanType)));
	}

	/**
	 * Return whether it takes several events: a {@code List} that is not said to be the
	 * payload or a header of one.
	 */
	boolean takesBatch() {
		return this.type.resolve(Object.class) == List.class && !has(Payload.class) && !has(Header.class)
				&& !has(Headers.class);
	}

	/**
	 * Return what the list of several events holds.
	 */
	ResolvableType element() {
		ResolvableType element = this.type.as(List.class).getGeneric();
		Type declared = element.getType();
		// As Kotlin declares a list of an open type.
		return (declared instanceof WildcardType wildcard) ? ResolvableType.forType(wildcard.getUpperBounds()[0])
				: element;
	}

	private boolean has(Class<? extends Annotation> annotation) {
		return this.parameter.hasParameterAnnotation(annotation);
	}

}
