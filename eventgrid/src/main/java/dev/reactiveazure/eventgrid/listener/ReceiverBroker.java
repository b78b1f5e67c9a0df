package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A subscription of the service through its client.
 */
final class ReceiverBroker implements EventBroker {

	private final EventGridReceiverClient client;

	private final @Nullable EventRateLimit rateLimit;

	ReceiverBroker(EventGridReceiverClient client, @Nullable EventRateLimit rateLimit) {
		this.client = client;
		this.rateLimit = rateLimit;
	}

	@Override
	public @Nullable EventRateLimit rateLimit() {
		return this.rateLimit;
	}

	@Override
	public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
		// A poll in the background would lock events for a container that has stopped.
		return this.client.receive(new ReceiveOptions(maxEvents, maxWait, ReceiveOptions.OnCancel.CLOSE));
	}

	@Override
	public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
		ReleaseDelay delay = verb.delay();
		if (delay != null) {
			return this.client.release(lockTokens, delay);
		}
		return (verb == SettlementVerb.REJECT) ? this.client.reject(lockTokens) : this.client.acknowledge(lockTokens);
	}

	@Override
	public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
		return this.client.renewLocks(lockTokens);
	}

}
