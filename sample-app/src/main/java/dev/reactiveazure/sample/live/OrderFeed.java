package dev.reactiveazure.sample.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.reactiveazure.sample.order.OrderChange;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Passes on how orders move, to each who watches, from the most recent ones on.
 * <p>
 * Nobody waits for a watcher: one that falls too far behind is cut off with an error. It
 * comes again, as browsers do by themselves, and starts from the recent orders.
 */
@Component
class OrderFeed {

	/** How many orders a new watcher sees, and how many changes a slow one may miss. */
	static final int RECENT = 200;

	static final int MAX_BEHIND = 1024;

	private final Set<FluxSink<OrderChange>> watchers = ConcurrentHashMap.newKeySet();

	private final RecentChanges recent = new RecentChanges();

	private volatile boolean closed;

	Flux<OrderChange> changes() {
		return Flux.<OrderChange>create(this::watch, FluxSink.OverflowStrategy.IGNORE)
			.onBackpressureBuffer(MAX_BEHIND, BufferOverflowStrategy.ERROR);
	}

	int watchers() {
		return this.watchers.size();
	}

	@EventListener
	void changed(OrderChange change) {
		this.recent.add(change);
		this.watchers.forEach((watcher) -> watcher.next(change));
	}

	// Before the web server stops: it would wait for streams that never end.
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed = true;
		this.watchers.forEach(FluxSink::complete);
	}

	private void watch(FluxSink<OrderChange> watcher) {
		this.watchers.add(watcher);
		watcher.onDispose(() -> this.watchers.remove(watcher));
		this.recent.list().forEach(watcher::next);
		// Browsers come again at once, on a connection that the server still has open.
		if (this.closed) {
			watcher.complete();
		}
	}

	/**
	 * The last change of each of the orders that moved last.
	 */
	private static final class RecentChanges {

		private final Map<String, OrderChange> changes = new LinkedHashMap<>();

		synchronized void add(OrderChange change) {
			String key = change.customer() + "/" + change.id();
			OrderChange before = this.changes.remove(key);
			boolean late = before != null && before.stage().compareTo(change.stage()) > 0;
			this.changes.put(key, late ? before : change);
			if (this.changes.size() > RECENT) {
				this.changes.remove(this.changes.keySet().iterator().next());
			}
		}

		synchronized List<OrderChange> list() {
			return new ArrayList<>(this.changes.values());
		}

	}

}
