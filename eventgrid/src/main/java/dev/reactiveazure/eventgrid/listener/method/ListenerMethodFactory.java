package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.EventSettlement;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * Turns methods into handlers, after checking that it can call them.
 */
final class ListenerMethodFactory {

	private final PayloadConverter payloads;

	ListenerMethodFactory(PayloadConverter payloads) {
		this.payloads = payloads;
	}

	/**
	 * Make a handler that calls a method.
	 * @throws IllegalArgumentException if the method's signature does not allow it,
	 * saying why
	 */
	EventHandler handler(Object bean, Method method) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		MethodResult result = MethodResult.of(method, type);
		requireAUse(result);
		boolean canSettle = result.decides() || List.of(method.getParameterTypes()).contains(EventSettlement.class);
		return new ListenerMethod(bean, invocable(bean, method), arguments(method, type, result), result, canSettle);
	}

	private static void requireAUse(MethodResult result) {
		boolean unused = result.kind() == MethodResult.Kind.BLOCKING && result.hasValue() && !result.decides();
		require(!unused,
				"it must return void, a Disposition, or a Mono, Flux or CompletionStage, not " + result.value());
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
		List<EventArgument> arguments = new ArrayList<>();
		int payloads = 0;
		for (Parameter parameter : parameters(method, result)) {
			if (parameter.getType() == CloudEvent.class) {
				arguments.add(Delivery::event);
			}
			else if (parameter.getType() == EventSettlement.class) {
				arguments.add(Delivery::settlement);
			}
			else {
				// Of the bean's class: an inherited method may take its type variable.
				arguments.add(payload(GenericTypeResolver.resolveType(parameter.getParameterizedType(), beanType)));
				payloads++;
			}
		}
		require(!arguments.isEmpty(), "it must take the event's payload, or a CloudEvent, or both");
		require(payloads <= 1, "it must take one payload, but " + payloads
				+ " of its parameters are neither a CloudEvent, an EventSettlement nor the only payload");
		return List.copyOf(arguments);
	}

	private static List<Parameter> parameters(Method method, MethodResult result) {
		List<Parameter> all = List.of(method.getParameters());
		// The last one is the continuation.
		return (result.kind() == MethodResult.Kind.SUSPENDING) ? all.subList(0, all.size() - 1) : all;
	}

	private EventArgument payload(Type type) {
		ResolvableType target = ResolvableType.forType(type);
		return (delivery) -> this.payloads.convert(delivery.event(), target);
	}

	private static void require(boolean condition, String reason) {
		if (!condition) {
			throw new IllegalArgumentException(reason);
		}
	}

}
