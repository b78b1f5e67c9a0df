package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Makes the threads on which a container calls its blocking handlers, and what else of
 * their listener may block.
 */
@FunctionalInterface
public interface HandlerExecutorFactory {

	/**
	 * Make an executor for one container: for its handlers, each time it starts; another
	 * for its interceptors, error handler and recoverer, when one of them is first needed
	 * on a thread that is none of these; and one for its settlement listener, if it has
	 * one, when that is first called.
	 * @param listenerId the id of the listener
	 * @param concurrency how many calls there are at a time that should not wait for one
	 * another: as many as handlers run, 1 for the settlement listener
	 * @return the executor, another one for each call. The container owns it: when it
	 * stops, an {@link java.util.concurrent.ExecutorService} is shut down, another
	 * {@link AutoCloseable} closed
	 */
	Executor create(String listenerId, int concurrency);

	/**
	 * Return a factory of pools with as many threads as handlers may run, so that no
	 * handler waits for one.
	 * @return the factory
	 */
	static HandlerExecutorFactory platformThreads() {
		return (listenerId, concurrency) -> {
			CustomizableThreadFactory threads = new CustomizableThreadFactory("eventgrid-" + listenerId + "-");
			threads.setDaemon(true);
			// A queue without a lock, for those who put calls into it are event loops.
			ThreadPoolExecutor pool = new ThreadPoolExecutor(concurrency, concurrency, 30, TimeUnit.SECONDS,
					new LinkedTransferQueue<>(), threads);
			pool.allowCoreThreadTimeOut(true);
			return pool;
		};
	}

	/**
	 * Return a factory that gives each call a virtual thread.
	 * @return the factory, whose {@code create} throws
	 * {@link UnsupportedOperationException} on a Java without virtual threads
	 */
	static HandlerExecutorFactory virtualThreads() {
		return (listenerId, concurrency) -> {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("eventgrid-" + listenerId + "-");
			executor.setVirtualThreads(true);
			return executor;
		};
	}

}
