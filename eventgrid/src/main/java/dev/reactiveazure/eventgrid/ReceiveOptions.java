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
 * @param onCancel what becomes of the exchange when the receive is cancelled or timed out
 * before it is answered; default {@link OnCancel#RELEASE}
 * @see <a href="https://learn.microsoft.com/azure/event-grid/pull-delivery-overview">Pull
 * delivery</a>
 */
public record ReceiveOptions(int maxEvents, Duration maxWait, OnCancel onCancel) {

	/**
	 * What becomes of the exchange of a cancelled receive.
	 */
	public enum OnCancel {

		/**
		 * It goes on in the background, at most until {@code maxWait} plus 20 seconds
		 * have passed since it was sent. The next receive of the same client from the
		 * same subscription that asks for as many events and as long a wait, or more,
		 * goes on with it, under the request options of the first, and may then be
		 * answered sooner than after its own {@code maxWait}. What arrives without one is
		 * released with no delay: its delivery count has gone up, its lock is gone.
		 */
		RELEASE,

		/**
		 * It is closed at once. Events whose answer was on its way stay locked until
		 * their locks expire, unless the answer came before the close: then it is handed
		 * over in spite of the cancel.
		 */
		CLOSE

	}

	private static final ReceiveOptions DEFAULTS = new ReceiveOptions(100, Duration.ofSeconds(60), OnCancel.RELEASE);

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
		Assert.notNull(onCancel, "onCancel must not be null");
	}

	/**
	 * Create options whose receives release what arrives after they were cancelled.
	 * @param maxEvents the most events to receive, 1 to 100
	 * @param maxWait how long the service waits for the first, 10 to 120 whole seconds
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public ReceiveOptions(int maxEvents, Duration maxWait) {
		this(maxEvents, maxWait, OnCancel.RELEASE);
	}

	/**
	 * Return the defaults.
	 * @return 100 events, 60 seconds, {@link OnCancel#RELEASE}
	 */
	public static ReceiveOptions defaults() {
		return DEFAULTS;
	}

	public ReceiveOptions withMaxEvents(int maxEvents) {
		return new ReceiveOptions(maxEvents, this.maxWait, this.onCancel);
	}

	public ReceiveOptions withMaxWait(Duration maxWait) {
		return new ReceiveOptions(this.maxEvents, maxWait, this.onCancel);
	}

	public ReceiveOptions withOnCancel(OnCancel onCancel) {
		return new ReceiveOptions(this.maxEvents, this.maxWait, onCancel);
	}

}
