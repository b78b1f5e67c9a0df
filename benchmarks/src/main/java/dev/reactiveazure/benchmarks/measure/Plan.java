package dev.reactiveazure.benchmarks.measure;

import java.time.Duration;

/**
 * How long and how often to measure.
 *
 * @param warmUp the warm-up of each contender at each work
 * @param rotations how often each contender is measured
 * @param operations how many operations a measurement has
 * @param concurrency how many operations are in flight
 */
public record Plan(Duration warmUp, int rotations, int operations, int concurrency) {

	/**
	 * Refuses what can't be measured.
	 */
	public Plan {
		if (rotations < 1 || operations < 1 || concurrency < 1 || warmUp.isNegative()) {
			throw new IllegalArgumentException(
					"Rotations, operations and concurrency must be positive and the warm-up not negative: " + rotations
							+ ", " + operations + ", " + concurrency + ", " + warmUp);
		}
	}

}
