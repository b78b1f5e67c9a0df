package dev.reactiveazure.eventgrid.listener;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;

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
		boolean reactive = isReactive(method);
		ListenerMethod target = new ListenerMethod(bean, invocable(bean, method),
				arguments(method, AopProxyUtils.ultimateTargetClass(bean)));
		boolean canSettle = List.of(method.getParameterTypes()).contains(EventSettlement.class);
		return reactive ? new ReactiveMethod(target, canSettle) : new BlockingMethod(target, canSettle);
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

	private static boolean isReactive(Method method) {
		ResolvableType type = ResolvableType.forMethodReturnType(method);
		if (method.getReturnType() == void.class) {
			return false;
		}
		require(method.getReturnType() == Mono.class && type.getGeneric().resolve() == Void.class,
				"it must return void or Mono<Void>, not " + type);
		return true;
	}

	private List<EventArgument> arguments(Method method, Class<?> beanType) {
		List<EventArgument> arguments = new ArrayList<>();
		int payloads = 0;
		for (Parameter parameter : method.getParameters()) {
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

	private EventArgument payload(Type type) {
		ResolvableType target = ResolvableType.forType(type);
		return (delivery) -> this.payloads.convert(delivery.event(), target);
	}

	private static void require(boolean condition, String reason) {
		if (!condition) {
			throw new IllegalArgumentException(reason);
		}
	}

	private record BlockingMethod(ListenerMethod target, boolean canSettle) implements EventHandler.Blocking {

		@Override
		public void handle(Delivery delivery) throws Exception {
			this.target.callBlocking(delivery);
		}

	}

	private record ReactiveMethod(ListenerMethod target, boolean canSettle) implements EventHandler.Reactive {

		@Override
		public Mono<Void> handle(Delivery delivery) {
			return this.target.callReactive(delivery);
		}

	}

}
