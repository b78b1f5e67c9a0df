package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import reactor.core.publisher.Mono;

/**
 * The settlement of an event in flight, as users see it.
 */
final class DeliverySettlement implements EventSettlement {

	private final InFlightEvent event;

	private final Settlements settlements;

	private final Locks locks;

	DeliverySettlement(InFlightEvent event, Settlements settlements, Locks locks) {
		this.event = event;
		this.settlements = settlements;
		this.locks = locks;
	}

	@Override
	public Mono<Void> acknowledge() {
		return settle("acknowledged", Disposition.acknowledge());
	}

	@Override
	public Mono<Void> release(ReleaseDelay delay) {
		return settle("released", Disposition.release(delay));
	}

	@Override
	public Mono<Void> reject() {
		return settle("rejected", Disposition.reject());
	}

	@Override
	public Mono<Void> renew() {
		return Mono.defer(() -> this.event.state().isOpen() ? this.locks.renew(this.event)
				: Mono.error(tooLate("have its lock renewed")));
	}

	private Mono<Void> settle(String verb, Disposition disposition) {
		return Mono.defer(() -> {
			if (!this.settlements.settle(this.event, disposition)) {
				return Mono.error(tooLate("be " + verb));
			}
			return this.event.outcome().flatMap((outcome) -> confirmed(verb, outcome));
		});
	}

	private Mono<Void> confirmed(String verb, EventOutcome outcome) {
		if (outcome.isSettled()) {
			return Mono.empty();
		}
		return Mono.error(new SettlementFailedException(
				this.event.describe() + " could not be " + verb + "; its delivery ended as " + outcome, outcome));
	}

	private IllegalStateException tooLate(String verb) {
		return new IllegalStateException(
				this.event.describe() + " can't " + verb + " any more: it is " + this.event.state());
	}

	@Override
	public String toString() {
		return "EventSettlement[" + this.event.describe() + ", " + this.event.state() + "]";
	}

}
