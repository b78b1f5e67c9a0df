package dev.reactiveazure.eventgrid.template;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The CloudEvents {@code type} of a class's events. Without it that is the class's
 * qualified name, which changes when the class moves.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface EventType {

	/**
	 * The type, such as {@code com.example.order.placed}.
	 * @return the type, not blank
	 */
	String value();

	/**
	 * The CloudEvents {@code source}, a URI reference such as {@code /shop/checkout}.
	 * @return the source; empty, the default, for that of the application
	 */
	String source() default "";

}
