package dev.reactiveazure.eventgrid.listener;

/**
 * What happens when a container is started and can't receive: the service can't be
 * reached, or refuses it (401, 403), or there is no such topic or subscription (404).
 */
public enum StartupPolicy {

	/**
	 * The start ends well, and receiving is tried with a back-off until it works. Nothing
	 * is waited for.
	 */
	RETRY,

	/**
	 * The start ends well, but the container has failed, and can be started again. The
	 * start waits for one answer of the service.
	 */
	CONTINUE,

	/**
	 * The start fails, and with it that of the application. It waits for one answer of
	 * the service.
	 */
	STOP

}
