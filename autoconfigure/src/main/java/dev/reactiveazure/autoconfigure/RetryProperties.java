package dev.reactiveazure.autoconfigure;

import java.time.Duration;

/**
 * Properties of repeated requests to a service: {@code azure.<service>.retry.*}.
 */
public class RetryProperties {

	/**
	 * Retries after the first try, 0 or more.
	 */
	private int maxRetries = 3;

	/**
	 * Wait before the first retry.
	 */
	private Duration delay = Duration.ofMillis(500);

	/**
	 * Growth of the wait from retry to retry, at least 1.
	 */
	private double multiplier = 2;

	/**
	 * Longest wait, unless the service itself asks for a longer one.
	 */
	private Duration maxDelay = Duration.ofSeconds(10);

	/**
	 * Share of each wait that is random, from 0 to 1.
	 */
	private double jitter = 0.5;

	/**
	 * Time after the first try in which retries may start.
	 */
	private Duration timeout = Duration.ofMinutes(2);

	/**
	 * Most retries that a client makes, as a share of its calls, from 0 to 1.
	 */
	private double budget = 0.1;

	public int getMaxRetries() {
		return this.maxRetries;
	}

	public void setMaxRetries(int maxRetries) {
		this.maxRetries = maxRetries;
	}

	public Duration getDelay() {
		return this.delay;
	}

	public void setDelay(Duration delay) {
		this.delay = delay;
	}

	public double getMultiplier() {
		return this.multiplier;
	}

	public void setMultiplier(double multiplier) {
		this.multiplier = multiplier;
	}

	public Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public double getJitter() {
		return this.jitter;
	}

	public void setJitter(double jitter) {
		this.jitter = jitter;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public double getBudget() {
		return this.budget;
	}

	public void setBudget(double budget) {
		this.budget = budget;
	}

}
