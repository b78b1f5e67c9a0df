package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a container is doing, for health checks, meters and operators. A snapshot; asking
 * for it costs no call to the service.
 *
 * @param phase where in its life it is
 * @param reason why it is paused, stopped or failed, for a person; {@code null} where
 * nobody gave a reason
 * @param inFlight how many events are received and not settled
 * @param running how many handlers run
 * @param freePermits how many events may be received besides; negative where the service
 * sent more than it was asked for
 * @param openPolls how many receives are open
 * @param gate whether events are let through to the handlers
 * @param failedReceives how many receives failed, or were overdue, since the last that
 * was answered
 * @param overdueReceives how many receives were not answered in time and replaced, since
 * the start
 * @param sinceLastReceive how long ago the last receive was answered, be it without an
 * event; {@code null} if none was since the start
 * @param lostLocks how many events lost their lock, since the start
 * @param lastError why the last receive failed, or why the container failed; {@code null}
 * when all is well
 */
public record ContainerStatus(Phase phase, @Nullable String reason, int inFlight, int running, int freePermits,
		int openPolls, GateState gate, int failedReceives, long overdueReceives, @Nullable Duration sinceLastReceive,
		long lostLocks, @Nullable Throwable lastError) {

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
		 * Receives nothing until it is resumed; what runs goes on and is settled.
		 */
		PAUSED,

		/**
		 * Settles what it has received.
		 */
		STOPPING,

		/**
		 * Died of an error that it could not, or was told not to, go on after.
		 */
		FAILED

	}

	static ContainerStatus idle(Phase phase, @Nullable String reason, @Nullable Throwable error) {
		return new ContainerStatus(phase, reason, 0, 0, 0, 0, GateState.OPEN, 0, 0, null, 0, error);
	}

}
