package dev.reactiveazure.core.pipeline;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A part that is made when it is first needed, for an application that starts need not
 * wait for it, and that is closed with its owner.
 * <p>
 * Thread-safe. A part that is first needed after the end of its owner is closed as soon
 * as it is made.
 *
 * @param <T> the type of the part
 */
public final class FirstUse<T> {

	private final Lock lock = new ReentrantLock();

	private final Supplier<T> maker;

	private final Consumer<T> closer;

	private volatile @Nullable T made;

	private boolean closed;

	/**
	 * Create a part to be.
	 * @param maker makes it, once; must not need it
	 * @param closer closes it
	 */
	public FirstUse(Supplier<T> maker, Consumer<T> closer) {
		this.maker = maker;
		this.closer = closer;
	}

	/**
	 * Return the part, made now if it was not.
	 */
	public T get() {
		T part = this.made;
		return (part != null) ? part : make();
	}

	private T make() {
		this.lock.lock();
		try {
			T part = this.made;
			if (part == null) {
				part = this.maker.get();
				if (this.closed) {
					this.closer.accept(part);
				}
				this.made = part;
			}
			return part;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Close the part if it was made, and with its making if it is made later. Idempotent.
	 */
	public void close() {
		this.lock.lock();
		try {
			T part = this.made;
			if (!this.closed && part != null) {
				this.closer.accept(part);
			}
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
