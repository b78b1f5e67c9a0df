package dev.reactiveazure.eventgrid.listener;

/**
 * The service did not confirm what an {@link EventSettlement} asked for, and it can't be
 * asked again. The event is or will be delivered again, except that nobody knows after an
 * {@linkplain EventOutcome#AMBIGUOUS ambiguous} outcome.
 */
public final class SettlementFailedException extends RuntimeException {

	private final EventOutcome outcome;

	SettlementFailedException(String message, EventOutcome outcome) {
		super(message);
		this.outcome = outcome;
	}

	/**
	 * Return how the delivery ended instead.
	 * @return the outcome, never one that is {@linkplain EventOutcome#isSettled()
	 * settled}
	 */
	public EventOutcome outcome() {
		return this.outcome;
	}

}
