package dev.reactiveazure.tables.template;

import java.util.function.Supplier;

import org.reactivestreams.Publisher;

import org.springframework.core.Ordered;
import org.springframework.data.auditing.ReactiveIsNewAwareAuditingHandler;
import org.springframework.util.Assert;

/**
 * Sets who created or changed an entity, and when, before it is written.
 * <p>
 * An entity is new when its version is {@code null}, or where it says so as a
 * {@link org.springframework.data.domain.Persistable}; of classes with neither, only what
 * is about the last change is set.
 */
public class ReactiveAuditingEntityCallback implements ReactiveBeforeConvertCallback<Object>, Ordered {

	/** Behind callbacks without an order of their own would be too late for checks. */
	private static final int ORDER = 100;

	private final Supplier<ReactiveIsNewAwareAuditingHandler> handler;

	/**
	 * Create the callback.
	 * @param handler gives Spring Data's handler, asked with each entity
	 */
	public ReactiveAuditingEntityCallback(Supplier<ReactiveIsNewAwareAuditingHandler> handler) {
		Assert.notNull(handler, "handler must not be null");
		this.handler = handler;
	}

	@Override
	public Publisher<Object> onBeforeConvert(Object entity, String table) {
		return this.handler.get().markAudited(entity);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
