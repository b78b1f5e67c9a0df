package dev.reactiveazure.benchmarks.measure;

import org.jspecify.annotations.Nullable;

/**
 * What one operation cost on average in one rotation.
 *
 * @param cpuMicros CPU time of the process, including its compiler and garbage collector,
 * in microseconds
 * @param bytes bytes allocated on the heap by all threads
 * @param wallMicros elapsed time divided by the number of operations, in microseconds
 * @param p50Micros from subscription to completion, the median of the operations;
 * {@code null} where single operations can't be told apart
 * @param p99Micros the same, exceeded by one operation in a hundred
 */
public record Sample(double cpuMicros, double bytes, double wallMicros, @Nullable Double p50Micros,
		@Nullable Double p99Micros) {

	/**
	 * A sample without the latency of single operations.
	 * @param cpuMicros CPU time in microseconds
	 * @param bytes bytes allocated
	 * @param wallMicros elapsed time in microseconds
	 */
	public Sample(double cpuMicros, double bytes, double wallMicros) {
		this(cpuMicros, bytes, wallMicros, null, null);
	}

}
