package dev.reactiveazure.autoconfigure.eventgrid;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;

import dev.reactiveazure.eventgrid.listener.EventGridHandler;
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
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.ClassUtils;

/**
 * Opens methods with {@link EventGridListener} or {@link EventGridHandler}, the classes
 * of their payloads and of their replies to the reflection that a native image needs to
 * be told of.
 */
final class ListenerMethodsAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanClass());
		Set<Method> methods = MethodIntrospector.selectMethods(type, ListenerMethodsAotProcessor::handlesEvents);
		return methods.isEmpty() ? null : new ListenerMethods(methods);
	}

	private static boolean handlesEvents(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, EventGridListener.class)
				|| AnnotatedElementUtils.hasAnnotation(method, EventGridHandler.class);
	}

	private record ListenerMethods(Set<Method> methods) implements BeanRegistrationAotContribution {

		private static final BindingReflectionHintsRegistrar PAYLOADS = new BindingReflectionHintsRegistrar();

		private static final List<Class<?>> CARRIERS = List.of(Iterable.class, Message.class);

		@Override
		public void applyTo(GenerationContext generationContext, BeanRegistrationCode beanRegistrationCode) {
			RuntimeHints hints = generationContext.getRuntimeHints();
			for (Method method : this.methods) {
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
				for (Type parameter : parameters(method)) {
					if (parameter != CloudEvent.class) {
						PAYLOADS.registerReflectionHints(hints.reflection(), parameter);
					}
				}
				if (AnnotatedElementUtils.hasAnnotation(method, SendTo.class)) {
					PAYLOADS.registerReflectionHints(hints.reflection(), reply(method).getType());
				}
			}
		}

		private static List<Type> parameters(Method method) {
			List<Type> parameters = List.of(method.getGenericParameterTypes());
			return KotlinDetector.isSuspendingFunction(method) ? parameters.subList(0, parameters.size() - 1)
					: parameters;
		}

		/**
		 * What is published of the result: one of a list, or what a message holds.
		 */
		private static ResolvableType reply(Method method) {
			ResolvableType reply = result(method);
			for (Class<?> carrier : CARRIERS) {
				boolean carries = carrier.isAssignableFrom(reply.resolve(Object.class)) && reply.hasGenerics();
				reply = carries ? reply.getGeneric() : reply;
			}
			return reply;
		}

		private static ResolvableType result(Method method) {
			if (KotlinDetector.isSuspendingFunction(method)) {
				return ResolvableType.forMethodParameter(method, method.getParameterCount() - 1).getGeneric();
			}
			ResolvableType returned = ResolvableType.forMethodReturnType(method);
			boolean later = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType()) != null;
			return later ? returned.getGeneric() : returned;
		}

	}

}
