package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

import dev.reactiveazure.emulator.clock.EmulatorClock;

/**
 * Hands out timestamps in ticks of 100 ns, each later than the one before, so that no two
 * writes share an ETag.
 */
final class Ticks {

	private static final int NANOS = 100;

	private static final DateTimeFormatter TRIMMED = new DateTimeFormatterBuilder()
		.appendPattern("yyyy-MM-dd'T'HH:mm:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
		.appendLiteral('Z')
		.toFormatter(Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter SEVEN_DIGITS = DateTimeFormatter
		.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final EmulatorClock clock;

	private Instant last = Instant.EPOCH;

	Ticks(EmulatorClock clock) {
		this.clock = clock;
	}

	synchronized Instant next() {
		Instant now = truncate(this.clock.now());
		this.last = now.isAfter(this.last) ? now : this.last.plusNanos(NANOS);
		return this.last;
	}

	static Instant truncate(Instant time) {
		return time.minusNanos(time.getNano() % NANOS);
	}

	/**
	 * Formats as properties and ETags do: zeros at the end of the fraction are trimmed.
	 */
	static String format(Instant time) {
		return TRIMMED.format(time);
	}

	/**
	 * Formats as error texts and access policies do: always seven digits.
	 */
	static String formatLong(Instant time) {
		return SEVEN_DIGITS.format(time);
	}

}
