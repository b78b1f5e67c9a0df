package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.SettlementResult;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A subscription that keeps what the service keeps of its events: how often each was
 * delivered, and until when it is hidden. Locks don't expire. Not thread-safe: for tests
 * in virtual time.
 */
final class QueuedEvents implements EventBroker {

	/**
	 * Where released events come in, of which the service promises nothing.
	 */
	enum Order {

		FIRST, LAST

	}

	private final Deque<Integer> available = new ArrayDeque<>();

	private final Deque<Waiting> waiting = new ArrayDeque<>();

	private final Map<Integer, Integer> deliveries = new HashMap<>();

	private final int mostDeliveries;

	private final Order order;

	private final Scheduler scheduler;

	private int acknowledged;

	private int deadLettered;

	private record Waiting(int maxEvents, Sinks.One<List<ReceivedEvent>> answer) {
	}

	QueuedEvents(int events, int mostDeliveries, Order order, Scheduler scheduler) {
		for (int number = 0; number < events; number++) {
			this.available.add(number);
		}
		this.mostDeliveries = mostDeliveries;
		this.order = order;
		this.scheduler = scheduler;
	}

	@Override
	public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
		return Mono.delay(Duration.ofMillis(1), this.scheduler).flatMap((tick) -> {
			Waiting receive = new Waiting(maxEvents, Sinks.one());
			this.waiting.add(receive);
			serve();
			return receive.answer()
				.asMono()
				.timeout(maxWait, Mono.just(List.of()), this.scheduler)
				.doFinally((signal) -> this.waiting.remove(receive));
		});
	}

	private void serve() {
		while (!this.waiting.isEmpty() && !this.available.isEmpty()) {
			Waiting next = this.waiting.remove();
			List<ReceivedEvent> events = new ArrayList<>();
			while (events.size() < next.maxEvents() && !this.available.isEmpty()) {
				int number = this.available.remove();
				events.add(
						ScriptedBroker.event(Integer.toString(number), this.deliveries.merge(number, 1, Integer::sum)));
			}
			next.answer().tryEmitValue(events).orThrow();
		}
	}

	@Override
	public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
		return Mono.delay(Duration.ofMillis(1), this.scheduler).map((tick) -> {
			lockTokens.forEach((token) -> settle(verb, Integer.parseInt(token)));
			return ScriptedBroker.success(lockTokens);
		});
	}

	private void settle(SettlementVerb verb, int number) {
		ReleaseDelay delay = verb.delay();
		if (delay == null) {
			this.acknowledged++;
			return;
		}
		if (this.deliveries.getOrDefault(number, 0) >= this.mostDeliveries) {
			this.deadLettered++;
			return;
		}
		this.scheduler.schedule(() -> makeAvailable(number), delay.duration().toMillis(), TimeUnit.MILLISECONDS);
	}

	private void makeAvailable(int number) {
		if (this.order == Order.FIRST) {
			this.available.addFirst(number);
		}
		else {
			this.available.addLast(number);
		}
		serve();
	}

	@Override
	public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
		return Mono.just(ScriptedBroker.success(lockTokens));
	}

	int acknowledged() {
		return this.acknowledged;
	}

	int deadLettered() {
		return this.deadLettered;
	}

}
