package dev.reactiveazure.benchmarks.measure;

import java.util.List;

/**
 * A piece of work and those who compete at it.
 *
 * @param name the name in the report and on the command line
 * @param contenders who does it, in the order of the report
 */
public record Work(String name, List<Contender> contenders) {

	/**
	 * Copies the list.
	 */
	public Work {
		contenders = List.copyOf(contenders);
	}

}
