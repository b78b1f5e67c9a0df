package dev.reactiveazure.autoconfigure.tables.test;

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
import org.springframework.boot.test.context.PropertyMapping;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what works with Table storage: clients, templates and the classes that are
 * named, on the embedded emulator unless a connection is configured or a container gives
 * one. Nothing else of the application is there, no web server above all.
 * <p>
 * Rows stay for the other tests that share the cached context: give each test partitions
 * of its own.
 *
 * @see AutoConfigureAzureEmulator
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(TablesTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(TablesTestTypeExcludeFilter.class)
@AutoConfigureTables
@AutoConfigureAzureEmulator
@ImportAutoConfiguration
public @interface TablesTest {

	/**
	 * Components of the application that the test is about.
	 * @return the classes; default none
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * Components of the application that the test is about.
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
	 * Whether tables are created when they are first written to.
	 * @return whether they are; default {@code true}
	 */
	@PropertyMapping("azure.tables.template.create-tables")
	boolean createTables() default true;

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
