package dev.reactiveazure.eventgrid.listener;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which a container calls what users wrote. Where its handlers may block,
 * all else of the listener may too. Its interceptors, error handler and recoverer are
 * called on the thread that needs them, if that is one of these; any other one may be an
 * event loop or a timer, of whatever HTTP client or scheduler.
 * <p>
 * Who leaves another thread does so for none of the handlers' own: each of those may be
 * busy, or hang, with a handler that waits for just the settlement that is to be told of.
 * The settlement listener has a thread of its own, for permits come back when it was
 * called: not even an error handler that hangs is to keep them. Both executors are made
 * when they are needed for the first time, which for most listeners is never.
 */
final class UserThreads {

	private static final Log logger = LogFactory.getLog(UserThreads.class);

	/** The threads that run what may block, as long as they do. */
	private final Set<Thread> own = ConcurrentHashMap.newKeySet();

	private final String listenerId;

	private final boolean mayBlock;

	private final Executor handlers;

	private final ExecutorOnDemand others;

	private final ExecutorOnDemand telling;

	private UserThreads(String listenerId, int concurrency, HandlerExecutorFactory factory, boolean mayBlock) {
		this.listenerId = listenerId;
		this.mayBlock = mayBlock;
		this.handlers = factory.create(listenerId, concurrency);
		this.others = new ExecutorOnDemand(() -> factory.create(listenerId, concurrency));
		this.telling = new ExecutorOnDemand(() -> factory.create(listenerId, 1));
	}

	/**
	 * Return the threads of a listener whose handlers may block.
	 */
	static UserThreads blocking(HandlerExecutorFactory factory, String listenerId, int concurrency) {
		return new UserThreads(listenerId, concurrency, factory, true);
	}

	/**
	 * Return the threads of a listener none of whose parts may block: whichever there
	 * are.
	 */
	static UserThreads nonBlocking() {
		return new UserThreads("", 1, (listenerId, concurrency) -> Runnable::run, false);
	}

	/**
	 * Return whether something of the listener may block.
	 */
	boolean mayBlock() {
		return this.mayBlock;
	}

	/**
	 * Return where handlers are called.
	 */
	Executor handlers() {
		return this.mayBlock ? (call) -> this.handlers.execute(() -> runOwn(call)) : this.handlers;
	}

	/**
	 * Call something that is no handler, when subscribed to, and go on with the
	 * {@code Mono} that it returns. Cancelling interrupts the call where it may block.
	 */
	<T> Mono<T> call(Callable<? extends Mono<T>> call) {
		if (!this.mayBlock) {
			return new UserCall<>(call);
		}
		return Mono.defer(() -> isOwn() ? BlockingCall.here(call)
				: BlockingCall.then(call, (task) -> this.others.execute(() -> runOwn(task)), HandlerSlot.NONE));
	}

	private boolean isOwn() {
		return this.own.contains(Thread.currentThread()) && !Schedulers.isInNonBlockingThread();
	}

	private void runOwn(Runnable task) {
		Thread thread = Thread.currentThread();
		boolean entered = this.own.add(thread);
		try {
			task.run();
		}
		finally {
			if (entered) {
				this.own.remove(thread);
			}
		}
	}

	/**
	 * Tell a user how an event ended.
	 */
	void tell(Runnable report) {
		try {
			this.telling.execute(report);
		}
		catch (Throwable ex) {
			// Even an Error: there may be no thread to be had, but it is to be done.
			logger.warn("Listener '" + this.listenerId + "' found no thread that may block", ex);
			report.run();
		}
	}

	/**
	 * End the threads. All calls were cancelled before or have returned; those of
	 * handlers in a pool are interrupted once more. What is still to be told is told, by
	 * a pool before it ends, without being waited for: so an event that was given up with
	 * the stop may be reported after it. Virtual threads end with their calls.
	 * @return completes when no executor takes calls any more; never fails
	 */
	Mono<Void> close() {
		return Mono.create((closed) -> {
			Runnable closing = () -> {
				try {
					closeAll();
				}
				finally {
					closed.success();
				}
			};
			if (isToBeClosed(this.handlers)) {
				aside(closing);
			}
			else {
				closing.run();
			}
		});
	}

	private static boolean isToBeClosed(Executor executor) {
		return executor instanceof ExecutorService || executor instanceof AutoCloseable;
	}

	/**
	 * Run what may block, as a pool that ends waits for its own lock, on a thread that
	 * nobody else can keep busy.
	 */
	private void aside(Runnable closing) {
		Thread thread = new Thread(closing, "eventgrid-" + this.listenerId + "-stop");
		thread.setDaemon(true);
		try {
			thread.start();
		}
		catch (Throwable ex) {
			// Even an Error: there may be no thread to be had, but it is to be done.
			logger.warn("Listener '" + this.listenerId + "' found no thread that may block", ex);
			closing.run();
		}
	}

	private void closeAll() {
		close(this.handlers, ExecutorService::shutdownNow);
		close(this.others.close(), ExecutorService::shutdown);
		close(this.telling.close(), ExecutorService::shutdown);
	}

	private void close(@Nullable Executor executor, Consumer<ExecutorService> shutdown) {
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
