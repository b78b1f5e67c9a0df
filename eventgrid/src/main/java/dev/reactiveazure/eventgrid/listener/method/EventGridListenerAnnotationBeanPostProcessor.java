package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.reactiveazure.eventgrid.listener.EventGridHandler;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListeners;
import dev.reactiveazure.eventgrid.template.EventGridDestinations;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Registers a listener for each subscription that {@link EventGridListener} methods and
 * classes listen to, proxied beans included. Needs an
 * {@link dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry}, an
 * {@link dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory} and a
 * {@link dev.reactiveazure.eventgrid.template.PayloadConverter} in the bean factory.
 * <p>
 * A method that can't be a listener, or a value that can't be resolved, ends the start of
 * the application with a message that names the bean and the method. So does a bean that
 * is no singleton: events have no scope, and each instance would be another listener.
 */
public final class EventGridListenerAnnotationBeanPostProcessor
		implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton, DisposableBean {

	/**
	 * Whose classes most beans of a context are: to look through their methods, those of
	 * an object mapper for one, costs a noticeable part of a start.
	 */
	private static final List<String> LIBRARIES = List.of("org.springframework.", "tools.jackson.", "io.micrometer.");

	private final Set<Class<?>> classesWithout = ConcurrentHashMap.newKeySet();

	private final List<DeclaredHandler> found = new ArrayList<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private @Nullable MethodServices services;

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
		List<DeclaredHandler> handlers = canListen(type) ? handlers(bean, beanName, type) : List.of();
		if (handlers.isEmpty()) {
			this.classesWithout.add(type);
			return bean;
		}
		requireSingleton(bean, beanName, handlers.get(0));
		found(handlers);
		return bean;
	}

	private static boolean canListen(Class<?> type) {
		return !isOfALibrary(type)
				&& AnnotationUtils.isCandidateClass(type, List.of(EventGridListener.class, EventGridHandler.class))
				&& (listens(MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)) || hasListeningMethod(type));
	}

	/**
	 * Return whether any method carries one of our annotations, that of the class itself
	 * or of one it extends. To look for what each method overrides takes several times as
	 * long, and most beans have no such method; nor have most methods any annotation.
	 */
	private static boolean hasListeningMethod(Class<?> type) {
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			if (method.getAnnotations().length > 0 && listens(MergedAnnotations.from(method))) {
				return true;
			}
		}
		for (Class<?> extended : type.getInterfaces()) {
			if (hasListeningMethod(extended)) {
				return true;
			}
		}
		Class<?> superclass = type.getSuperclass();
		return superclass != null && superclass != Object.class && hasListeningMethod(superclass);
	}

	private static boolean isOfALibrary(Class<?> type) {
		for (String library : LIBRARIES) {
			if (type.getName().startsWith(library)) {
				return !isOfAnApplication(type);
			}
		}
		return false;
	}

	// Spring's samples live in its packages. None lives in Boot's own, whose components,
	// the auto-configurations, are many.
	private static boolean isOfAnApplication(Class<?> type) {
		return !type.getName().startsWith("org.springframework.boot.")
				&& AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(type), Component.class);
	}

	private static boolean listens(MergedAnnotations annotations) {
		return annotations.isPresent(EventGridListener.class) || annotations.isPresent(EventGridHandler.class);
	}

	private void requireSingleton(Object bean, String beanName, DeclaredHandler first) {
		boolean scoped = bean instanceof ScopedObject || ScopedProxyUtils.isScopedTarget(beanName);
		boolean several = factory().containsBean(beanName) && !factory().isSingleton(beanName);
		if (scoped || several) {
			throw first.refused(new IllegalStateException("its bean must be a singleton. Events have no request, "
					+ "session or other scope: move the method to a singleton that asks for the scoped bean"));
		}
	}

	/**
	 * Register what was found; beans that are created later register at once.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<DeclaredHandler> pending;
		synchronized (this.found) {
			this.started = true;
			pending = List.copyOf(this.found);
			this.found.clear();
		}
		if (!pending.isEmpty()) {
			register(pending);
		}
	}

	/**
	 * End what listeners that have stopped left behind.
	 */
	@Override
	public void destroy() {
		MethodServices made;
		synchronized (this.found) {
			made = this.services;
		}
		if (made != null) {
			made.close();
		}
	}

	private MethodServices services() {
		synchronized (this.found) {
			if (this.services == null) {
				this.services = new MethodServices(factory(), this::text);
			}
			return this.services;
		}
	}

	private void found(List<DeclaredHandler> handlers) {
		synchronized (this.found) {
			if (!this.started) {
				this.found.addAll(handlers);
				return;
			}
		}
		register(handlers);
	}

	private void register(List<DeclaredHandler> handlers) {
		MethodServices services = services();
		EventGridDestinations destinations = services.destinations();
		Map<DeclaredHandler.Source, List<DeclaredHandler>> bySource = new LinkedHashMap<>();
		handlers.stream()
			.map((handler) -> handler.at(destinations))
			.forEach((handler) -> bySource.computeIfAbsent(handler.source(), (key) -> new ArrayList<>()).add(handler));
		ListenerRegistration registration = new ListenerRegistration(factory(), services);
		bySource.values().forEach((shared) -> registration.register(SubscriptionHandlers.of(shared)));
	}

	// == What a bean declares ==

	private List<DeclaredHandler> handlers(Object bean, String beanName, Class<?> type) {
		List<DeclaredHandler> handlers = new ArrayList<>();
		listenerMethods(type).forEach((method, annotations) -> annotations
			.forEach((annotation) -> handlers.add(ofMethod(bean, beanName, method, annotation))));
		Set<EventGridListener> ofClass = AnnotatedElementUtils.findMergedRepeatableAnnotations(type,
				EventGridListener.class, EventGridListeners.class);
		Map<Method, EventGridHandler> handlerMethods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<EventGridHandler>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, EventGridHandler.class));
		if (ofClass.isEmpty() != handlerMethods.isEmpty()) {
			throw DeclaredHandler.refused(beanName, "The class " + type.getSimpleName(), new IllegalStateException(
					"@EventGridListener on the class and @EventGridHandler on its methods need each other"));
		}
		ofClass.forEach((listener) -> handlerMethods
			.forEach((method, annotation) -> handlers.add(ofClass(bean, beanName, method, listener, annotation))));
		return handlers;
	}

	private static Map<Method, Set<EventGridListener>> listenerMethods(Class<?> type) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<Set<EventGridListener>>) (method) -> {
					Set<EventGridListener> found = AnnotatedElementUtils.findMergedRepeatableAnnotations(method,
							EventGridListener.class, EventGridListeners.class);
					return found.isEmpty() ? null : found;
				});
	}

	private DeclaredHandler ofMethod(Object bean, String beanName, Method method, EventGridListener annotation) {
		try {
			ListenerAttributes attributes = ListenerAttributes.of(annotation, this::text);
			return new DeclaredHandler(bean, beanName, method, beanName + "." + method.getName(), attributes,
					types(annotation.types()), attributes.duration("timeout"));
		}
		catch (RuntimeException ex) {
			throw DeclaredHandler.refused(beanName, DeclaredHandler.describe(method), ex);
		}
	}

	private DeclaredHandler ofClass(Object bean, String beanName, Method method, EventGridListener listener,
			EventGridHandler annotation) {
		try {
			Assert.isTrue(listener.types().length == 0, "types are a matter of its @EventGridHandler methods");
			ListenerAttributes attributes = ListenerAttributes.of(listener, this::text);
			Duration timeout = ListenerAttributes.of(annotation, this::text).duration("timeout");
			return new DeclaredHandler(bean, beanName, method, beanName, attributes, types(annotation.types()),
					(timeout != null) ? timeout : attributes.duration("timeout"));
		}
		catch (RuntimeException ex) {
			throw DeclaredHandler.refused(beanName, DeclaredHandler.describe(method), ex);
		}
	}

	private List<String> types(String[] types) {
		List<String> resolved = Stream.of(types).map(this::text).toList();
		Assert.isTrue(!resolved.contains(""), "its attribute types has an empty type");
		return resolved;
	}

	private String text(String value) {
		String resolved = factory().resolveEmbeddedValue(value);
		BeanExpressionResolver resolver = factory().getBeanExpressionResolver();
		Object evaluated = (resolver != null) ? resolver.evaluate(resolved, new BeanExpressionContext(factory(), null))
				: resolved;
		return (evaluated != null) ? evaluated.toString().trim() : "";
	}

	private ConfigurableListableBeanFactory factory() {
		ConfigurableListableBeanFactory current = this.beanFactory;
		Assert.state(current != null, "The post-processor is no bean");
		return current;
	}

}
