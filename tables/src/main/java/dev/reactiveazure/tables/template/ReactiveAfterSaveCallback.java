package dev.reactiveazure.tables.template;

import org.reactivestreams.Publisher;

import org.springframework.data.mapping.callback.EntityCallback;

/**
 * Asked after an entity was written, with its new version.
 * <p>
 * The same for an entity on its own, in a bulk and in a transaction. An error that it
 * emits fails that entity. Runs where the subscriber's signals run, so it must not block.
 *
 * @param <T> the entities' class, or one that they extend
 */
@FunctionalInterface
public interface ReactiveAfterSaveCallback<T> extends EntityCallback<T> {

	/**
	 * Take an entity that was written.
	 * @param entity the entity
	 * @param table the table's name
	 * @return what the caller gets, or itself: exactly one
	 */
	Publisher<T> onAfterSave(T entity, String table);

}
