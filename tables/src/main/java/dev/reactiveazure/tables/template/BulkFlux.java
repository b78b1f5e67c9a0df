package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.template.BulkWriter.Entry;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The results of writes that are sent in batches.
 *
 * @param <T> the entities' class
 */
final class BulkFlux<T> extends Flux<BulkResult<T>> {

	private final Flux<Entry<T>> entries;

	private final BulkOptions options;

	private final BulkBatch batch;

	private final Scheduler scheduler;

	BulkFlux(Flux<Entry<T>> entries, BulkOptions options, BulkBatch batch, Scheduler scheduler) {
		this.entries = entries;
		this.options = options;
		this.batch = batch;
		this.scheduler = scheduler;
	}

	@Override
	public void subscribe(CoreSubscriber<? super BulkResult<T>> actual) {
		this.entries.subscribe(new BulkRun<>(actual, this.options, this.batch, this.scheduler));
	}

}
