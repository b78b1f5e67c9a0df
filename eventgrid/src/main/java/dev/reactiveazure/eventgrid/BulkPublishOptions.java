package dev.reactiveazure.eventgrid;

import org.springframework.util.Assert;

/**
 * How a stream of events is cut into requests.
 *
 * @param maxConcurrency how many requests are on their way at the same time, 1 to 256;
 * default 4
 * @param maxEvents the most events in one request, 1 to 5,000; default 1,000, which is
 * all that a namespace takes
 * @param maxBytes the most bytes in one request: its events in UTF-8 with the brackets
 * and commas between them, 1,024 to 1,000,000; default 1,000,000
 */
public record BulkPublishOptions(int maxConcurrency, int maxEvents, int maxBytes) {

	private static final BulkPublishOptions DEFAULTS = new BulkPublishOptions(4, 1_000, EventBody.MOST_BYTES);

	/**
	 * Create options.
	 * @throws IllegalArgumentException if a value is out of its range, naming it
	 */
	public BulkPublishOptions {
		requireRange("maxConcurrency", maxConcurrency, 1, 256);
		requireRange("maxEvents", maxEvents, 1, 5_000);
		requireRange("maxBytes", maxBytes, 1_024, EventBody.MOST_BYTES);
	}

	private static void requireRange(String name, int value, int least, int most) {
		Assert.isTrue(value >= least && value <= most,
				() -> name + " must be between " + least + " and " + most + ", but was " + value);
	}

	/**
	 * Return the defaults.
	 * @return 4 requests of 1,000 events and 1,000,000 bytes
	 */
	public static BulkPublishOptions defaults() {
		return DEFAULTS;
	}

	public BulkPublishOptions withMaxConcurrency(int maxConcurrency) {
		return new BulkPublishOptions(maxConcurrency, this.maxEvents, this.maxBytes);
	}

	public BulkPublishOptions withMaxEvents(int maxEvents) {
		return new BulkPublishOptions(this.maxConcurrency, maxEvents, this.maxBytes);
	}

	public BulkPublishOptions withMaxBytes(int maxBytes) {
		return new BulkPublishOptions(this.maxConcurrency, this.maxEvents, maxBytes);
	}

}
