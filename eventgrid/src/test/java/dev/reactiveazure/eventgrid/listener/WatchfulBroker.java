package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import reactor.core.publisher.Mono;

/**
 * A broker that knows which of its calls are on their way: from their subscription until
 * the container has taken the answer in.
 */
final class WatchfulBroker implements EventBroker {

	private final AtomicInteger receiving = new AtomicInteger();

	private final AtomicInteger settling = new AtomicInteger();

	private final AtomicInteger changes = new AtomicInteger();

	private final EventBroker broker;

	WatchfulBroker(EventBroker broker) {
		this.broker = broker;
	}

	int receiving() {
		return this.receiving.get();
	}

	int settling() {
		return this.settling.get();
	}

	/**
	 * Return how often a call began or ended.
	 */
	int changes() {
		return this.changes.get();
	}

	@Override
	public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
		return watched(this.broker.receive(maxEvents, maxWait), this.receiving);
	}

	@Override
	public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
		return watched(this.broker.settle(verb, lockTokens), this.settling);
	}

	@Override
	public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
		return watched(this.broker.renewLocks(lockTokens), this.settling);
	}

	private <T> Mono<T> watched(Mono<T> call, AtomicInteger count) {
		return call.doFirst(() -> change(count, 1)).doFinally((signal) -> change(count, -1));
	}

	private void change(AtomicInteger count, int by) {
		count.addAndGet(by);
		this.changes.incrementAndGet();
	}

}
