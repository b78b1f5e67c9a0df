package dev.reactiveazure.tables.template;

import org.reactivestreams.Publisher;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Asked last before an entity is written, once it is known to have a valid key: the place
 * to check it.
 * <p>
 * The same for an entity on its own, in a bulk and in a transaction. An error that it
 * emits fails that entity. Runs where the subscriber's signals run, so it must not block.
 *
 * @param <T> the entities' class, or one that they extend
 */
@FunctionalInterface
public interface ReactiveBeforeSaveCallback<T> extends EntityCallback<T> {

	/**
	 * Take an entity that is about to be written.
	 * @param entity the entity
	 * @param table the table's name
	 * @return what to write instead of it, or itself: exactly one
	 */
	Publisher<T> onBeforeSave(T entity, String table);

}
