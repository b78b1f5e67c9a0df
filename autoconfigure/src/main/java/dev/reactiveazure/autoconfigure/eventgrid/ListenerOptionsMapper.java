package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;

/**
 * Turns the properties of listeners into the options of their containers.
 */
final class ListenerOptionsMapper {

	private ListenerOptionsMapper() {
	}

	/**
	 * Return the options of containers.
	 * @param listener the properties below {@code azure.eventgrid.listener}
	 * @return the options that annotations may override
	 * @throws InvalidAzurePropertyException if a value is out of range
	 */
	static ContainerOptions containerOptions(EventGridListenerProperties listener) {
		EventGridGateProperties gate = listener.getGate();
		return InvalidAzurePropertyException.naming("azure.eventgrid.listener.*",
				() -> ContainerOptions.builder()
					.concurrency(listener.getConcurrency())
					.maxInFlight(listener.getMaxInFlight())
					.receiving((receiving) -> receiving.maxEvents(listener.getMaxEvents())
						.maxPolls(listener.getMaxPolls())
						.maxWait(listener.getMaxWait())
						.pollAhead(listener.isPollAhead())
						.onAuthFailure(listener.getOnAuthFailure())
						.minBackoff(listener.getMinBackoff())
						.maxBackoff(listener.getMaxBackoff()))
					.settlement((settlement) -> settlement.linger(listener.getSettlementLinger())
						.batch(listener.getSettlementBatch())
						.ackMode(listener.getAckMode()))
					.locks((locks) -> locks.duration(listener.getLockDuration())
						.maxDuration(listener.getMaxLockDuration())
						.cancelOnLoss(listener.isCancelOnLockLoss()))
					.failures((failures) -> failures.releaseDelays(listener.getReleaseDelays())
						.maxDeliveries(listener.getMaxDeliveries())
						.deadLettered(listener.isDeadLettered())
						.maxFatalInARow(listener.getMaxFatalInARow()))
					.gate((options) -> options.failures(gate.getFailures())
						.minBackoff(gate.getMinBackoff())
						.maxBackoff(gate.getMaxBackoff()))
					.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(listener.getShutdownTimeout())
						.pauseGrace(listener.getPauseGrace())
						.openPollOnStop(listener.getOpenPollOnStop())
						.keepAlive(listener.isKeepAlive())
						.phase(listener.getPhase())
						.onStartupFailure(listener.getOnStartupFailure()))
					.build());
	}

}
