package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Names the column of a property; without it, that is the property's name.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Property {

	/** The column's name: letters, digits and {@code _}. */
	@AliasFor("name")
	String value() default "";

	/** The column's name: letters, digits and {@code _}. */
	@AliasFor("value")
	String name() default "";

}
