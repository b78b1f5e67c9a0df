package dev.reactiveazure.benchmarks.measure;

import java.util.List;

/**
 * A piece of work and those who compete at it.
 *
 * @param name the name in the report and on the command line
 * @param size how many operations of the plan one of it stands for, so that all works
 * take about the same time
 * @param contenders who does it, in the order of the report
 */
public record Work(String name, int size, List<Contender> contenders) {

	/**
	 * Copies the list.
	 */
	public Work {
		contenders = List.copyOf(contenders);
	}

	/**
	 * How often it is done where the plan has so many operations.
	 * @param planned operations of the plan
	 * @return a number from 1
	 */
	public int operations(int planned) {
		return Math.max(1, planned / this.size);
	}

	/**
	 * The contender of the given name.
	 * @param name its name
	 * @return the contender
	 */
	public Contender contender(String name) {
		return this.contenders.stream()
			.filter((contender) -> contender.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'" + name + "' does not compete at " + this.name));
	}

}
