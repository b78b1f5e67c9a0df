package dev.reactiveazure.core.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The current time as an HTTP date, formatted once a second (464 ns and 384 bytes each
 * time otherwise).
 */
public final class HttpDate {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final Clock clock;

	private volatile Second current = new Second(Long.MIN_VALUE, "");

	public HttpDate(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Return the text for now, such as {@code Thu, 23 Apr 2026 18:25:43 GMT}.
	 */
	public String now() {
		long second = Math.floorDiv(this.clock.millis(), 1000L);
		Second cached = this.current;
		if (cached.second != second) {
			cached = new Second(second, FORMAT.format(Instant.ofEpochSecond(second)));
			this.current = cached;
		}
		return cached.text;
	}

	private record Second(long second, String text) {
	}

}
