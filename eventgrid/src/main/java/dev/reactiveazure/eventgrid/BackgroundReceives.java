package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * The exchanges of a client that go on though nobody waits for them, and what they bring:
 * it is released. Owns all of it until it is disposed.
 */
final class BackgroundReceives implements Disposable {

	private static final Log logger = LogFactory.getLog(BackgroundReceives.class);

	/** By subscription. */
	private final ConcurrentMap<String, Queue<ReceiveExchange>> exchanges = new ConcurrentHashMap<>();

	private final Disposable.Composite releases = Disposables.composite();

	private final LongAdder total = new LongAdder();

	private final LongAdder takenOver = new LongAdder();

	private final LongAdder released = new LongAdder();

	private final LongAdder stranded = new LongAdder();

	AbandonedReceives counts() {
		int open = this.exchanges.values().stream().mapToInt(Queue::size).sum();
		return new AbandonedReceives(open, this.total.sum(), this.takenOver.sum(), this.released.sum(),
				this.stranded.sum());
	}

	void add(ReceiveExchange exchange) {
		this.total.increment();
		Queue<ReceiveExchange> waiting = waiting(exchange.requests());
		waiting.add(exchange);
		if (exchange.isEnded()) {
			waiting.remove(exchange);
		}
		if (isDisposed()) {
			waiting.remove(exchange);
			exchange.dispose();
		}
	}

	/**
	 * Find an exchange that a new receive can go on with.
	 * @return the exchange, attended from now on; {@code null} if there is none
	 */
	@Nullable ReceiveExchange takeOver(SubscriptionRequests requests, ReceiveOptions options,
			AttendedReceive.Attendance attendance) {
		Queue<ReceiveExchange> waiting = waiting(requests);
		for (ReceiveExchange exchange : waiting) {
			if (exchange.fits(options) && exchange.takeOver(attendance)) {
				waiting.remove(exchange);
				this.takenOver.increment();
				return exchange;
			}
		}
		return null;
	}

	void answered(ReceiveExchange exchange, List<ReceivedEvent> events) {
		waiting(exchange.requests()).remove(exchange);
		if (events.isEmpty()) {
			return;
		}
		List<String> lockTokens = events.stream().map(ReceivedEvent::lockToken).toList();
		Disposable.Swap release = Disposables.swap();
		this.releases.add(release);
		release.update(exchange.requests()
			.release(lockTokens, ReleaseDelay.NONE)
			.doFinally((signal) -> this.releases.remove(release))
			.subscribe(this::released, (error) -> notReleased(exchange, lockTokens.size(), error)));
	}

	private void released(SettlementResult result) {
		this.released.add(result.succeeded().size());
		this.stranded.add(result.failed().size());
	}

	private void notReleased(ReceiveExchange exchange, int events, Throwable error) {
		this.stranded.add(events);
		logger.warn("Could not release " + events + " events that arrived after their receive from "
				+ exchange.requests().resource() + " was cancelled; they come again when their locks expire: " + error);
	}

	void failed(ReceiveExchange exchange, Throwable error) {
		waiting(exchange.requests()).remove(exchange);
		if (logger.isDebugEnabled()) {
			logger.debug("A cancelled receive from " + exchange.requests().resource() + " failed: " + error);
		}
	}

	private Queue<ReceiveExchange> waiting(SubscriptionRequests requests) {
		return this.exchanges.computeIfAbsent(requests.resource(), (resource) -> new ConcurrentLinkedQueue<>());
	}

	/**
	 * Close the exchanges and give up releases on their way.
	 */
	@Override
	public void dispose() {
		this.releases.dispose();
		for (Queue<ReceiveExchange> waiting : this.exchanges.values()) {
			for (ReceiveExchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
				exchange.dispose();
			}
		}
	}

	@Override
	public boolean isDisposed() {
		return this.releases.isDisposed();
	}

}
