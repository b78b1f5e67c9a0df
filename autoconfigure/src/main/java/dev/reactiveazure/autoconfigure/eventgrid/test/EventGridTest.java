package dev.reactiveazure.autoconfigure.eventgrid.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.reactiveazure.autoconfigure.emulator.test.AutoConfigureAzureEmulator;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what publishes or handles events: clients, template, listeners and the
 * classes that are named, on the embedded emulator unless a connection is configured.
 * Components that take part in listening (error handlers, interceptors, upcasters,
 * recoverers, error classifiers, settlement listeners) are there without being named.
 * Nothing else of the application is, no web server above all.
 * <p>
 * The subscriptions of all listeners are declared to the emulator before they start.
 *
 * @see AutoConfigureAzureEmulator
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(EventGridTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(EventGridTestTypeExcludeFilter.class)
@AutoConfigureEventGrid
@AutoConfigureAzureEmulator
@ImportAutoConfiguration
public @interface EventGridTest {

	/**
	 * Components of the application that the test is about, listeners above all.
	 * @return the classes; default none
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * Components of the application that the test is about, listeners above all.
	 * @return the classes; default none
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * Properties of the test's environment.
	 * @return each as {@code key=value}; default none
	 */
	String[] properties() default {};

	/**
	 * Whether scanning leaves out what this slice does not name.
	 * @return whether it does; default {@code true}
	 * @see #includeFilters()
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Lets further beans in that scanning finds.
	 * @return the filters; default none
	 */
	Filter[] includeFilters() default {};

	/**
	 * Keeps beans out that would be let in.
	 * @return the filters; default none
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration to leave out of the slice.
	 * @return the classes; default none
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
