package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * An executor that is made with its first task. Tasks that come after its end run too, on
 * threads of Reactor's that may block. Who gives it a task never waits, for that may be
 * an event loop.
 */
final class ExecutorOnDemand implements Executor {

	private static final Log logger = LogFactory.getLog(ExecutorOnDemand.class);

	private final Lock lock = new ReentrantLock();

	private final Supplier<Executor> maker;

	/** What runs tasks; {@code null} before the first. */
	private volatile @Nullable Executor current;

	ExecutorOnDemand(Supplier<Executor> maker) {
		this.maker = maker;
	}

	@Override
	public void execute(Runnable task) {
		Executor known = this.current;
		if (known != null) {
			known.execute(task);
		}
		else if (this.lock.tryLock()) {
			make().execute(task);
		}
		else {
			// Another thread makes it, or ends it: one that may block waits for that.
			Schedulers.boundedElastic().schedule(() -> executeWhenMade(task));
		}
	}

	private void executeWhenMade(Runnable task) {
		this.lock.lock();
		Executor known;
		try {
			known = make();
		}
		catch (Throwable ex) {
			runHere(task, ex);
			return;
		}
		try {
			known.execute(task);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// Nothing else: an executor that runs its tasks here may have begun this one.
			runHere(task, ex);
		}
	}

	/**
	 * Run a task in spite of all. Who gave it has gone on, and is to be told nothing but
	 * its end.
	 */
	private static void runHere(Runnable task, Throwable reason) {
		logger.warn("An executor could not be made, or refused its task, which runs on a thread of Reactor's", reason);
		task.run();
	}

	/**
	 * Make it, unless that has been done, and unlock.
	 */
	private Executor make() {
		try {
			Executor known = this.current;
			if (known == null) {
				known = this.maker.get();
				this.current = known;
			}
			return known;
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
			Executor made = this.current;
			// As the end of an event whose answer comes after the stop gave it up.
			this.current = Schedulers.boundedElastic()::schedule;
			return made;
		}
		finally {
			this.lock.unlock();
		}
	}

}
