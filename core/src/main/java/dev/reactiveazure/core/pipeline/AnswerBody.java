package dev.reactiveazure.core.pipeline;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Gathers a body and has it read when it is complete: its buffers are copied once, into
 * an array that the next answer uses again, and released in every case, a chunk that
 * arrives after the cancel included.
 *
 * @param <T> what the body is read into
 */
final class AnswerBody<T> implements CoreSubscriber<DataBuffer> {

	/**
	 * Who waits for a body. One of {@link #ended} and {@link #failed} is called, unless
	 * the body is cancelled.
	 */
	interface Reader<T> {

		Context currentContext();

		/**
		 * Read a body: the first {@code length} bytes, valid only meanwhile.
		 */
		@Nullable T read(byte[] bytes, int length);

		/**
		 * Take what was read.
		 */
		void ended(@Nullable T value);

		void failed(Throwable error);

	}

	private final Reader<T> reader;

	private final WriterPool writers;

	private final int maxSize;

	private List<DataBuffer> chunks = List.of();

	private @Nullable Subscription source;

	private long size;

	private boolean done;

	AnswerBody(Reader<T> reader, WriterPool writers, int maxSize) {
		this.reader = reader;
		this.writers = writers;
		this.maxSize = maxSize;
	}

	@Override
	public Context currentContext() {
		return this.reader.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (begin(subscription)) {
			subscription.request(Long.MAX_VALUE);
		}
		else {
			subscription.cancel();
		}
	}

	/**
	 * Cancel the source, now or as soon as it is there.
	 */
	void cancel() {
		if (finish() && this.source != null) {
			this.source.cancel();
		}
	}

	@Override
	public void onNext(DataBuffer chunk) {
		int count = chunk.readableByteCount();
		if (!keep(chunk, count)) {
			DataBufferUtils.release(chunk);
			return;
		}
		if (this.size > this.maxSize) {
			cancel();
			this.reader.failed(
					new DataBufferLimitException("the answer exceeds maxResponseSize of " + this.maxSize + " bytes"));
		}
	}

	/**
	 * Fail, unless nobody waits any more: how a body ends that was given up interests
	 * nobody.
	 */
	@Override
	public void onError(Throwable error) {
		if (finish()) {
			this.reader.failed(error);
		}
	}

	@Override
	public void onComplete() {
		JsonWriter writer = this.writers.take();
		T value;
		try {
			if (!gather(writer.sink())) {
				return;
			}
			value = this.reader.read(writer.sink().array(), writer.sink().length());
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			this.reader.failed(ex);
			return;
		}
		finally {
			this.writers.give(writer);
		}
		this.reader.ended(value);
	}

	private synchronized boolean begin(Subscription subscription) {
		this.source = subscription;
		return !this.done;
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
		try {
			target.require((int) this.size);
			int at = 0;
			for (DataBuffer chunk : this.chunks) {
				int count = chunk.readableByteCount();
				chunk.read(target.array(), at, count);
				at += count;
			}
			target.advanceTo(at);
		}
		finally {
			finish();
		}
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
