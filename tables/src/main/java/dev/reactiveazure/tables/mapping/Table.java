package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Names the table that a class is stored in; without it, that is the class's simple name
 * with a small first letter.
 */
@Documented
@Target({ ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Table {

	/** The table's name: 3 to 63 letters and digits. */
	@AliasFor("name")
	String value() default "";

	/** The table's name: 3 to 63 letters and digits. */
	@AliasFor("value")
	String name() default "";

}
