package dev.reactiveazure.autoconfigure.eventgrid;

import java.time.Duration;

/**
 * Properties of the gate that spares events while what their handlers need is out of
 * order.
 */
public class EventGridGateProperties {

	/**
	 * Transient failures of handlers in a row after which nothing more is received; 0 for
	 * never.
	 */
	private int failures = 20;

	/**
	 * Longest wait before one event is let through for the first time. It doubles with
	 * each further one that fails.
	 */
	private Duration minBackoff = Duration.ofSeconds(1);

	/**
	 * Longest wait before any event that is let through.
	 */
	private Duration maxBackoff = Duration.ofSeconds(20);

	public int getFailures() {
		return this.failures;
	}

	public void setFailures(int failures) {
		this.failures = failures;
	}

	public Duration getMinBackoff() {
		return this.minBackoff;
	}

	public void setMinBackoff(Duration minBackoff) {
		this.minBackoff = minBackoff;
	}

	public Duration getMaxBackoff() {
		return this.maxBackoff;
	}

	public void setMaxBackoff(Duration maxBackoff) {
		this.maxBackoff = maxBackoff;
	}

}
