package dev.reactiveazure.eventgrid;

import java.time.Duration;

/**
 * How long a released event stays hidden before it is delivered again. The service knows
 * these five.
 */
public enum ReleaseDelay {

	/**
	 * Available again at once.
	 */
	NONE(0),

	/**
	 * Available again after 10 seconds.
	 */
	TEN_SECONDS(10),

	/**
	 * Available again after a minute.
	 */
	ONE_MINUTE(60),

	/**
	 * Available again after 10 minutes.
	 */
	TEN_MINUTES(600),

	/**
	 * Available again after an hour.
	 */
	ONE_HOUR(3600);

	private final int seconds;

	ReleaseDelay(int seconds) {
		this.seconds = seconds;
	}

	/**
	 * Return the delay in seconds, as it goes on the wire.
	 * @return 0, 10, 60, 600 or 3600
	 */
	public int seconds() {
		return this.seconds;
	}

	public Duration duration() {
		return Duration.ofSeconds(this.seconds);
	}

}
