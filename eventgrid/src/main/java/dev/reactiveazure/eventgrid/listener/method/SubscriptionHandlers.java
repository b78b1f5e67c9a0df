package dev.reactiveazure.eventgrid.listener.method;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.UnknownType;
import org.jspecify.annotations.Nullable;

/**
 * The methods that listen to one subscription, as one handler.
 *
 * @param handlers the methods, at least one
 * @param attributes what they say together
 */
record SubscriptionHandlers(List<DeclaredHandler> handlers, ListenerAttributes attributes) {

	/**
	 * Bring methods together.
	 * @throws org.springframework.beans.factory.BeanCreationException if they contradict
	 * each other
	 */
	static SubscriptionHandlers of(List<DeclaredHandler> handlers) {
		ListenerAttributes attributes = handlers.get(0).attributes();
		for (DeclaredHandler handler : handlers) {
			try {
				attributes = attributes.and(handler.attributes());
			}
			catch (IllegalArgumentException ex) {
				throw handler.refused(ex);
			}
		}
		return new SubscriptionHandlers(handlers, attributes);
	}

	String id() {
		return this.attributes.text("id", this.handlers.get(0).defaultId());
	}

	/**
	 * Make the handler of the subscription.
	 * @param methods makes the handler of a method
	 */
	EventHandler handler(ListenerMethodFactory methods) {
		Map<String, EventHandler> byType = new HashMap<>();
		Map<String, DeclaredHandler> taken = new LinkedHashMap<>();
		EventHandler others = null;
		for (DeclaredHandler declared : this.handlers) {
			try {
				EventHandler handler = declared
					.limited(methods.handler(declared.bean(), declared.method(), connection()));
				if (declared.types().isEmpty()) {
					requireFree(taken.putIfAbsent("", declared), declared, "");
					others = handler;
				}
				for (String type : declared.types()) {
					requireFree(taken.putIfAbsent(type, declared), declared, " of type '" + type + "'");
					byType.put(type, handler);
				}
			}
			catch (IllegalArgumentException ex) {
				throw declared.refused(ex);
			}
		}
		return combined(byType, others);
	}

	private String connection() {
		return this.attributes.text("connection", EventGridListenerEndpoint.DEFAULT_CONNECTION);
	}

	private EventHandler combined(Map<String, EventHandler> byType, @Nullable EventHandler others) {
		if (byType.isEmpty()) {
			return Objects.requireNonNull(others);
		}
		UnknownType unknown = unknownType();
		try {
			return new EventHandler.ByType(byType, others, unknown);
		}
		catch (IllegalArgumentException ex) {
			throw this.handlers.get(0).refused(ex);
		}
	}

	private UnknownType unknownType() {
		try {
			UnknownType unknown = this.attributes.oneOf("unknownType", UnknownType.class);
			return (unknown != null) ? unknown : UnknownType.RELEASE;
		}
		catch (IllegalArgumentException ex) {
			throw this.handlers.get(0).refused(ex);
		}
	}

	private void requireFree(@Nullable DeclaredHandler before, DeclaredHandler declared, String ofType) {
		if (before != null) {
			throw new IllegalArgumentException("it and " + before + " both listen to " + this.attributes.text("topic")
					+ "/" + this.attributes.text("subscription") + " and would take each other's events" + ofType
					+ "; give each types or a subscription of its own");
		}
	}

	/**
	 * Run what concerns all of the methods; where it fails, the first one is named.
	 */
	void attempt(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			throw this.handlers.get(0).refused(ex);
		}
	}

}
