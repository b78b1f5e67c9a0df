package dev.reactiveazure.tables.template;

import java.util.function.DoubleSupplier;

import dev.reactiveazure.tables.EntityMeter;
import dev.reactiveazure.tables.template.BulkResult.Outcome;
import dev.reactiveazure.tables.template.PreparedWrite.Action;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Carries out any number of writes: prepares each as if it were alone, has
 * {@link BulkRun} send them in batches, and ends each as if it were alone.
 */
final class BulkWriter {

	private final WritePreparation preparation;

	private final TableCalls calls;

	private final EntityLifecycle lifecycle;

	private final Scheduler scheduler;

	private final DoubleSupplier random;

	BulkWriter(WritePreparation preparation, TableCalls calls, EntityLifecycle lifecycle, Scheduler scheduler,
			DoubleSupplier random) {
		this.preparation = preparation;
		this.calls = calls;
		this.lifecycle = lifecycle;
		this.scheduler = scheduler;
		this.random = random;
	}

	<T> Flux<BulkResult<T>> write(Publisher<? extends TableWrite<T>> writes, BulkOptions options) {
		return Flux.deferContextual((context) -> {
			BulkBatch batch = new BulkBatch(this.calls, options, this.scheduler, this.random);
			Flux<BulkResult<T>> results = new BulkFlux<>(entries(writes, context), options, batch, this.scheduler);
			return this.lifecycle.isEmpty() ? results : results.concatMap(this::afterSave, 1);
		});
	}

	private <T> Flux<Entry<T>> entries(Publisher<? extends TableWrite<T>> writes, ContextView context) {
		EntityMeter meter = new EntityMeter();
		Flux<Entry<T>> arrivals = Flux.<TableWrite<T>>from(writes).index((index, write) -> new Entry<>(index, write));
		if (this.preparation.isImmediate()) {
			return arrivals.doOnNext((entry) -> entry.prepareNow(this.preparation, context, meter));
		}
		return arrivals.concatMap((entry) -> this.preparation.prepare(entry.write)
			.doOnNext((prepared) -> entry.accept(prepared, meter))
			.doOnError((error) -> entry.error = error)
			.onErrorComplete()
			.thenReturn(entry), 1);
	}

	private <T> Mono<BulkResult<T>> afterSave(BulkResult<T> result) {
		T entity = result.entity();
		if (entity == null) {
			return Mono.just(result);
		}
		return Mono
			.deferContextual(
					(context) -> this.lifecycle.afterSave(entity, this.preparation.tableOf(result.write(), context)))
			.map((saved) -> new BulkResult<>(result.index(), result.write(), result.outcome(), saved, null,
					result.attempts()));
	}

	/**
	 * A write that has arrived, with what its preparation made of it.
	 */
	static final class Entry<T> {

		private final long index;

		private final TableWrite<T> write;

		private @Nullable BulkItem<T> item;

		private @Nullable Throwable error;

		Entry(long index, TableWrite<T> write) {
			this.index = index;
			this.write = write;
		}

		private void prepareNow(WritePreparation preparation, ContextView context, EntityMeter meter) {
			try {
				accept(preparation.prepareNow(this.write, context), meter);
			}
			catch (RuntimeException ex) {
				this.error = ex;
			}
		}

		private void accept(PreparedWrite<T> prepared, EntityMeter meter) {
			T entity = prepared.entity();
			int bytes = (prepared.action() == Action.DELETE || entity == null)
					? meter.measure(prepared.table().client(), prepared.key())
					: meter.measure(prepared.table().client(), entity);
			this.item = new BulkItem<>(this.index, this.write, prepared, bytes);
		}

		/**
		 * Return what to send.
		 * @return the item; {@code null} where the preparation failed
		 */
		@Nullable BulkItem<T> item() {
			return this.item;
		}

		BulkResult<T> invalid() {
			Throwable cause = (this.error != null) ? this.error : new IllegalStateException("The write has no entity");
			return new BulkResult<>(this.index, this.write, Outcome.INVALID, null, TableCalls.translate(cause), 0);
		}

	}

}
