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
	 * A work of which one counts as one operation.
	 * @param name the name
	 * @param contenders who does it
	 */
	public Work(String name, List<Contender> contenders) {
		this(name, 1, contenders);
	}

	/**
	 * How often it is done where the plan has so many operations.
	 * @param planned operations of the plan
	 * @return a number from 1
	 */
	int operations(int planned) {
		return Math.max(1, planned / this.size);
	}

	/**
	 * The same work for some of its contenders.
	 * @param names the names of those who stay; others than its contenders are ignored
	 * @return the work with fewer contenders, in the same order
	 */
	public Work only(List<String> names) {
		return new Work(this.name, this.size,
				this.contenders.stream().filter((contender) -> names.contains(contender.name())).toList());
	}

}
