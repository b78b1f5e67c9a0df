package dev.reactiveazure.autoconfigure.eventgrid;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Set;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Opens methods with {@link EventGridListener} and the classes of their payloads to the
 * reflection that a native image needs to be told of.
 */
final class ListenerMethodsAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanClass());
		Set<Method> methods = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, EventGridListener.class));
		return methods.isEmpty() ? null : new ListenerMethods(methods);
	}

	private record ListenerMethods(Set<Method> methods) implements BeanRegistrationAotContribution {

		private static final BindingReflectionHintsRegistrar PAYLOADS = new BindingReflectionHintsRegistrar();

		@Override
		public void applyTo(GenerationContext generationContext, BeanRegistrationCode beanRegistrationCode) {
			RuntimeHints hints = generationContext.getRuntimeHints();
			for (Method method : this.methods) {
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
				for (Type parameter : method.getGenericParameterTypes()) {
					if (parameter != CloudEvent.class) {
						PAYLOADS.registerReflectionHints(hints.reflection(), parameter);
					}
				}
			}
		}

	}

}
