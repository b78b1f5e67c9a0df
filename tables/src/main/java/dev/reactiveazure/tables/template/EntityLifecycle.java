package dev.reactiveazure.tables.template;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.data.mapping.callback.EntityCallback;
import org.springframework.data.mapping.callback.ReactiveEntityCallbacks;

/**
 * Asks the callbacks that applications add, where there are any: without, nothing is
 * allocated for them.
 */
final class EntityLifecycle {

	private static final EntityLifecycle NONE = new EntityLifecycle(null);

	private final @Nullable ReactiveEntityCallbacks callbacks;

	private EntityLifecycle(@Nullable ReactiveEntityCallbacks callbacks) {
		this.callbacks = callbacks;
	}

	static EntityLifecycle none() {
		return NONE;
	}

	static EntityLifecycle of(ReactiveEntityCallbacks callbacks) {
		return new EntityLifecycle(callbacks);
	}

	/**
	 * Return the callbacks among beans, if there are any.
	 */
	static EntityLifecycle of(BeanFactory beans) {
		boolean known = beans instanceof ListableBeanFactory listable
				&& (has(listable, ReactiveBeforeConvertCallback.class)
						|| has(listable, ReactiveBeforeSaveCallback.class)
						|| has(listable, ReactiveAfterSaveCallback.class)
						|| has(listable, ReactiveAfterConvertCallback.class));
		return known ? of(ReactiveEntityCallbacks.create(beans)) : NONE;
	}

	private static boolean has(ListableBeanFactory beans, Class<?> type) {
		return beans.getBeanNamesForType(type, true, false).length > 0;
	}

	boolean isEmpty() {
		return this.callbacks == null;
	}

	<T> Mono<T> beforeConvert(T entity, String table) {
		return ask(ReactiveBeforeConvertCallback.class, entity, table);
	}

	<T> Mono<T> beforeSave(T entity, String table) {
		return ask(ReactiveBeforeSaveCallback.class, entity, table);
	}

	<T> Mono<T> afterSave(T entity, String table) {
		return ask(ReactiveAfterSaveCallback.class, entity, table);
	}

	<T> Mono<T> afterConvert(T entity, String table) {
		return ask(ReactiveAfterConvertCallback.class, entity, table);
	}

	@SuppressWarnings("rawtypes")
	private <T> Mono<T> ask(Class<? extends EntityCallback> type, T entity, String table) {
		return (this.callbacks != null) ? this.callbacks.callback(type, entity, table) : Mono.just(entity);
	}

}
