package dev.reactiveazure.core.pipeline;

import java.util.Arrays;

/**
 * Writes the days that timestamps begin with. Those of one request mostly lie within a
 * few days, and to find year, month and day of each takes 2 % of a publish of 100 events.
 * Compared with the plain way on random input in {@code DayTextsTests}. Not thread-safe.
 */
final class DayTexts {

	/** As long as {@code 2026-11-22T}. */
	private static final int LENGTH = 11;

	/** Days that follow each other have places of their own. */
	private static final int PLACES = 4;

	private final long[] days = new long[PLACES];

	private final byte[] texts = new byte[PLACES * LENGTH];

	DayTexts() {
		Arrays.fill(this.days, Long.MIN_VALUE);
	}

	/**
	 * Write a day and the letter behind it.
	 * @param epochDay the day since 1970-01-01
	 * @return where to go on writing
	 * @throws IllegalArgumentException if the year has no four digits
	 */
	int write(byte[] target, int from, long epochDay) {
		int place = (int) epochDay & (PLACES - 1);
		int text = place * LENGTH;
		if (this.days[place] != epochDay) {
			Timestamps.day(this.texts, text, epochDay);
			this.days[place] = epochDay;
		}
		System.arraycopy(this.texts, text, target, from, LENGTH);
		return from + LENGTH;
	}

}
