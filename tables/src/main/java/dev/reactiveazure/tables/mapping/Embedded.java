package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stores the properties of an object as columns of the entity that has it. {@code null}
 * has no columns, and an object none of whose columns is stored is read as {@code null}.
 * <p>
 * An object that is the {@link org.springframework.data.annotation.Id} is embedded
 * without saying so: its properties may be the keys.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Embedded {

	/** What the names of the object's columns begin with. */
	String prefix() default "";

}
