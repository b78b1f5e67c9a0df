package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.reactiveazure.tables.EdmType;

import org.springframework.core.annotation.AliasFor;

/**
 * Says how a property is stored; without it, it is a column of the property's name.
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

	/**
	 * Names that the column had before: read where there is no column of its present
	 * name, never written.
	 */
	String[] aliases() default {};

	/**
	 * The type of the column, where it is to be another than the Java type's own: a
	 * number as {@code INT64}, {@code DOUBLE} or {@code STRING}, a moment as
	 * {@code STRING} or, in milliseconds since 1970, {@code INT64}, a UUID as
	 * {@code STRING}, an enum's position as {@code INT32}. One at most.
	 */
	EdmType[] type() default {};

	/**
	 * The value of a property whose row has no such column, as text. One at most;
	 * default: zero or {@code false} for primitives, for others {@code null} or what the
	 * class itself begins with.
	 */
	String[] defaultValue() default {};

	/**
	 * Whether text or bytes that are larger than a column may be (64 KiB) are cut into
	 * several, {@code name}, {@code name_2} and so on up to {@code name_16}. A row that
	 * was written without is read, too. Such a property can't be in a filter.
	 */
	boolean split() default false;

}
