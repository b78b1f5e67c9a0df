package dev.reactiveazure.tables.query;

import dev.reactiveazure.tables.mapping.TablePersistentEntity;

/**
 * Which entities a query is for, in terms of a class's properties.
 * <p>
 * Values become literals of the type as which their property is stored, quoted and
 * escaped: none can change what the filter says.
 */
public sealed interface Filter permits Criteria, ODataFilter {

	/**
	 * Return this in the service's language, for entities of a class.
	 * @throws IllegalArgumentException if it names a property that the class does not
	 * have, or a value that the property can't be compared with
	 */
	String render(TablePersistentEntity<?> entity);

	/**
	 * Return which keys this is limited to, for entities of a class.
	 * @throws IllegalArgumentException as {@link #render} does
	 */
	KeyLimits limits(TablePersistentEntity<?> entity);

	/**
	 * Return how many comparisons the service makes for entities of a class, of which it
	 * takes 15.
	 */
	int comparisons(TablePersistentEntity<?> entity);

}
