package dev.reactiveazure.benchmarks.worker;

import java.util.List;

/**
 * What a worker is told: one line of its standard input.
 *
 * @param verb what to do
 * @param contender the name of the contender that is to do it
 * @param amount milliseconds of a warm-up, operations of a measurement, otherwise 0
 */
public record Command(Verb verb, String contender, int amount) {

	/**
	 * The command as a line.
	 * @return the line without its end
	 */
	public String toLine() {
		return this.verb + " " + this.contender + " " + this.amount;
	}

	/**
	 * Read a line.
	 * @param line what {@link #toLine()} returned
	 * @return the command
	 */
	public static Command parse(String line) {
		List<String> words = List.of(line.split(" "));
		if (words.size() != 3) {
			throw new IllegalArgumentException("'" + line + "' is not a verb, a contender and an amount");
		}
		return new Command(Verb.valueOf(words.get(0)), words.get(1), Integer.parseInt(words.get(2)));
	}

	/**
	 * What a worker can do.
	 */
	public enum Verb {

		/** Do the work once. */
		CHECK,

		/** Do it for some time. */
		WARM_UP,

		/** Wait until the compilers have nothing to do. */
		SETTLE,

		/** Do it so many times, and tell what it costs. */
		MEASURE

	}

}
