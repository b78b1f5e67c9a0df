package dev.reactiveazure.eventgrid.listener.method;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.template.EventGridDestinations;
import dev.reactiveazure.eventgrid.template.EventGridOperations;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.validation.Validator;

/**
 * What listener methods need of the application, looked up when it is needed.
 */
final class MethodServices {

	private final BeanFactory beans;

	private final UnaryOperator<String> resolver;

	private final Map<String, ReplyBatcher> batchers = new ConcurrentHashMap<>();

	/**
	 * Create the services.
	 * @param beans has them
	 * @param resolver resolves placeholders and expressions
	 */
	MethodServices(BeanFactory beans, UnaryOperator<String> resolver) {
		this.beans = beans;
		this.resolver = resolver;
	}

	PayloadConverter payloads() {
		return this.beans.getBean(PayloadConverter.class);
	}

	EventGridDestinations destinations() {
		return this.beans.getBeanProvider(EventGridDestinations.class).getIfAvailable(EventGridDestinations::none);
	}

	@Nullable Validator validator() {
		return this.beans.getBeanProvider(Validator.class).getIfUnique();
	}

	/**
	 * Make what publishes the replies of a method.
	 * @param method names the method
	 * @param destination the topic, unresolved
	 * @param connection the connection of its listener
	 * @throws IllegalArgumentException if there is no such topic or nothing that
	 * publishes over the connection
	 */
	Replies replies(String method, String destination, String connection) {
		String topic = this.resolver.apply(destination);
		if (topic.isEmpty()) {
			throw new IllegalArgumentException("its @SendTo names no topic");
		}
		EventGridOperations events = operations(connection);
		return new Replies(method, events,
				this.batchers.computeIfAbsent(connection + "\n" + topic, (key) -> new ReplyBatcher(events, topic)));
	}

	private EventGridOperations operations(String connection) {
		if (connection.equals(EventGridListenerEndpoint.DEFAULT_CONNECTION)) {
			return this.beans.getBean(EventGridOperations.class);
		}
		try {
			return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beans, EventGridOperations.class, connection);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalArgumentException(
					"its @SendTo publishes over its connection '" + connection + "', but there is no one "
							+ EventGridOperations.class.getSimpleName() + " bean with that qualifier",
					ex);
		}
	}

	void close() {
		this.batchers.values().forEach(ReplyBatcher::dispose);
	}

}
