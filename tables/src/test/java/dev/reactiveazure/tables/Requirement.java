package dev.reactiveazure.tables;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which requirements of the template a test proves: {@code T1} to {@code T35}, as
 * the table in the guide to the template lists them.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requirement {

	/** The requirements' numbers. */
	String[] value();

}
