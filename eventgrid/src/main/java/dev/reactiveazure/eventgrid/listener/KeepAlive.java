package dev.reactiveazure.eventgrid.listener;

import java.util.concurrent.CountDownLatch;

/**
 * A thread that does nothing but keep the virtual machine alive: all others of a
 * container are daemons, and so are those of the HTTP client.
 */
final class KeepAlive {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Thread thread;

	KeepAlive(String listenerId) {
		this.thread = new Thread(this::await, "eventgrid-keep-alive-" + listenerId);
		this.thread.setDaemon(false);
	}

	void start() {
		this.thread.start();
	}

	void stop() {
		this.stopped.countDown();
	}

	private void await() {
		while (this.stopped.getCount() > 0) {
			try {
				this.stopped.await();
			}
			catch (InterruptedException ex) {
				// Only a stop ends it.
			}
		}
	}

}
