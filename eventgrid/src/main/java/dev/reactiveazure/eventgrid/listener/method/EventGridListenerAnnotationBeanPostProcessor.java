package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Registers a listener for each {@link EventGridListener} method of each bean, proxied
 * beans included. Needs an {@link EventGridListenerRegistry}, an
 * {@link EventGridListenerContainerFactory} and a {@link PayloadConverter} in the bean
 * factory.
 * <p>
 * A method that can't be a listener, or a value that can't be resolved, ends the start of
 * the application with a message that names the bean and the method.
 */
public final class EventGridListenerAnnotationBeanPostProcessor
		implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton {

	private final Set<Class<?>> classesWithout = ConcurrentHashMap.newKeySet();

	private final List<Found> found = new ArrayList<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private volatile boolean started;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, beanFactory);
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (this.classesWithout.contains(type)) {
			return bean;
		}
		Map<Method, EventGridListener> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<EventGridListener>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, EventGridListener.class));
		if (methods.isEmpty()) {
			this.classesWithout.add(type);
			return bean;
		}
		methods.forEach((method, annotation) -> found(new Found(bean, beanName, method, annotation)));
		return bean;
	}

	/**
	 * Register what was found; beans that are created later register at once.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<Found> pending;
		synchronized (this.found) {
			this.started = true;
			pending = List.copyOf(this.found);
			this.found.clear();
		}
		pending.forEach(this::register);
	}

	private void found(Found listener) {
		synchronized (this.found) {
			if (!this.started) {
				this.found.add(listener);
				return;
			}
		}
		register(listener);
	}

	private void register(Found listener) {
		try {
			EventGridListener annotation = listener.annotation();
			EventGridListenerContainerFactory factory = factory(text(annotation.containerFactory()));
			PayloadConverter payloads = factory().getBean(PayloadConverter.class);
			EventHandler handler = new ListenerMethodFactory(payloads).handler(listener.bean(), listener.method());
			factory().getBean(EventGridListenerRegistry.class).register(endpoint(listener, handler), factory);
		}
		catch (RuntimeException ex) {
			throw new BeanCreationException(listener.beanName(),
					"The method " + listener.describe() + " can't be an @EventGridListener: " + ex.getMessage(), ex);
		}
	}

	private EventGridListenerEndpoint endpoint(Found listener, EventHandler handler) {
		EventGridListener annotation = listener.annotation();
		String id = text(annotation.id());
		String defaultId = listener.beanName() + "." + listener.method().getName();
		return new EventGridListenerEndpoint(id.isEmpty() ? defaultId : id, text(annotation.topic()),
				text(annotation.subscription()), text(annotation.connection()),
				number("concurrency", annotation.concurrency()), number("maxInFlight", annotation.maxInFlight()), null,
				bool("autoStartup", annotation.autoStartup()), handler);
	}

	private EventGridListenerContainerFactory factory(String name) {
		return StringUtils.hasText(name) ? factory().getBean(name, EventGridListenerContainerFactory.class)
				: factory().getBean(EventGridListenerContainerFactory.class);
	}

	// == Values of attributes ==

	private String text(String value) {
		String resolved = factory().resolveEmbeddedValue(value);
		BeanExpressionResolver resolver = factory().getBeanExpressionResolver();
		Object evaluated = (resolver != null) ? resolver.evaluate(resolved, new BeanExpressionContext(factory(), null))
				: resolved;
		return (evaluated != null) ? evaluated.toString().trim() : "";
	}

	private @Nullable Integer number(String attribute, String value) {
		String resolved = text(value);
		if (resolved.isEmpty()) {
			return null;
		}
		try {
			return Integer.valueOf(resolved);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"its attribute " + attribute + " must be a whole number, but is '" + resolved + "'", ex);
		}
	}

	private boolean bool(String attribute, String value) {
		String resolved = text(value);
		boolean isTrue = resolved.equalsIgnoreCase("true");
		if (!isTrue && !resolved.equalsIgnoreCase("false")) {
			throw new IllegalArgumentException(
					"its attribute " + attribute + " must be true or false, but is '" + resolved + "'");
		}
		return isTrue;
	}

	private ConfigurableListableBeanFactory factory() {
		ConfigurableListableBeanFactory current = this.beanFactory;
		Assert.state(current != null, "The post-processor is no bean");
		return current;
	}

	private record Found(Object bean, String beanName, Method method, EventGridListener annotation) {

		String describe() {
			return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName() + "()";
		}

	}

}
