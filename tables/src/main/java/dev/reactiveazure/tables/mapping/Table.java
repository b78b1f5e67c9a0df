package dev.reactiveazure.tables.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.reactiveazure.tables.UpdateMode;

import org.springframework.core.annotation.AliasFor;

/**
 * Says how a class is stored: in which table, under which fixed keys, and what an update
 * does with columns that it does not know. Classes that inherit from it share it.
 */
@Documented
@Target({ ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface Table {

	/**
	 * The table's name: 3 to 63 letters and digits, which may come from a placeholder
	 * ({@code ${app.orders}}) or an expression ({@code #{@tenant.table('orders')}}),
	 * evaluated for each call. Default: what the {@link TableNamingStrategy} makes of the
	 * class's name.
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * The same as {@link #value()}.
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * What an update and an upsert do with columns that the entity has no value for,
	 * where the call does not say. One mode at most; default: the template's.
	 */
	UpdateMode[] updateMode() default {};

	/**
	 * The partition key of all entities, for a class that has no {@link PartitionKey}.
	 */
	String[] partitionKey() default {};

	/**
	 * The row key of all entities, for a class that has no {@link RowKey}: one row for a
	 * partition.
	 */
	String[] rowKey() default {};

	/**
	 * What stands between the parts of a key that several properties make up: one
	 * character, no letter, no digit, and none of {@code - : . ~ %} and of the characters
	 * that a key must not contain.
	 */
	char keySeparator() default '|';

}
