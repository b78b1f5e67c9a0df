package dev.reactiveazure.eventgrid;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How much to receive at once, and how long to wait for it.
 * <p>
 * The service answers as soon as it has an event, with what it has: fewer than
 * {@code maxEvents} does not mean that there are no more. With nothing to deliver it
 * answers after about {@code maxWait} with no event.
 *
 * @param maxEvents the most events to receive, 1 to 100
 * @param maxWait how long the service waits for the first, 10 to 120 whole seconds
 * @see <a href="https://learn.microsoft.com/azure/event-grid/pull-delivery-overview">Pull
 * delivery</a>
 */
public record ReceiveOptions(int maxEvents, Duration maxWait) {

	private static final ReceiveOptions DEFAULTS = new ReceiveOptions(100, Duration.ofSeconds(60));

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public ReceiveOptions {
		Assert.isTrue(maxEvents >= 1 && maxEvents <= 100,
				() -> "maxEvents must be between 1 and 100, but was " + maxEvents);
		Assert.isTrue(maxWait.toSeconds() >= 10 && maxWait.compareTo(Duration.ofSeconds(120)) <= 0,
				() -> "maxWait must be between 10 and 120 seconds, but was " + maxWait);
		Assert.isTrue(maxWait.getNano() == 0, () -> "maxWait must be whole seconds, but was " + maxWait);
	}

	/**
	 * Return the defaults.
	 * @return 100 events, 60 seconds
	 */
	public static ReceiveOptions defaults() {
		return DEFAULTS;
	}

	public ReceiveOptions withMaxEvents(int maxEvents) {
		return new ReceiveOptions(maxEvents, this.maxWait);
	}

	public ReceiveOptions withMaxWait(Duration maxWait) {
		return new ReceiveOptions(this.maxEvents, maxWait);
	}

}
