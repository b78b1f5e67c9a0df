package dev.reactiveazure.eventgrid.listener;

/**
 * What a container does when the service refuses it for want of authentication or
 * permission (401, 403).
 */
public enum OnAuthFailure {

	/**
	 * Try again, as after other failures: with a back-off, and with the credential read
	 * anew. The container is running meanwhile, its status tells of the failures.
	 */
	RETRY,

	/**
	 * Stop; the container has failed. It can be started again.
	 */
	STOP

}
