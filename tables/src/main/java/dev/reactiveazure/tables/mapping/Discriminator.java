package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stores classes that inherit from one in one table, told apart by a column.
 * <p>
 * The column holds a class's {@link org.springframework.data.annotation.TypeAlias}, or
 * its simple name. A sealed class knows who inherits from it; another lists them.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Discriminator {

	/** The column's name. */
	String value() default "type";

	/** The classes, where the annotated one is not sealed. */
	Class<?>[] types() default {};

}
