package dev.reactiveazure.eventgrid.listener;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Runs tasks one after the other, in the order in which they come, wherever another
 * executor does.
 */
final class OneByOne implements Executor {

	private static final Log logger = LogFactory.getLog(OneByOne.class);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	private final Executor executor;

	OneByOne(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.pending.getAndIncrement() == 0) {
			this.executor.execute(this::runAll);
		}
	}

	private void runAll() {
		do {
			runNext();
		}
		while (this.pending.decrementAndGet() > 0);
	}

	private void runNext() {
		Runnable next = this.tasks.poll();
		try {
			if (next != null) {
				next.run();
			}
		}
		catch (Throwable ex) {
			// Even an Error: the others would wait forever.
			logger.error("What was to be done one after the other failed", ex);
		}
	}

}
