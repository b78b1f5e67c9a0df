package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

/**
 * What a container is doing, for health checks and operators. A snapshot.
 *
 * @param phase where in its life it is
 * @param inFlight how many events are received and not settled
 * @param running how many handlers run
 * @param openPolls how many receives are open
 * @param failedReceives how many receives failed since the last that was answered
 * @param lastError why the last of them failed, or why the container failed; {@code null}
 * when all is well
 */
public record ContainerStatus(Phase phase, int inFlight, int running, int openPolls, int failedReceives,
		@Nullable Throwable lastError) {

	/**
	 * Where in its life a container is.
	 */
	public enum Phase {

		/**
		 * Not started, or stopped on purpose.
		 */
		STOPPED,

		/**
		 * Receives events, or tries to.
		 */
		RUNNING,

		/**
		 * Settles what it has received.
		 */
		STOPPING,

		/**
		 * Died of an error that it could not go on after.
		 */
		FAILED

	}

	static ContainerStatus idle(Phase phase, @Nullable Throwable error) {
		return new ContainerStatus(phase, 0, 0, 0, 0, error);
	}

}
