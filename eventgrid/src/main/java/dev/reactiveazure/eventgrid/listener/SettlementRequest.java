package dev.reactiveazure.eventgrid.listener;

import java.util.List;

import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * One settlement request on its way.
 */
final class SettlementRequest implements CoreSubscriber<SettlementResult> {

	private final SettlementBatcher batcher;

	private final SettlementVerb verb;

	private final List<InFlightEvent> events;

	private final List<String> lockTokens;

	private final int attempt;

	private volatile @Nullable Subscription exchange;

	private boolean answered;

	SettlementRequest(SettlementBatcher batcher, SettlementVerb verb, List<InFlightEvent> events, int attempt) {
		this.batcher = batcher;
		this.verb = verb;
		this.events = events;
		this.lockTokens = events.stream().map(InFlightEvent::lockToken).toList();
		this.attempt = attempt;
	}

	SettlementVerb verb() {
		return this.verb;
	}

	List<InFlightEvent> events() {
		return this.events;
	}

	int attempt() {
		return this.attempt;
	}

	void send(EventBroker broker) {
		try {
			broker.settle(this.verb, this.lockTokens).subscribe(this);
		}
		catch (Throwable ex) {
			onError(ex);
		}
	}

	/**
	 * Stop waiting for the answer.
	 */
	void abandon() {
		this.events.forEach(InFlightEvent::markMaybeSettled);
		Subscription current = this.exchange;
		if (current != null) {
			current.cancel();
		}
	}

	/**
	 * The trace goes on with the settlement where there is just one that it can go on
	 * with.
	 */
	@Override
	public Context currentContext() {
		HandlingObservation first = this.events.get(0).observation();
		for (InFlightEvent event : this.events) {
			if (event.observation() != first) {
				return Context.empty();
			}
		}
		return first.context();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.exchange = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(SettlementResult result) {
		this.answered = true;
		if (result.isComplete() && result.succeeded().equals(this.lockTokens)) {
			this.batcher.settled(this, this.events, this.verb.outcome());
		}
		else {
			this.batcher.answered(this, SettlementAnswer.of(result, this.verb, this.events));
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.answered) {
			return;
		}
		this.answered = true;
		if (error instanceof InvalidRequestException) {
			this.batcher.answered(this, SettlementAnswer.refused(this.events, error));
			return;
		}
		if (maybeApplied(error)) {
			this.events.forEach(InFlightEvent::markMaybeSettled);
		}
		this.batcher.failed(this, error);
	}

	@Override
	public void onComplete() {
		if (!this.answered) {
			onError(new IllegalStateException("A settlement was answered with nothing"));
		}
	}

	private static boolean maybeApplied(Throwable error) {
		if (error instanceof OutcomeUnknownException) {
			return true;
		}
		return !(error instanceof AzureException azure) || azure.call().maybeApplied();
	}

}
