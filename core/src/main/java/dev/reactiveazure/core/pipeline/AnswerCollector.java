package dev.reactiveazure.core.pipeline;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Gathers a body and reads it when it is complete: its buffers are copied once, into an
 * array that the next answer uses again, and released in every case, a chunk that arrives
 * after the cancel included.
 *
 * @param <T> what the body is read into
 */
final class AnswerCollector<T> extends Mono<T> {

	/**
	 * Reads a complete body.
	 */
	@FunctionalInterface
	interface BodyReader<T> {

		@Nullable T read(byte[] bytes, int length);

	}

	private final Flux<DataBuffer> source;

	private final int maxSize;

	private final WriterPool writers;

	private final BodyReader<T> reader;

	AnswerCollector(Flux<DataBuffer> source, int maxSize, WriterPool writers, BodyReader<T> reader) {
		this.source = source;
		this.maxSize = maxSize;
		this.writers = writers;
		this.reader = reader;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new Collector(actual));
	}

	private final class Collector implements CoreSubscriber<DataBuffer>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private List<DataBuffer> chunks = List.of();

		private @Nullable Subscription upstream;

		private long size;

		private boolean done;

		Collector(CoreSubscriber<? super T> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void request(long n) {
			if (this.upstream != null) {
				this.upstream.request(Long.MAX_VALUE);
			}
		}

		@Override
		public void cancel() {
			if (this.upstream != null) {
				this.upstream.cancel();
			}
			finish();
		}

		@Override
		public void onNext(DataBuffer chunk) {
			int count = chunk.readableByteCount();
			if (!keep(chunk, count)) {
				DataBufferUtils.release(chunk);
				return;
			}
			if (this.size > AnswerCollector.this.maxSize) {
				cancel();
				this.actual.onError(new DataBufferLimitException(
						"the answer exceeds maxResponseSize of " + AnswerCollector.this.maxSize + " bytes"));
			}
		}

		@Override
		public void onError(Throwable error) {
			if (finish()) {
				this.actual.onError(error);
				return;
			}
			Operators.onErrorDropped(error, currentContext());
		}

		@Override
		public void onComplete() {
			JsonWriter writer = AnswerCollector.this.writers.take();
			T value;
			try {
				if (!gather(writer.sink())) {
					return;
				}
				value = AnswerCollector.this.reader.read(writer.sink().array(), writer.sink().length());
			}
			catch (RuntimeException ex) {
				this.actual.onError(ex);
				return;
			}
			finally {
				AnswerCollector.this.writers.give(writer);
			}
			if (value != null) {
				this.actual.onNext(value);
			}
			this.actual.onComplete();
		}

		private synchronized boolean keep(DataBuffer chunk, int count) {
			if (this.done) {
				return false;
			}
			if (this.chunks.isEmpty()) {
				this.chunks = new ArrayList<>(2);
			}
			this.chunks.add(chunk);
			this.size += count;
			return true;
		}

		private synchronized boolean gather(ByteSink target) {
			if (this.done) {
				return false;
			}
			target.require((int) this.size);
			int at = 0;
			for (DataBuffer chunk : this.chunks) {
				int count = chunk.readableByteCount();
				chunk.read(target.array(), at, count);
				at += count;
			}
			target.advanceTo(at);
			finish();
			return true;
		}

		private synchronized boolean finish() {
			if (this.done) {
				return false;
			}
			this.done = true;
			if (!this.chunks.isEmpty()) {
				this.chunks.forEach(DataBufferUtils::release);
				this.chunks = List.of();
			}
			return true;
		}

	}

}
