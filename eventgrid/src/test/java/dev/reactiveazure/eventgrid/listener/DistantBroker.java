package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A subscription that is never empty, some way off: a request takes half a round trip to
 * get there, its answer the other half. Not thread-safe: for tests in virtual time.
 */
final class DistantBroker implements EventBroker {

	private final Duration halfway;

	private final Scheduler scheduler;

	private final Set<String> locked = new HashSet<>();

	private int delivered;

	@Nullable EventRateLimit rateLimit;

	int receives;

	int settled;

	int mostLocked;

	DistantBroker(Duration roundTrip, Scheduler scheduler) {
		this.halfway = roundTrip.dividedBy(2);
		this.scheduler = scheduler;
	}

	@Override
	public @Nullable EventRateLimit rateLimit() {
		return this.rateLimit;
	}

	@Override
	public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
		return there().map((tick) -> lock(maxEvents)).delayElement(this.halfway, this.scheduler);
	}

	@Override
	public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
		return there().map((tick) -> unlock(lockTokens)).delayElement(this.halfway, this.scheduler);
	}

	@Override
	public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
		return Mono.just(ScriptedBroker.success(lockTokens));
	}

	private Mono<Long> there() {
		return Mono.delay(this.halfway, this.scheduler);
	}

	private List<ReceivedEvent> lock(int count) {
		List<ReceivedEvent> events = IntStream.range(this.delivered, this.delivered + count)
			.mapToObj((number) -> ScriptedBroker.event("token-" + number, 1))
			.toList();
		events.forEach((event) -> this.locked.add(event.lockToken()));
		this.receives++;
		this.delivered += count;
		this.mostLocked = Math.max(this.mostLocked, this.locked.size());
		return events;
	}

	private SettlementResult unlock(List<String> lockTokens) {
		lockTokens.forEach(this.locked::remove);
		this.settled += lockTokens.size();
		return ScriptedBroker.success(lockTokens);
	}

	double eventsAReceive() {
		return (double) this.delivered / this.receives;
	}

}
