package dev.reactiveazure.core.pipeline;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a few things that are dear to make for whoever needs one next.
 * <p>
 * A slot for each remainder of a thread's id, so that it serves event loops without a
 * lock and any number of virtual threads without a thing each. What is taken belongs to
 * the taker alone, who gives it back or lets it go.
 *
 * @param <T> what is kept
 */
public final class Spares<T> {

	private static final int SLOTS = 32;

	private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS);

	/**
	 * Take what is there.
	 * @return a thing that was given; {@code null} if there is none for this thread
	 */
	public @Nullable T take() {
		return this.slots.getAndSet(slot(), null);
	}

	/**
	 * Keep a thing for the next taker, in place of another one that waits there.
	 */
	public void give(T spare) {
		this.slots.set(slot(), spare);
	}

	@SuppressWarnings("deprecation") // threadId() came with Java 19
	private static int slot() {
		return (int) Thread.currentThread().getId() & (SLOTS - 1);
	}

}
