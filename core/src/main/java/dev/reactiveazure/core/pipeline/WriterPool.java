package dev.reactiveazure.core.pipeline;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps a few {@link JsonWriter}s, with their arrays, for the next body or answer.
 * <p>
 * A slot for each remainder of a thread's id, so that it serves event loops without a
 * lock and any number of virtual threads without an array each.
 */
final class WriterPool {

	private static final int SLOTS = 32;

	private static final int LARGEST_KEPT = 2 * 1024 * 1024;

	private final AtomicReferenceArray<JsonWriter> slots = new AtomicReferenceArray<>(SLOTS);

	JsonWriter take() {
		JsonWriter writer = this.slots.getAndSet(slot(), null);
		return (writer != null) ? writer : new JsonWriter(new ByteSink());
	}

	void give(JsonWriter writer) {
		writer.reset();
		writer.sink().reset();
		writer.sink().shrinkTo(LARGEST_KEPT);
		this.slots.set(slot(), writer);
	}

	@SuppressWarnings("deprecation") // threadId() came with Java 19
	private static int slot() {
		return (int) Thread.currentThread().getId() & (SLOTS - 1);
	}

}
