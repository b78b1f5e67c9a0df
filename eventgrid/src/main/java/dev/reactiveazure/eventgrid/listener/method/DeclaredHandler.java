package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.template.EventGridDestinations;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;

/**
 * A method that is to handle events, and what its annotations say.
 *
 * @param bean the bean, or its proxy
 * @param beanName its name
 * @param method the method
 * @param defaultId the id of its listener where none is given
 * @param attributes what its {@code @EventGridListener} says
 * @param types the types of events that it takes; empty for all others
 * @param timeout how long a call may take; {@code null} for no limit
 */
record DeclaredHandler(Object bean, String beanName, Method method, String defaultId, ListenerAttributes attributes,
		List<String> types, @Nullable Duration timeout) {

	/**
	 * Return the subscription that it listens to. The service compares names without
	 * case.
	 */
	Source source() {
		return new Source(this.attributes.text("connection", EventGridListenerEndpoint.DEFAULT_CONNECTION),
				this.attributes.text("topic").toLowerCase(Locale.ROOT),
				this.attributes.text("subscription").toLowerCase(Locale.ROOT));
	}

	/**
	 * Return this handler at the topic that its logical destination leads to.
	 */
	DeclaredHandler at(EventGridDestinations destinations) {
		return new DeclaredHandler(this.bean, this.beanName, this.method, this.defaultId,
				this.attributes.at(destinations), this.types, this.timeout);
	}

	EventHandler limited(EventHandler handler) {
		return (this.timeout != null) ? new EventHandler.Limited(handler, this.timeout) : handler;
	}

	/**
	 * Say why it can't be a listener.
	 */
	BeanCreationException refused(RuntimeException why) {
		return refused(this.beanName, describe(this.method), why);
	}

	static BeanCreationException refused(String beanName, String what, RuntimeException why) {
		return new BeanCreationException(beanName, what + " can't be an @EventGridListener: " + why.getMessage(), why);
	}

	static String describe(Method method) {
		return "The method " + method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
	}

	@Override
	public String toString() {
		return this.beanName + "." + this.method.getName();
	}

	/**
	 * A subscription.
	 */
	record Source(String connection, String topic, String subscription) {
	}

}
