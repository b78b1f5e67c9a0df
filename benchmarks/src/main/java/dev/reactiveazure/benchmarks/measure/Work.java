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

	/**
	 * The same work for some of its contenders.
	 * @param names the names of those who stay
	 * @return the work with fewer contenders, in the same order
	 * @throws IllegalArgumentException if nobody has one of the names
	 */
	public Work only(List<String> names) {
		List<String> known = this.contenders.stream().map(Contender::name).toList();
		if (!known.containsAll(names)) {
			throw new IllegalArgumentException("The contenders at " + this.name + " are " + known + ", not " + names);
		}
		return new Work(this.name,
				this.contenders.stream().filter((contender) -> names.contains(contender.name())).toList());
	}

}
