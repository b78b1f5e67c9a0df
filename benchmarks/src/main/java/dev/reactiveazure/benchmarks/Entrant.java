package dev.reactiveazure.benchmarks;

/**
 * A contender in a JVM of a race.
 *
 * @param name its name in the report
 * @param contender its name at the work
 */
record Entrant(String name, String contender) {

	Entrant(String contender) {
		this(contender, contender);
	}

}
