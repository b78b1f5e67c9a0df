package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One subscription of the service, as the container needs it.
 */
interface EventBroker {

	/**
	 * Receive up to 100 events. Never tried again by itself.
	 */
	Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait);

	/**
	 * Settle up to 100 lock tokens.
	 */
	Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens);

	/**
	 * Start the locks of up to 100 events anew.
	 */
	Mono<SettlementResult> renewLocks(List<String> lockTokens);

	/**
	 * Return how many events may be received a second.
	 * @return the limit, {@code null} for none
	 */
	default @Nullable EventRateLimit rateLimit() {
		return null;
	}

}
