package dev.reactiveazure.eventgrid.listener.method;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.reactiveazure.eventgrid.listener.AckMode;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.ListenerErrorHandler;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Registers listeners with what the bean factory has.
 */
final class ListenerRegistration {

	private final ConfigurableListableBeanFactory beans;

	private final MethodServices services;

	ListenerRegistration(ConfigurableListableBeanFactory beans, MethodServices services) {
		this.beans = beans;
		this.services = services;
	}

	/**
	 * Register the listener of a subscription.
	 * @throws org.springframework.beans.factory.BeanCreationException if it can't be one
	 */
	void register(SubscriptionHandlers subscription) {
		ListenerMethodFactory methods = new ListenerMethodFactory(this.services);
		EventHandler handler = subscription.handler(methods);
		subscription.attempt(() -> {
			EventGridListenerContainerFactory factory = factory(subscription.attributes().text("containerFactory"));
			EventGridListenerEndpoint endpoint = endpoint(subscription.id(), subscription.attributes(), handler);
			this.beans.getBean(EventGridListenerRegistry.class).register(endpoint, factory);
		});
	}

	private EventGridListenerContainerFactory factory(String name) {
		return name.isEmpty() ? this.beans.getBean(EventGridListenerContainerFactory.class)
				: this.beans.getBean(name, EventGridListenerContainerFactory.class);
	}

	private EventGridListenerEndpoint endpoint(String id, ListenerAttributes attributes, EventHandler handler) {
		return EventGridListenerEndpoint.builder(id, attributes.text("topic"), attributes.text("subscription"), handler)
			.connection(attributes.text("connection", EventGridListenerEndpoint.DEFAULT_CONNECTION))
			.autoStartup(attributes.bool("autoStartup", true))
			.options(options(attributes))
			.errorHandler(errorHandler(attributes.text("errorHandler")))
			.interceptors(filter(attributes.text("filter")))
			.concurrencyKey(concurrencyKey(attributes.text("concurrencyKey")))
			.build();
	}

	private static Consumer<ContainerOptions.Builder> options(ListenerAttributes attributes) {
		Integer concurrency = attributes.number("concurrency");
		Integer maxInFlight = attributes.number("maxInFlight");
		Integer maxEvents = attributes.number("maxEvents");
		Duration maxWait = attributes.duration("maxWait");
		AckMode ackMode = attributes.oneOf("ackMode", AckMode.class);
		return (options) -> {
			given(concurrency, options::concurrency);
			given(maxInFlight, options::maxInFlight);
			given(maxEvents, (value) -> options.receiving((receiving) -> receiving.maxEvents(value)));
			given(maxWait, (value) -> options.receiving((receiving) -> receiving.maxWait(value)));
			given(ackMode, (value) -> options.settlement((settlement) -> settlement.ackMode(value)));
		};
	}

	private static <T> void given(@Nullable T value, Consumer<T> setting) {
		if (value != null) {
			setting.accept(value);
		}
	}

	private @Nullable ListenerErrorHandler errorHandler(String name) {
		return name.isEmpty() ? null : this.beans.getBean(name, ListenerErrorHandler.class);
	}

	private List<EventInterceptor> filter(String text) {
		if (text.isEmpty()) {
			return List.of();
		}
		return List.of(EventInterceptor.filter(condition(text)));
	}

	@SuppressWarnings("unchecked") // a filter of anything else fails with the first event
	private Predicate<CloudEvent> condition(String text) {
		return this.beans.containsBean(text) ? this.beans.getBean(text, Predicate.class)
				: EventExpression.parse("filter", text)::isTrue;
	}

	private static Function<CloudEvent, @Nullable Object> concurrencyKey(String text) {
		return text.isEmpty() ? EventGridListenerEndpoint.NO_KEY : EventExpression.parse("concurrencyKey", text)::value;
	}

}
