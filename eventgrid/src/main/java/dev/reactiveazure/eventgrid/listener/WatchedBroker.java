package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A broker of which is reported whenever it refuses something because it was asked for
 * too much.
 */
final class WatchedBroker implements EventBroker {

	private final EventBroker broker;

	private final Runnable onThrottled;

	WatchedBroker(EventBroker broker, Runnable onThrottled) {
		this.broker = broker;
		this.onThrottled = onThrottled;
	}

	@Override
	public @Nullable EventRateLimit rateLimit() {
		return this.broker.rateLimit();
	}

	@Override
	public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
		return this.broker.receive(maxEvents, maxWait).doOnError(ThrottledException.class, this::throttled);
	}

	@Override
	public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
		return this.broker.settle(verb, lockTokens).doOnError(ThrottledException.class, this::throttled);
	}

	@Override
	public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
		return this.broker.renewLocks(lockTokens).doOnError(ThrottledException.class, this::throttled);
	}

	private void throttled(ThrottledException error) {
		this.onThrottled.run();
	}

}
