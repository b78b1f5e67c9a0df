package dev.reactiveazure.eventgrid.listener.method;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import dev.reactiveazure.eventgrid.template.EventGridOperations;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
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

	@Nullable Validator validator() {
		return this.beans.getBeanProvider(Validator.class).getIfUnique();
	}

	Replies replies(String method, String destination) {
		String topic = this.resolver.apply(destination);
		if (topic.isEmpty()) {
			throw new IllegalArgumentException("its @SendTo names no topic");
		}
		EventGridOperations events = this.beans.getBean(EventGridOperations.class);
		return new Replies(method, events,
				this.batchers.computeIfAbsent(topic, (name) -> new ReplyBatcher(events, name)));
	}

	void close() {
		this.batchers.values().forEach(ReplyBatcher::dispose);
	}

}
