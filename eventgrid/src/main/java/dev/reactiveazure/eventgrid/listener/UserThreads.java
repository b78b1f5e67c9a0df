package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which a container calls what users wrote. Where its handlers may block,
 * all else of the listener may too: its interceptors, error handler, recoverer and
 * settlement listener. These are called on the thread that needs them; where that must
 * not block, an event loop or a timer, on another one.
 * <p>
 * That is none of the handlers' own: each of those may be busy, or hang, with a handler
 * that waits for just the settlement that is to be told of. The second executor is made
 * when it is needed for the first time, which for most listeners is never.
 */
final class UserThreads implements Executor {

	private static final Log logger = LogFactory.getLog(UserThreads.class);

	private final Lock lock = new ReentrantLock();

	private final String listenerId;

	private final int concurrency;

	private final @Nullable HandlerExecutorFactory factory;

	private final Executor handlers;

	private @Nullable Executor others;

	private boolean closed;

	private UserThreads(String listenerId, int concurrency, @Nullable HandlerExecutorFactory factory) {
		this.listenerId = listenerId;
		this.concurrency = concurrency;
		this.factory = factory;
		this.handlers = (factory != null) ? factory.create(listenerId, concurrency) : Runnable::run;
	}

	/**
	 * Return the threads of a listener whose handlers may block.
	 */
	static UserThreads blocking(HandlerExecutorFactory factory, String listenerId, int concurrency) {
		return new UserThreads(listenerId, concurrency, factory);
	}

	/**
	 * Return the threads of a listener none of whose parts may block: whichever there
	 * are.
	 */
	static UserThreads nonBlocking() {
		return new UserThreads("", 0, null);
	}

	/**
	 * Return where handlers are called.
	 */
	Executor handlers() {
		return this.handlers;
	}

	/**
	 * Call something that is no handler, when subscribed to, and go on with the
	 * {@code Mono} that it returns. Cancelling interrupts the call.
	 */
	<T> Mono<T> call(Callable<? extends Mono<T>> call) {
		UserCall<T> here = new UserCall<>(call);
		return Mono.defer(() -> mustLeave() ? BlockingCall.then(call, others(), HandlerSlot.NONE) : here);
	}

	/**
	 * Run something that is no handler: here, if this thread may block.
	 */
	@Override
	public void execute(Runnable task) {
		if (mustLeave()) {
			runOnAnother(task);
		}
		else {
			task.run();
		}
	}

	private void runOnAnother(Runnable task) {
		try {
			others().execute(task);
		}
		catch (Throwable ex) {
			// Even an Error: there may be no thread to be had, but it is to be done.
			logger.warn("Listener '" + this.listenerId + "' found no thread that may block", ex);
			task.run();
		}
	}

	/**
	 * Return whether something of the listener may block.
	 */
	boolean mayBlock() {
		return this.factory != null;
	}

	private boolean mustLeave() {
		return mayBlock() && Schedulers.isInNonBlockingThread();
	}

	private Executor others() {
		this.lock.lock();
		try {
			if (this.closed || this.factory == null) {
				// As the end of an event whose answer comes after the stop gave it up.
				return Schedulers.boundedElastic()::schedule;
			}
			if (this.others == null) {
				// One for each event in a handler's place, and one to tell of ends.
				this.others = this.factory.create(this.listenerId, this.concurrency + 1);
			}
			return this.others;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the threads: those of handlers at once, the others when they have done what
	 * they were given.
	 */
	void close() {
		close(this.handlers, ExecutorService::shutdownNow);
		Executor open;
		this.lock.lock();
		try {
			this.closed = true;
			open = this.others;
		}
		finally {
			this.lock.unlock();
		}
		if (open != null) {
			close(open, ExecutorService::shutdown);
		}
	}

	private void close(Executor executor, Consumer<ExecutorService> shutdown) {
		try {
			if (executor instanceof ExecutorService service) {
				shutdown.accept(service);
			}
			else if (executor instanceof AutoCloseable closeable) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			logger.warn("An executor of listener '" + this.listenerId + "' could not be closed", ex);
		}
	}

}
