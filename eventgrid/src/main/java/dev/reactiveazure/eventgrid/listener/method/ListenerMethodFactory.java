package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.EventSettlement;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.ReflectionUtils;

/**
 * Turns methods into handlers, after checking that it can call them.
 */
final class ListenerMethodFactory {

	private final MethodServices services;

	ListenerMethodFactory(MethodServices services) {
		this.services = services;
	}

	/**
	 * Make a handler that calls a method.
	 * @throws IllegalArgumentException if the method's signature does not allow it,
	 * saying why
	 */
	EventHandler handler(Object bean, Method method) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		MethodResult result = MethodResult.of(method, type);
		Replies replies = replies(method, type, result);
		requireAUse(result, replies);
		boolean canSettle = result.decides() || List.of(method.getParameterTypes()).contains(EventSettlement.class);
		return new ListenerMethod(bean, invocable(bean, method), arguments(method, type, result), result, replies,
				canSettle);
	}

	private @Nullable Replies replies(Method method, Class<?> type, MethodResult result) {
		SendTo annotation = AnnotatedElementUtils.findMergedAnnotation(method, SendTo.class);
		if (annotation == null) {
			return null;
		}
		require(annotation.value().length == 1,
				"its @SendTo must name one topic, but names " + annotation.value().length);
		require(result.hasValue() && !result.decides(), "it has @SendTo, but returns nothing to send");
		return this.services.replies(type.getName() + "." + method.getName(), annotation.value()[0]);
	}

	private static void requireAUse(MethodResult result, @Nullable Replies replies) {
		boolean unused = result.kind() == MethodResult.Kind.BLOCKING && result.hasValue() && !result.decides()
				&& replies == null;
		require(!unused, "it must return void, a Disposition, or a Mono, Flux or CompletionStage, not " + result.value()
				+ ", unless @SendTo says where to send it");
	}

	private static Method invocable(Object bean, Method method) {
		require(!Modifier.isStatic(method.getModifiers()), "it must not be static");
		try {
			Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
			ReflectionUtils.makeAccessible(invocable);
			return invocable;
		}
		catch (IllegalStateException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private List<EventArgument> arguments(Method method, Class<?> beanType, MethodResult result) {
		MethodArguments resolution = new MethodArguments(this.services.payloads(), this.services.validator());
		List<EventArgument> arguments = new ArrayList<>();
		int payloads = 0;
		// The last parameter of a suspending function is its continuation.
		int count = method.getParameterCount() - ((result.kind() == MethodResult.Kind.SUSPENDING) ? 1 : 0);
		for (int i = 0; i < count; i++) {
			// Of the bean's class: an inherited method may take its type variable.
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(beanType);
			ResolvableType type = ResolvableType
				.forType(GenericTypeResolver.resolveType(parameter.getGenericParameterType(), beanType));
			arguments.add(resolution.of(parameter, type));
			payloads += MethodArguments.isPayload(parameter, type) ? 1 : 0;
		}
		require(!arguments.isEmpty(), "it must take the event's payload, or a CloudEvent, or both");
		require(payloads <= 1, "it must take one payload, but " + payloads
				+ " of its parameters are neither a CloudEvent, an EventSettlement nor the only payload");
		return List.copyOf(arguments);
	}

	private static void require(boolean condition, String reason) {
		if (!condition) {
			throw new IllegalArgumentException(reason);
		}
	}

}
