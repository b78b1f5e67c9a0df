package dev.reactiveazure.benchmarks.measure;

import java.time.Duration;

/**
 * Lets one contender work, in this JVM or in another. While it isn't called, the
 * contender does nothing.
 */
public interface Runner {

	/**
	 * The name in the report.
	 * @return a name that no other runner of the comparison has
	 */
	String name();

	/**
	 * Lets the contender do the work once, so that a broken one fails at once.
	 */
	void check();

	/**
	 * Lets the contender work for some time.
	 * @param duration how long
	 */
	void warmUp(Duration duration);

	/**
	 * Waits until the JIT compilers have nothing to do.
	 */
	void settle();

	/**
	 * Measures one rotation, after a few operations that open connections and are not
	 * counted.
	 * @param operations how many operations are measured
	 * @return what they cost
	 */
	Sample measure(int operations);

}
