package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Makes the threads on which a container calls its blocking handlers.
 */
@FunctionalInterface
public interface HandlerExecutorFactory {

	/**
	 * Make an executor for one container, each time it starts.
	 * @param listenerId the id of the listener
	 * @param concurrency how many handlers run at most at a time
	 * @return the executor. The container owns it: when it stops, an
	 * {@link java.util.concurrent.ExecutorService} is shut down, another
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
			ThreadPoolExecutor pool = new ThreadPoolExecutor(concurrency, concurrency, 30, TimeUnit.SECONDS,
					new LinkedBlockingQueue<>(), threads);
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
