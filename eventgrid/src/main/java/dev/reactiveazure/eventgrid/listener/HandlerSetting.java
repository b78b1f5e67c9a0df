package dev.reactiveazure.eventgrid.listener;

import reactor.core.publisher.Mono;

/**
 * What all runs of a container's handler share.
 *
 * @param listenerId the listener's id
 * @param adapter calls the handler
 * @param ackMode who settles what was handled well
 * @param failures decides about events that could not be handled
 * @param settlements carries decisions out
 * @param locks renews locks where handlers ask for it
 * @param observations observes runs
 * @param running the runs that have not ended
 * @param batchSize how many events one call of the handler takes at most; 0 where it
 * takes one event rather than a list
 */
record HandlerSetting(String listenerId, HandlerAdapter adapter, AckMode ackMode, FailurePath failures,
		Settlements settlements, Locks locks, ProcessObservations observations, RunningHandlers running,
		int batchSize) {

	/**
	 * Return the setting of a run that fails before its handler is called.
	 */
	HandlerSetting failing(Throwable error) {
		return new HandlerSetting(this.listenerId, (delivery, slot) -> Mono.error(error), this.ackMode, this.failures,
				this.settlements, this.locks, this.observations, this.running, this.batchSize);
	}

}
