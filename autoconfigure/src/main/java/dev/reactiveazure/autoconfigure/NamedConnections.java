package dev.reactiveazure.autoconfigure;

import java.util.Map;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import org.jspecify.annotations.Nullable;

/**
 * The connections of a service beside the default one: {@code <prefix>.connections.*}.
 * <p>
 * Their beans are found by {@code @Qualifier("name")} only, so that they never compete
 * with those of the default connection.
 */
public final class NamedConnections {

	/** The name of the connection that the properties without a name describe. */
	public static final String DEFAULT = "default";

	private static final String NAME = "[A-Za-z0-9][A-Za-z0-9-]*";

	private NamedConnections() {
	}

	/**
	 * Return the connections that are configured.
	 * @param <P> the type of their properties
	 * @param environment the application's environment
	 * @param prefix the prefix of the service, such as {@code azure.tables}
	 * @param type the type of their properties
	 * @return properties by name, empty if there are none
	 * @throws InvalidAzurePropertyException if a name can't be used
	 */
	public static <P> Map<String, P> of(Environment environment, String prefix, Class<P> type) {
		if (!areConfigured(environment, prefix)) {
			return Map.of();
		}
		String property = prefix + ".connections";
		Map<String, P> found = Binder.get(environment)
			.bind(property, Bindable.mapOf(String.class, type))
			.orElse(Map.of());
		found.keySet().forEach((name) -> requireName(prefix, name));
		return found;
	}

	/**
	 * Return whether there may be any.
	 */
	static boolean areConfigured(Environment environment, String prefix) {
		return mayBeSet(environment, prefix + ".connections");
	}

	/**
	 * Return whether any property below a name may be set: mostly none is, and looking
	 * for it costs less than binding nothing.
	 * @param environment the application's environment
	 * @param name the name of the parent
	 * @return {@code false} if surely none is
	 */
	public static boolean mayBeSet(Environment environment, String name) {
		ConfigurationPropertyName parent = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(parent) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

	private static void requireName(String prefix, String name) {
		if (DEFAULT.equals(name)) {
			throw new InvalidAzurePropertyException(prefix + ".connections." + DEFAULT,
					"the default connection is configured by '" + prefix + ".*' itself");
		}
		if (!name.matches(NAME)) {
			throw new InvalidAzurePropertyException(prefix + ".connections",
					"'" + name + "' is no name: it may have letters, digits and dashes");
		}
	}

	/**
	 * Return the prefix of a connection's properties.
	 * @param prefix the prefix of the service
	 * @param name the connection's name
	 * @return the prefix, without a dot at its end
	 */
	public static String prefix(String prefix, String name) {
		return DEFAULT.equals(name) ? prefix : prefix + ".connections." + name;
	}

	/**
	 * Return the bean that belongs to a connection by its qualifier, or by its own name.
	 * @param <T> the type of the bean
	 * @param beanFactory where to look
	 * @param type the type of the bean
	 * @param name the connection's name
	 * @return the bean; {@code null} if there is none
	 */
	public static <T> @Nullable T bean(ListableBeanFactory beanFactory, Class<T> type, String name) {
		for (String candidate : beanFactory.getBeanNamesForType(type, true, false)) {
			if (BeanFactoryAnnotationUtils.isQualifierMatch(name::equals, candidate, beanFactory)) {
				return beanFactory.getBean(candidate, type);
			}
		}
		return null;
	}

	/**
	 * Register a bean of a connection, unless one of that name is there.
	 * @param registry where to register it
	 * @param name the connection's name, which becomes the qualifier
	 * @param type the type of the bean, with whose simple name the bean's name ends
	 * @param factoryBean the bean that makes it
	 * @param factoryMethod the method that makes it, of the connection's name and further
	 * beans
	 * @param references the types of these further beans of the connection
	 */
	public static void register(BeanDefinitionRegistry registry, String name, Class<?> type, String factoryBean,
			String factoryMethod, Class<?>... references) {
		register(registry, name, ResolvableType.forClass(type), factoryBean, factoryMethod, references);
	}

	/**
	 * Register a bean of a connection whose type has parameters, unless one of that name
	 * is there.
	 * @param registry where to register it
	 * @param name the connection's name, which becomes the qualifier
	 * @param type the type of the bean, with whose simple name the bean's name ends
	 * @param factoryBean the bean that makes it
	 * @param factoryMethod the method that makes it, of the connection's name and further
	 * beans
	 * @param references the types of these further beans of the connection
	 */
	public static void register(BeanDefinitionRegistry registry, String name, ResolvableType type, String factoryBean,
			String factoryMethod, Class<?>... references) {
		String beanName = beanName(name, type.toClass());
		if (registry.containsBeanDefinition(beanName)) {
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(factoryBean);
		definition.setUniqueFactoryMethodName(factoryMethod);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		for (int i = 0; i < references.length; i++) {
			definition.getConstructorArgumentValues()
				.addIndexedArgumentValue(i + 1, new RuntimeBeanReference(beanName(name, references[i])));
		}
		definition.setDefaultCandidate(false);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		if (AutoCloseable.class.isAssignableFrom(type.toClass())) {
			definition.setDestroyMethodName("close");
		}
		registry.registerBeanDefinition(beanName, definition);
	}

	/**
	 * Return the name of a connection's bean.
	 * @param name the connection's name
	 * @param type the type of the bean
	 * @return the name
	 */
	public static String beanName(String name, Class<?> type) {
		return name + type.getSimpleName();
	}

	/**
	 * Return which connection a bean belongs to.
	 * @param beanName the name of the bean
	 * @param type the type of the bean
	 * @return the connection's name, {@link #DEFAULT} for the bean of the default
	 * connection; the bean's own name where it follows no rule
	 */
	public static String connectionOf(String beanName, Class<?> type) {
		if (beanName.equals(StringUtils.uncapitalize(type.getSimpleName()))) {
			return DEFAULT;
		}
		String suffix = type.getSimpleName();
		boolean named = beanName.endsWith(suffix) && beanName.length() > suffix.length();
		return named ? beanName.substring(0, beanName.length() - suffix.length()) : beanName;
	}

}
