package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.EventSettlement;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.ReflectionUtils;

/**
 * Turns methods into handlers, after checking that it can call them.
 */
final class ListenerMethodFactory {

	/** What a method must take to settle events by itself. */
	private static final Set<Class<?>> SETTLING = Set.of(Delivery.class, EventSettlement.class);

	private final MethodServices services;

	ListenerMethodFactory(MethodServices services) {
		this.services = services;
	}

	/**
	 * Make a handler that calls a method.
	 * @param connection the connection of its listener, over which it replies
	 * @throws IllegalArgumentException if the method's signature does not allow it,
	 * saying why
	 */
	EventHandler handler(Object bean, Method method, String connection) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		MethodResult result = MethodResult.of(method, type);
		List<ListenerParameter> parameters = parameters(method, type, result);
		BeanMethod call = new BeanMethod(bean, invocable(bean, method), result);
		if (parameters.stream().anyMatch(ListenerParameter::takesBatch)) {
			return batchHandler(call, parameters);
		}
		require(!result.decidesEach(), "it decides about a list of events, but takes one: give it a List of them");
		Replies replies = replies(method, type, result, connection);
		requireAUse(result, replies);
		boolean canSettle = result.decides()
				|| List.of(method.getParameterTypes()).stream().anyMatch(SETTLING::contains);
		return new ListenerMethod(call, arguments(parameters), replies, canSettle);
	}

	private EventHandler batchHandler(BeanMethod call, List<ListenerParameter> parameters) {
		MethodResult result = call.result();
		require(parameters.size() == 1,
				"a List of events must be its only parameter; with @Payload it is the payload of one event");
		require(!AnnotatedElementUtils.hasAnnotation(call.method(), SendTo.class),
				"it has @SendTo, but takes several events at a time: nobody could say which of them is answered");
		require(result.decidesEach() || !result.decides() && (!call.blocks() || !result.hasValue()),
				"it takes several events at a time, so it must return void, a List<Disposition> with one for each "
						+ "event, or a Mono or CompletionStage of that, not " + result.value());
		ListenerParameter list = parameters.get(0);
		ResolvableType element = list.element();
		return new BatchListenerMethod(call, arguments().of(list.parameter(), element),
				result.decidesEach() || canSettle(element));
	}

	private static boolean canSettle(ResolvableType element) {
		return SETTLING.contains(element.resolve(Object.class));
	}

	private @Nullable Replies replies(Method method, Class<?> type, MethodResult result, String connection) {
		SendTo annotation = AnnotatedElementUtils.findMergedAnnotation(method, SendTo.class);
		if (annotation == null) {
			return null;
		}
		require(annotation.value().length == 1,
				"its @SendTo must name one topic, but names " + annotation.value().length);
		require(result.hasValue() && !result.decides(), "it has @SendTo, but returns nothing to send");
		return this.services.replies(type.getName() + "." + method.getName(), annotation.value()[0], connection);
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

	private static List<ListenerParameter> parameters(Method method, Class<?> beanType, MethodResult result) {
		// The last parameter of a suspending function is its continuation.
		int count = method.getParameterCount() - ((result.kind() == MethodResult.Kind.SUSPENDING) ? 1 : 0);
		return IntStream.range(0, count).mapToObj((index) -> ListenerParameter.of(method, index, beanType)).toList();
	}

	private List<EventArgument> arguments(List<ListenerParameter> parameters) {
		MethodArguments resolution = arguments();
		List<EventArgument> arguments = new ArrayList<>();
		int payloads = 0;
		for (ListenerParameter parameter : parameters) {
			arguments.add(resolution.of(parameter.parameter(), parameter.type()));
			payloads += MethodArguments.isPayload(parameter.parameter(), parameter.type()) ? 1 : 0;
		}
		require(!arguments.isEmpty(), "it must take the event's payload, or a CloudEvent, or both");
		require(payloads <= 1, "it must take one payload, but " + payloads
				+ " of its parameters are neither a CloudEvent, an EventSettlement nor the only payload");
		return List.copyOf(arguments);
	}

	private MethodArguments arguments() {
		return new MethodArguments(this.services.payloads(), this.services.validator());
	}

	private static void require(boolean condition, String reason) {
		if (!condition) {
			throw new IllegalArgumentException(reason);
		}
	}

}
