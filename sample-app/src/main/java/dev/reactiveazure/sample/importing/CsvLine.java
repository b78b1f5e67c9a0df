package dev.reactiveazure.sample.importing;

/**
 * One line of a stream, without its line break.
 */
sealed interface CsvLine {

	/**
	 * Return where the line is, from 1.
	 */
	long number();

	/**
	 * A line of text.
	 *
	 * @param number where it is
	 * @param text what it says
	 */
	record Text(long number, String text) implements CsvLine {
	}

	/**
	 * A line that can't be read.
	 *
	 * @param number where it is
	 * @param reason why
	 */
	record Unreadable(long number, String reason) implements CsvLine {
	}

}
