package dev.reactiveazure.core.pipeline;

/**
 * After which failures an operation may be tried again.
 */
public enum RetrySafety {

	/**
	 * Never: the caller has reasons of its own for the next try.
	 */
	NEVER,

	/**
	 * Where the service has certainly not done the work: not sent, throttled.
	 */
	NOT_APPLIED,

	/**
	 * After any passing failure, a missing answer included, for doing it twice is as good
	 * as once, or the caller can tell from the second answer.
	 */
	ALWAYS

}
