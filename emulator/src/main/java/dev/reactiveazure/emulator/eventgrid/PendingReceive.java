package dev.reactiveazure.emulator.eventgrid;

import dev.reactiveazure.emulator.clock.EmulatorClock.Timer;
import dev.reactiveazure.emulator.http.Exchange;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * A long poll that waits for its first event. Leaving the queue's waiting list, which
 * happens under the queue's lock and once, decides its fate: an answer, the end of its
 * wait, or a client that went away.
 * <p>
 * A client may go away while its answer is on the way to it. Then the sink drops the
 * batch silently, and only the thread that emitted it can tell.
 */
final class PendingReceive {

	private final int maxEvents;

	private final Exchange exchange;

	private final MonoSink<ReceivedBatch> sink;

	private @Nullable Timer timer;

	private boolean abandoned;

	PendingReceive(int maxEvents, Exchange exchange, MonoSink<ReceivedBatch> sink) {
		this.maxEvents = maxEvents;
		this.exchange = exchange;
		this.sink = sink;
	}

	int maxEvents() {
		return this.maxEvents;
	}

	/** Called under the queue's lock, possibly before the wait starts. */
	void abandon() {
		this.abandoned = true;
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	/** Called under the queue's lock. */
	void startWaiting(Timer endOfWait) {
		this.timer = endOfWait;
		this.exchange.park();
	}

	/** Called under the queue's lock. */
	void stopWaiting() {
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.exchange.resume();
	}

	/** Called outside of the queue's lock. */
	void complete(ReceivedBatch batch) {
		this.sink.success(batch);
		if (!batch.isHandedOver()) {
			batch.lost();
		}
	}

}
