package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * An executor that is made with its first task. Tasks that come after its end run too, on
 * threads of Reactor's that may block.
 */
final class ExecutorOnDemand implements Executor {

	private final Lock lock = new ReentrantLock();

	private final Supplier<Executor> maker;

	private @Nullable Executor made;

	private boolean closed;

	ExecutorOnDemand(Supplier<Executor> maker) {
		this.maker = maker;
	}

	@Override
	public void execute(Runnable task) {
		executor().execute(task);
	}

	private Executor executor() {
		this.lock.lock();
		try {
			if (this.closed) {
				// As the end of an event whose answer comes after the stop gave it up.
				return Schedulers.boundedElastic()::schedule;
			}
			if (this.made == null) {
				this.made = this.maker.get();
			}
			return this.made;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Give it no more tasks.
	 * @return the executor, to be shut down; {@code null} if none was made
	 */
	@Nullable Executor close() {
		this.lock.lock();
		try {
			this.closed = true;
			return this.made;
		}
		finally {
			this.lock.unlock();
		}
	}

}
