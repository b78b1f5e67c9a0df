package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the property that is the partition key, or one of several that make it up.
 * <p>
 * What is stored as text, and a {@link java.util.UUID}, is a key as it is; numbers and
 * moments become text in their own order. {@link #encoding()} says otherwise.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface PartitionKey {

	/**
	 * The place among several properties that make up the partition key, joined by
	 * {@link Table#keySeparator()}. Numbers need not follow each other, but differ.
	 */
	int order() default 0;

	/**
	 * How the value becomes text.
	 */
	KeyEncoding encoding() default KeyEncoding.AUTO;

	/**
	 * Whether rows are in the reverse order of their values, such as the latest first.
	 * For values that have a {@linkplain KeyEncoding#SORTABLE sortable} form of one
	 * length.
	 */
	boolean descending() default false;

}
